import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from '../../web/kit/client.ts';
import { Segmented } from '../../web/kit/controls.tsx';
import { CsvButton } from '../../web/kit/csv-button.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Section } from '../../web/kit/page.tsx';
import { Answer, EmptyState } from '../../web/kit/states.tsx';
import { type Column, Table } from '../../web/kit/table.tsx';
import { en, zh } from './messages.ts';
import { type MemberStatus, memberStatuses, type Program, type ProgramFigures, type ProgramMember } from './schema.ts';

const first = 15;
const step = 50;
type Chosen = MemberStatus | 'other' | 'all';

/** How many came just so far: who attended was invited too. */
const stoppedAt = (figures: ProgramFigures, status: Chosen): number => {
  if (status === 'all') return figures.members;
  if (status === 'other') return figures.other;
  const next = memberStatuses[memberStatuses.indexOf(status) + 1];
  return figures[status] - (next ? figures[next] : 0);
};

/** Who is on the list of a program, how far each came, and how the deals of their accounts stand. */
export function ProgramMembers({ program, figures }: { program: Program; figures: ProgramFigures }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const [status, setStatus] = useState<Chosen>('all');
  const [limit, setLimit] = useState(first);
  const asked = { program: program.id, ...(status !== 'all' && { status }) };
  const answer = useQuery({ ...api.programs.members.queryOptions({ input: { ...asked, limit } }), placeholderData: keepPreviousData });
  if (figures.members === 0)
    return (
      <Section title={words.membersTitle}>
        <EmptyState>{words.membersEmpty}</EmptyState>
      </Section>
    );
  const choices = (['all', ...memberStatuses.toReversed(), 'other'] as const)
    .filter((each) => each === 'all' || stoppedAt(figures, each) > 0)
    .map((value) => ({
      value,
      label: words.asFar(value === 'all' ? words.all : words.memberStatuses[value], format.number(stoppedAt(figures, value))),
    }));
  return (
    <Section
      title={words.membersTitle}
      subtitle={words.membersSub(format.number(figures.accounts))}
      actions={<CsvButton file={() => client.programs.exportMembers(asked)} />}
    >
      <Segmented
        label={words.howFar}
        name="member-status"
        value={status}
        choices={choices}
        onChange={(next: Chosen) => {
          setStatus(next);
          setLimit(first);
        }}
      />
      <Answer of={answer} what={words.membersReading}>
        {({ members, total }) => (
          <Table
            label={words.membersTitle}
            rows={members}
            rowKey={({ id }) => id}
            columns={memberColumns(words, format)}
            empty={<p className="meta">{words.noMember}</p>}
            total={total}
            more={{ onMore: () => setLimit(Math.min(500, limit + step)), pending: answer.isFetching, step }}
          />
        )}
      </Answer>
    </Section>
  );
}

const memberColumns = (words: typeof en, format: ReturnType<typeof useFormat>): Column<ProgramMember>[] => [
  {
    key: 'member',
    head: words.member,
    cell: ({ person, name, email, account }) => (person ? (name ?? email ?? person) : (account ?? words.company)),
  },
  {
    key: 'account',
    head: words.account,
    cell: ({ person, account }) => (person ? (account ?? '–') : <span className="ink3">{words.company}</span>),
  },
  { key: 'status', head: words.status, cell: ({ status }) => words.memberStatuses[status] },
  { key: 'said', head: words.said, cell: ({ said }) => <span className="ink2">{said || '–'}</span> },
  { key: 'last', head: words.last, cell: ({ lastAt }) => format.date(lastAt) },
  { key: 'open', head: words.openDeals, number: true, cell: ({ openDeals }) => format.number(openDeals) },
  { key: 'won', head: words.wonDeals, number: true, cell: ({ wonDeals }) => format.number(wonDeals) },
];
