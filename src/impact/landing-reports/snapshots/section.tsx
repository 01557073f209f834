import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { addDays } from '../../../web/kit/questions/ranges.ts';
import { api } from '../../../web/kit/client.ts';
import { Button } from '../../../web/kit/controls.tsx';
import { useFormat, useToday } from '../../../web/kit/format-context.tsx';
import { StateMark } from '../../../web/kit/marks.tsx';
import { Section } from '../../../web/kit/page.tsx';
import { useMayEdit } from '../../../web/kit/session.tsx';
import { Table } from '../../../web/kit/table.tsx';
import { toast, toastFailure } from '../../../web/kit/toast.tsx';
import type { Words } from '../messages.ts';
import { type LandingReport } from '../schema.ts';
import { type Snapshot, snapshotDays } from './schema.ts';
import { ComparisonDrawer } from './comparison.tsx';

type Day = (typeof snapshotDays)[number];
type Row = { day: Day; kept: Snapshot | null; isReached: boolean; lastDay: string };

const rowsOf = (report: LandingReport, snapshots: Snapshot[], today: string): Row[] =>
  snapshotDays.map((day) => {
    const lastDay = addDays(report.launch.marketDate, day - 1);
    const isReached = report.dataTo.events !== null && lastDay <= report.dataTo.events && lastDay < today;
    return { day, lastDay, isReached, kept: snapshots.find((one) => one.day === day) ?? null };
  });

/** The report as it was on day 30, 60 and 90, and whether it would be the same if it were counted now. */
export function Snapshots({ report, words }: { report: LandingReport; words: Words }) {
  const launch = report.launch.key;
  const today = useToday();
  const queries = useQueryClient();
  const [comparing, setComparing] = useState<number | null>(null);
  const answer = useQuery(api.landingReports.snapshots.queryOptions({ input: { launch } }));
  const freeze = useMutation(
    api.landingReports.freeze.mutationOptions({
      onSuccess: async ({ day }) => {
        await queries.invalidateQueries({ queryKey: api.landingReports.snapshots.key() });
        toast({ text: words.snapshots.made(day) });
      },
      onError: toastFailure,
    }),
  );
  const rows = answer.data ? rowsOf(report, answer.data.snapshots, today) : [];
  if (!answer.data) return null;
  return (
    <div className="onscreen snapshots">
      <Section title={words.snapshots.title} subtitle={words.snapshots.subtitle} ruled>
        <SnapshotTable
          rows={rows}
          words={words}
          pending={freeze.isPending}
          onFreeze={(day) => freeze.mutate({ launch, day })}
          onCompare={setComparing}
        />
      </Section>
      {comparing === null ? null : <ComparisonDrawer launch={launch} day={comparing} words={words} onClose={() => setComparing(null)} />}
    </div>
  );
}

type TableProps = { rows: Row[]; words: Words; pending: boolean; onFreeze: (day: Day) => void; onCompare: (day: Day) => void };

function SnapshotTable({ rows, words, pending, onFreeze, onCompare }: TableProps) {
  const format = useFormat();
  const mayEdit = useMayEdit();
  const said = words.snapshots;
  return (
    <Table
      label={said.title}
      rows={rows}
      rowKey={({ day }) => String(day)}
      columns={[
        { key: 'day', head: said.day, cell: ({ day }) => words.adoption.at(day) },
        {
          key: 'made',
          head: said.kept,
          cell: ({ kept, isReached, lastDay }) =>
            kept ? (
              <>
                {said.madeBy(format.date(kept.madeAt, { year: true }), kept.madeBy)}
                {kept.lateDays > 0 ? <span className="meta warn"> {said.late(kept.lateDays)}</span> : null}
              </>
            ) : (
              <span className="ink3">{isReached ? said.notKept : said.notReached(format.date(lastDay, { year: true }))}</span>
            ),
        },
        {
          key: 'goals',
          head: words.goals.title,
          cell: ({ kept }) => (
            <span className="row wrap">
              {kept?.goals.map((goal) => (
                <StateMark
                  key={goal.id}
                  state={goal.verdict}
                >{`${words.goals.name(goal)}: ${words.goals.verdict[goal.verdict]}`}</StateMark>
              ))}
            </span>
          ),
        },
        {
          key: 'act',
          head: said.act,
          silent: true,
          cell: ({ day, kept, isReached }) =>
            kept ? (
              <Button size="small" onClick={() => onCompare(day)}>
                {said.compare}
              </Button>
            ) : mayEdit && isReached ? (
              <Button size="small" pending={pending} onClick={() => onFreeze(day)}>
                {said.keep}
              </Button>
            ) : null,
        },
      ]}
    />
  );
}
