import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useChanges } from '../../web/kit/changes.ts';
import { api } from '../../web/kit/client.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page } from '../../web/kit/page.tsx';
import { Answer } from '../../web/kit/states.tsx';
import { Tabs } from '../../web/kit/tabs.tsx';
import { en, zh } from './messages.ts';
import type { Program } from './schema.ts';

const tabs = ['overview', 'returns', 'recall'] as const;
export type ProgramTab = (typeof tabs)[number];

const pathOf = (tab: ProgramTab) => (tab === 'overview' ? '/programs/$program' : `/programs/$program/${tab}`);

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
            <Tabs
              label={words.tabsLabel(found.name)}
              tabs={tabs.map((each) => ({ tab: each, to: pathOf(each), word: words.tabs[each] }))}
              params={{ program: found.key }}
              current={tab}
            />
            {children(found)}
          </>
        )}
      </Answer>
    </Page>
  );
}
