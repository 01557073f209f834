import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useRouter } from '@tanstack/react-router';
import { useChanges } from '../../web/kit/changes.ts';
import { api } from '../../web/kit/client.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page } from '../../web/kit/page.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { en, zh } from './messages.ts';
import type { Program } from './schema.ts';

const tabs = ['overview', 'returns'] as const;
export type ProgramTab = (typeof tabs)[number];

const pathOf = (tab: ProgramTab) => (tab === 'overview' ? '/programs/$program' : `/programs/$program/${tab}`);
const exact = { exact: true };
const none = {};

type FrameProps = { tab: ProgramTab; actions?: (program: Program) => ReactNode; children: (program: Program) => ReactNode };

/** Every page of one program: its crumbs, its tabs, and what others change in it, as they change it. */
export function ProgramFrame({ tab, actions, children }: FrameProps) {
  const words = useMessages({ en, zh });
  const { program: key = '' }: { program?: string } = useParams({ strict: false });
  const answer = useQuery(api.programs.get.queryOptions({ input: { program: key } }));
  useChanges(['programs', 'trackedLinks']);
  const program = answer.data;
  const list = { label: words.title, to: '/programs' };
  const crumbs = tab === 'overview' || !program ? [list] : [list, { label: program.name, to: `/programs/${program.key}` }];
  return (
    <Page
      title={tab === 'overview' ? (program?.name ?? words.title) : words.tabs[tab]}
      crumbs={crumbs}
      actions={program ? actions?.(program) : null}
    >
      <Answer of={answer} what={words.readingOne}>
        {(found) => (
          <>
            <ProgramTabs program={found} tab={tab} />
            {children(found)}
          </>
        )}
      </Answer>
    </Page>
  );
}

function ProgramTabs({ program, tab }: { program: Program; tab: ProgramTab }) {
  const words = useMessages({ en, zh });
  const { routesByPath } = useRouter();
  const there = tabs.filter((each) => pathOf(each) in routesByPath);
  if (there.length < 2) return null;
  return (
    <nav className="tabs" aria-label={words.tabsLabel(program.name)}>
      {there.map((each) => (
        <Link
          key={each}
          to={pathOf(each)}
          params={{ program: program.key }}
          className={each === tab ? 'on' : undefined}
          aria-current={each === tab ? 'page' : undefined}
          activeOptions={exact}
          activeProps={none}
        >
          {words.tabs[each]}
        </Link>
      ))}
    </nav>
  );
}
