import { Fragment } from 'react';
import { Link, useLocation } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { AccountMenu } from './account-menu.tsx';
import { Icon, Key } from './controls.tsx';
import { isUnder, openPage, useNavigation, type Group } from './navigation.ts';
import { commandKey, openPalette } from './palette-control.ts';
import { useKitWords } from './words.ts';
import { WorkspaceMenu } from './workspace-menu.tsx';

export function Sidebar({ inDrawer = false, onGo }: { inDrawer?: boolean; onGo?: () => void }) {
  const words = useKitWords();
  return (
    <aside className={inDrawer ? 'side drawer' : 'side'} aria-label={words.product}>
      <WorkspaceMenu />
      <button
        type="button"
        className="find"
        onClick={() => {
          onGo?.();
          openPalette();
        }}
      >
        <Icon of={Search} size={14} />
        <span>{words.search.open}</span>
        <Key>{commandKey}</Key>
      </button>
      <nav className="nav" aria-label={words.nav.label}>
        {useNavigation().map((group) => (
          <NavigationGroup key={group.to} group={group} onGo={onGo} />
        ))}
      </nav>
      <div className="foot">
        <AccountMenu />
      </div>
    </aside>
  );
}

// The router says `aria-current="page"` on the exact page by itself; it must not add a class of its own.
const exact = { exact: true };
const none = {};

function NavigationGroup({ group, onGo }: { group: Group; onGo?: () => void }) {
  const words = useKitWords();
  const { pathname } = useLocation();
  const open = isUnder(group, pathname);
  const page = open ? openPage(group, pathname) : undefined;
  const unfolded = open && group.pages.length > 0;
  return (
    <>
      {group.rule ? <hr /> : null}
      <Link to={group.to} className={open ? (unfolded ? 'on' : 'sel') : undefined} activeOptions={exact} activeProps={none} onClick={onGo}>
        <Icon of={group.icon} />
        {words.nav[group.word]}
      </Link>
      {unfolded ? (
        <div className="sub">
          {group.pages.map(({ to, word, under }, place) => (
            <Fragment key={to}>
              {under && under !== group.pages[place - 1]?.under ? <p className="under">{words.nav[under]}</p> : null}
              <Link
                to={to}
                className={to === page ? 'sel' : undefined}
                aria-current={to === page ? 'true' : undefined}
                activeOptions={exact}
                activeProps={none}
                onClick={onGo}
              >
                {words.nav[word]}
              </Link>
            </Fragment>
          ))}
        </div>
      ) : null}
    </>
  );
}
