import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { StepChart } from '../../../web/kit/charts/step-chart.tsx';
import { api, client } from '../../../web/kit/client.ts';
import { CsvButton } from '../../../web/kit/csv-button.tsx';
import { Segmented } from '../../../web/kit/controls.tsx';
import { useFormat } from '../../../web/kit/format-context.tsx';
import { LiveAnswer } from '../../../web/kit/live-answer.tsx';
import { useMessages } from '../../../web/kit/locale.tsx';
import { Section } from '../../../web/kit/page.tsx';
import { EmptyState } from '../../../web/kit/states.tsx';
import { type Column, Table } from '../../../web/kit/table.tsx';
import { en as pageEn, zh as pageZh } from '../messages.ts';
import type { Adoption, AdoptionAsked } from '../schema.ts';
import { en, zh } from './messages.ts';
import type { LaunchesCompared } from './schema.ts';

type Row = LaunchesCompared['launches'][number];
const froms = ['market_date', 'access'] as const;

type SectionProps = {
  question: AdoptionAsked;
  /** What the first chart of the page shows already. */
  above: Adoption;
};

/** Each launch by its own base and from its own day 1: the curves, and who of whom has not had the time. */
export function LaunchesSection({ question, above }: SectionProps) {
  const words = useMessages({ en, zh });
  const [from, setFrom] = useState<(typeof froms)[number]>('market_date');
  const { horizonDays } = question;
  const unit = from === 'access' ? 'accounts' : question.unit;
  const query = useQuery({
    ...api.adoptions.launches.queryOptions({ input: { from, unit, horizonDays } }),
    placeholderData: keepPreviousData,
  });
  return (
    <Section
      ruled
      title={words.title}
      subtitle={unit === question.unit ? undefined : words.accountsOnly}
      actions={
        <div className="row">
          <Segmented
            label={words.from}
            name="launches-from"
            value={from}
            choices={froms.map((value) => ({ value, label: words.froms[value] }))}
            onChange={setFrom}
          />
          <CsvButton file={() => client.adoptions.exportLaunches({ from, unit, horizonDays })} />
        </div>
      }
    >
      <LiveAnswer of={query} what={words.reading}>
        {(data) => <Compared answer={data} above={above} question={question} />}
      </LiveAnswer>
    </Section>
  );
}

/** Whether the first chart shows all these curves: of the same launches, each from its market date and by its own definition. */
const isAbove = ({ from, unit, horizonDays, launches }: LaunchesCompared, { above, question }: SectionProps): boolean => {
  const { since, launch, feature } = above;
  const asLaunched =
    from === 'market_date' &&
    unit === above.unit &&
    horizonDays === above.horizonDays &&
    since.kind === 'day' &&
    since.day === launch?.marketDate;
  const isNarrowed = Boolean(question.plans ?? question.segments) || question.createdBefore != null;
  const own = launches.find(({ key }) => key === launch?.key);
  const keys = [launch?.key, ...above.earlier.map(({ key }) => key)];
  return (
    asLaunched &&
    !isNarrowed &&
    own?.feature === feature?.name &&
    own?.version === feature?.version &&
    launches.every(({ key }) => keys.includes(key))
  );
};

type ComparedProps = SectionProps & { answer: LaunchesCompared };

/** The curves, where there are several and they do not stand above already. */
function Compared({ answer, above, question }: ComparedProps) {
  const words = useMessages({ en, zh });
  const { units } = useMessages({ en: pageEn, zh: pageZh });
  const { launches, unit, horizonDays, from } = answer;
  const drawn = launches.filter(({ curve }) => curve.length > 1);
  if (launches.length === 0) return <EmptyState>{words.none}</EmptyState>;
  if (launches.length === 1) return <EmptyState>{words.one(launches[0]!.name)}</EmptyState>;
  if (drawn.length < 2 || isAbove(answer, { above, question }))
    return (
      <div className="stack">
        <p className="meta">{drawn.length < 2 ? words.tooEarly : words.above}</p>
        <div className="stretch">
          <LaunchesTable answer={answer} />
        </div>
      </div>
    );
  return (
    <>
      <StepChart
        title={words.curve(units[unit])}
        note={words.notes[from]}
        curves={launches.map(({ key, name, eligible, curve }) => ({
          key,
          name,
          n: eligible,
          points: curve.map(({ of, ...point }) => ({ ...point, atRisk: of })),
        }))}
        horizon={horizonDays}
        highlight={launches.find(({ key }) => key === question.launch)?.key}
      />
      <LaunchesTable answer={answer} />
    </>
  );
}

function LaunchesTable({ answer: { launches, unit } }: { answer: LaunchesCompared }) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const { heads } = words;
  const markAt = (row: Row, day: number): string => {
    const mark = row.marks.find((one) => one.day === day)!;
    if (mark.state === 'not_yet') return words.notYet(format.number(row.until));
    const { share, low, high } = mark;
    if (share === null || low === null || high === null) return words.counts(format.number(mark.count), format.number(mark.of));
    return format.interval(format.share(share), format.share(low), format.share(high));
  };
  const marks = (launches[0]?.marks ?? []).map(({ day }): Column<Row> => ({
    key: `day ${day}`,
    head: heads.day(format.number(day)),
    number: true,
    cell: (row) => markAt(row, day),
    sort: (row) => row.marks.find((one) => one.day === day)?.share,
  }));
  const half: Column<Row> = {
    key: 'half',
    head: heads.half,
    number: true,
    cell: ({ half: at }) =>
      at
        ? format.interval(format.number(at.day), format.number(at.low), at.high === null ? '–' : format.number(at.high))
        : words.notReached,
    sort: ({ half: at }) => at?.day,
  };
  return (
    <Table
      label={words.title}
      rows={launches}
      rowKey={({ key }) => key}
      columns={[
        {
          key: 'launch',
          head: heads.launch,
          cell: ({ name, feature, version }) => (
            <>
              <b className="strong">{name}</b> <span className="meta">{words.feature(feature, String(version))}</span>
            </>
          ),
          sort: ({ name }) => name,
        },
        {
          key: 'marketDate',
          head: heads.marketDate,
          cell: ({ marketDate }) => format.date(marketDate),
          sort: ({ marketDate }) => marketDate,
        },
        {
          key: 'eligible',
          head: heads.eligible,
          number: true,
          cell: ({ eligible }) => format.number(eligible),
          sort: ({ eligible }) => eligible,
        },
        ...marks,
        ...(unit === 'accounts' ? [half] : []),
        {
          key: 'waiting',
          head: heads.waiting,
          number: true,
          cell: ({ waiting }) => format.number(waiting),
          sort: ({ waiting }) => waiting,
        },
      ]}
    />
  );
}
