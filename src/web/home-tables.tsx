import { Link, useNavigate } from '@tanstack/react-router';
import type { CountedShare } from '../impact/landing-reports/schema.ts';
import type { Launch } from '../launch/launches/schema.ts';
import type { Measured } from './home.tsx';
import { daysUntil, horizonGoal, tally, why, writeTarget } from './home-verdict.ts';
import { toFailure } from './kit/failure.ts';
import { Fix, Interval } from './kit/figures.tsx';
import { useFormat } from './kit/format-context.tsx';
import { useMessages } from './kit/locale.tsx';
import { StateMark, type MarkState } from './kit/marks.tsx';
import { Section } from './kit/page.tsx';
import { Table, type Column } from './kit/table.tsx';
import { en, zh } from './messages.ts';

/** The launches that are out, each against the goal that was registered for it. */
export function Judged({ rows, alone, more }: { rows: Measured[]; alone: boolean; more: boolean }) {
  const words = useMessages({ en, zh });
  const navigate = useNavigate();
  const goals = rows.map(({ report }) => horizonGoal(report)).filter((goal) => goal !== undefined);
  const count = (wanted: string) => goals.filter(({ verdict }) => verdict === wanted).length;
  const measuring = rows.some(({ pending }) => pending);
  const finding = measuring ? '' : words.finding(count('met'), count('missed'), count('cannot_tell'));
  const ends = goals.flatMap(({ target, result }) => [target, result.high ?? 0]);
  const columns = useJudgedColumns(Math.min(1, Math.max(0.1, ...ends) * 1.15), alone ? 220 : 96);
  return (
    <Section title={finding || words.judged} subtitle={words.judgedSub}>
      <Table
        label={words.judged}
        size="tall"
        rows={rows}
        rowKey={({ launch }) => launch.id}
        onOpen={({ launch }) => void navigate({ to: '/launches/$launch/report', params: { launch: launch.key } })}
        columns={columns}
        foot={more ? <Link to="/launches">{words.allLaunches}</Link> : undefined}
      />
    </Section>
  );
}

function useJudgedColumns(domainEnd: number, stripWidth: number): Column<Measured>[] {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const write = (share: number) => format.share(share);
  return [
    {
      key: 'name',
      head: words.launch,
      cell: ({ launch }) => (
        <>
          <Link to="/launches/$launch/report" params={{ launch: launch.key }}>
            {launch.name}
          </Link>
          <span className="meta">{words.launchedOn(format.date(launch.marketDate))}</span>
        </>
      ),
    },
    {
      key: 'against',
      head: words.against,
      cell: ({ report }) => {
        const goal = horizonGoal(report);
        const result = resultNow(report);
        if (!goal || result?.state !== 'measured') return null;
        const { share, low, high } = result;
        const early = goal.result.state === 'not_yet';
        return (
          <Fix
            value={share ?? 0}
            low={low}
            high={high}
            domain={[0, domainEnd]}
            target={goal.target}
            write={write}
            width={stripWidth}
            quiet={early}
          />
        );
      },
    },
    { key: 'adopted', head: words.adopted, number: true, cell: ({ report, pending }) => (pending ? null : <Adopted report={report} />) },
    {
      key: 'target',
      head: words.target,
      number: true,
      cell: ({ launch, report }) => {
        const goal = report ? horizonGoal(report) : launch.goal;
        return <span className="ink2">{goal ? writeTarget(goal.target, format) : '–'}</span>;
      },
    },
    { key: 'verdict', head: words.verdictHead, cell: (row) => <Reading {...row} /> },
  ];
}

/** What the goal's day shows, or what is known so far while that day has not come. */
function resultNow(report: Measured['report']): CountedShare | undefined {
  const goal = horizonGoal(report);
  if (!report || !goal) return undefined;
  return goal.result.state === 'not_yet' ? report.adoption[goal.unit].now : goal.result;
}

function Adopted({ report }: Pick<Measured, 'report'>) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const result = resultNow(report);
  if (!result) return '–';
  const counted = words.countOf(format.number(result.count), format.number(result.of));
  if (result.state !== 'measured') return <span className="ink2">{counted}</span>;
  return (
    <>
      <Interval value={result.share ?? 0} low={result.low} high={result.high} write={(share) => format.share(share)} />
      <span className="meta">{counted}</span>
    </>
  );
}

function Reading({ launch, report, error }: Measured) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (error) return <StateMark state="failed">{toFailure(error).message || undefined}</StateMark>;
  const goal = horizonGoal(report);
  if (!report) return launch.goal ? null : <span className="ink3">{words.noGoal}</span>;
  if (!goal) return <span className="ink3">{report.goals.length > 0 ? words.tally(tally(report)) : words.noGoal}</span>;
  const early: Partial<Record<string, MarkState>> = { not_yet: 'not_yet', too_few: 'too_few' };
  const state = goal.verdict === 'cannot_tell' ? (early[goal.reason ?? ''] ?? 'cannot_tell') : goal.verdict;
  return (
    <>
      <StateMark state={state} />
      {goal.verdict === 'cannot_tell' ? <span className="meta">{why(goal, { words, format }, report?.dayReached)}</span> : null}
    </>
  );
}

/** What comes next, and whether it has a goal yet: after the market date it is too late to register one. */
export function Upcoming({ launches, today }: { launches: Launch[]; today: string }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const navigate = useNavigate();
  return (
    <Section title={words.upcoming(launches.length)} subtitle={words.upcomingSub}>
      <Table
        label={words.upcoming(launches.length)}
        rows={launches}
        rowKey={({ id }) => id}
        onOpen={({ key }) => void navigate({ to: '/launches/$launch', params: { launch: key } })}
        columns={[
          {
            key: 'name',
            head: words.launch,
            cell: ({ key, name }) => (
              <Link to="/launches/$launch" params={{ launch: key }}>
                {name}
              </Link>
            ),
          },
          {
            key: 'goal',
            head: words.goal,
            cell: ({ goal, goalRegisteredAt }) => {
              if (!goal) return <StateMark state="stale">{words.noAdoptionGoal}</StateMark>;
              const said = words.goalOf(writeTarget(goal.target, format), goal.horizonDays);
              return goalRegisteredAt ? said : <StateMark state="stale">{words.draftGoal(said)}</StateMark>;
            },
          },
          {
            key: 'date',
            head: words.marketDate,
            number: true,
            cell: ({ marketDate }) => (
              <>
                {format.date(marketDate)} <span className="ink3">{words.inDays(daysUntil(marketDate, today))}</span>
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}
