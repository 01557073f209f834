import { Link, useLocation } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { AccountMenu } from './account-menu.tsx';
import { Icon, Key } from './controls.tsx';
import { isUnder, navigation, openPage, type Group } from './navigation.ts';
import { commandKey, openPalette } from './palette-control.ts';
import { useKitWords } from './words.ts';
import { WorkspaceMenu } from './workspace-menu.tsx';

export function Sidebar({ inDrawer = false, onGo }: { inDrawer?: boolean; onGo?: () => void }) {
  const words = useKitWords();
  return (
    <div className={inDrawer ? 'side drawer' : 'side'}>
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
      <nav className="nav" aria-label={words.nav.label} onClick={onGo}>
        {navigation.map((group) => (
          <NavigationGroup key={group.to} group={group} />
        ))}
      </nav>
      <div className="foot">
        <AccountMenu />
      </div>
    </div>
  );
}

function NavigationGroup({ group }: { group: Group }) {
  const words = useKitWords();
  const { pathname } = useLocation();
  const open = isUnder(group, pathname);
  const page = open ? openPage(group, pathname) : undefined;
  const unfolded = open && group.pages.length > 0;
  return (
    <>
      {group.rule ? <hr /> : null}
      <Link to={group.to} className={open ? 'on' : undefined} aria-current={open && !unfolded ? 'page' : undefined} activeProps={{}}>
        <Icon of={group.icon} />
        {words.nav[group.word]}
      </Link>
      {unfolded ? (
        <div className="sub">
          {group.pages.map(({ to, word }) => (
            <Link key={to} to={to} aria-current={to === page ? 'page' : undefined}>
              {words.nav[word]}
            </Link>
          ))}
        </div>
      ) : null}
    </>
  );
}
