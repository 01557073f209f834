import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useChanges } from '../../web/kit/changes.ts';
import { api } from '../../web/kit/client.ts';
import { useMessages } from '../../web/kit/locale.tsx';
import { Page } from '../../web/kit/page.tsx';
import { Answer, Notice } from '../../web/kit/states.tsx';
import { Tabs } from '../../web/kit/tabs.tsx';
import { en, zh } from './messages.ts';
import type { Launch } from './schema.ts';

const tabs = ['overview', 'positioning', 'goals', 'deliverables', 'gates', 'day', 'announcements', 'report'] as const;
export type LaunchTab = (typeof tabs)[number];

const pathOf = (tab: LaunchTab) => (tab === 'overview' ? '/launches/$launch' : `/launches/$launch/${tab}`);

/** The launch that the address names. */
export const useLaunch = () => {
  const { launch = '' }: { launch?: string } = useParams({ strict: false });
  return useQuery(api.launches.get.queryOptions({ input: { launch } }));
};

type FrameProps = { tab: LaunchTab; actions?: (launch: Launch) => ReactNode; children: (launch: Launch) => ReactNode };

/** Every page of one launch: its crumbs, its tabs, and what others change in it, as they change it. */
export function LaunchFrame({ tab, actions, children }: FrameProps) {
  const words = useMessages({ en, zh });
  const answer = useLaunch();
  useChanges(['launches', 'gates', 'goals', 'deliverables']);
  const launch = answer.data;
  const list = { label: words.title, to: '/launches' };
  const crumbs = tab === 'overview' || !launch ? [list] : [list, { label: launch.name, to: `/launches/${launch.key}` }];
  return (
    <Page
      title={tab === 'overview' ? (launch?.name ?? words.title) : words.tabs[tab]}
      crumbs={crumbs}
      actions={launch ? actions?.(launch) : null}
    >
      <Answer of={answer} what={words.readingOne}>
        {(found) => (
          <>
            <LaunchTabs launch={found} tab={tab} />
            {found.state === 'cancelled' ? <Notice tone="warn">{words.cancelled(found.stateReason)}</Notice> : null}
            {children(found)}
          </>
        )}
      </Answer>
    </Page>
  );
}

/** The way between the pages of a launch; its landing report, made of another workstream, shows it as well. */
export function LaunchTabs({ launch, tab }: { launch: Pick<Launch, 'key' | 'name'>; tab: LaunchTab }) {
  const words = useMessages({ en, zh });
  return (
    <Tabs
      label={words.tabsLabel(launch.name)}
      tabs={tabs.map((each) => ({ tab: each, to: pathOf(each), word: words.tabs[each] }))}
      params={{ launch: launch.key }}
      current={tab}
    />
  );
}
