import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useAddressSort } from '../../web/kit/address.ts';
import { api } from '../../web/kit/client.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Section } from '../../web/kit/page.tsx';
import { type Column, Table } from '../../web/kit/table.tsx';
import type { AnnouncementCount } from '../changelogs/schema.ts';
import { en, zh } from './messages.ts';
import type { Announcement } from './schema.ts';

const marks = { draft: 'not_yet', scheduled: 'waiting', published: 'done', withdrawn: 'stale' } as const;

export function AnnouncementMark({ of: { state } }: { of: Announcement }) {
  const words = useMessages({ en, zh });
  return <StateMark state={marks[state]}>{words.states[state]}</StateMark>;
}

const none = { views: 0, lists: 0, embeds: 0, clicks: 0 };
const measures = ['views', 'lists', 'embeds', 'clicks'] as const;

/** How often each was looked at, of those that were ever public. */
function useCountColumns(counts: AnnouncementCount[] | undefined): Column<Announcement>[] {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (!counts) return [];
  const of = ({ id, publishAt }: Announcement) => (publishAt ? (counts.find(({ announcement }) => announcement === id) ?? none) : null);
  return measures.map((measure) => ({
    key: measure,
    head: words[measure],
    number: true,
    cell: (row) => format.number(of(row)?.[measure]),
    sort: (row) => of(row)?.[measure] ?? -1,
  }));
}

type ListProps = { announcements: Announcement[]; ofLaunch?: boolean; actions?: ReactNode; empty: ReactNode };

/** Announcements with what became of them. */
export function AnnouncementList({ announcements, ofLaunch = false, actions, empty }: ListProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const sort = useAddressSort();
  const counts = useQuery(api.changelogs.counts.queryOptions({ input: {} }));
  const countColumns = useCountColumns(counts.data?.counts);
  const { from, to } = counts.data ?? {};
  const columns: Column<Announcement>[] = [
    {
      key: 'title',
      head: words.name,
      cell: ({ slug, title }) => (
        <Link to="/announcements/$announcement" params={{ announcement: slug }}>
          {title}
        </Link>
      ),
      sort: ({ title }) => title,
    },
    { key: 'category', head: words.category, cell: ({ category }) => words.categories[category], sort: ({ category }) => category },
    { key: 'state', head: words.state, cell: (row) => <AnnouncementMark of={row} />, sort: ({ state }) => state },
    { key: 'when', head: words.when, cell: ({ publishAt }) => format.dateTime(publishAt), sort: ({ publishAt }) => publishAt },
    ...(ofLaunch ? [] : [{ key: 'launch', head: words.launch, cell: LaunchCell, sort: ({ launch }: Announcement) => launch?.name }]),
    ...countColumns,
  ];
  return (
    <Section title={words.list} subtitle={from && to ? words.counted(format.date(from), format.date(to)) : null} actions={actions}>
      <Table label={words.title} rows={announcements} rowKey={({ id }) => id} columns={columns} empty={empty} {...sort} />
    </Section>
  );
}

function LaunchCell({ launch }: Announcement) {
  if (!launch) return <span className="ink3">–</span>;
  return (
    <Link to="/launches/$launch" params={{ launch: launch.key }}>
      {launch.name}
    </Link>
  );
}
