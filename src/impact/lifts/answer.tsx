import type { ReactNode } from 'react';
import { LineChart } from '../../web/kit/charts/line-chart.tsx';
import { BarChart } from '../../web/kit/charts/bar-chart.tsx';
import { Fix } from '../../web/kit/figures.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { StateMark } from '../../web/kit/marks.tsx';
import { Facts, Section } from '../../web/kit/page.tsx';
import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import { Table } from '../../web/kit/table.tsx';
import { factsOf } from '../questions/answered.tsx';
import { en, zh } from './messages.ts';
import type { Check, Effect, Lift } from './schema.ts';
import { type Writer, writer } from './words.ts';

const useWriter = (): ((lift: Pick<Lift, 'scale' | 'currency' | 'unit'>) => Writer) => {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (lift) => writer(words, format, lift);
};

type Props = {
  answer: Lift;
  /** Where there is little room: the two sides and the effect only. */ isSmall?: boolean;
  onChoose?: (arm: 'treated' | 'control') => void;
};

/** What was observed against what would have happened anyway, the effect, and what must hold for it. */
export function LiftAnswer({ answer, isSmall, onChoose }: Props) {
  const write = useWriter()(answer);
  const rest = isSmall ? null : (
    <>
      <Path answer={answer} write={write} />
      <Events answer={answer} write={write} />
      <Checks answer={answer} write={write} />
      <Next answer={answer} write={write} />
      <Segments answer={answer} write={write} />
    </>
  );
  return (
    <>
      <Sides answer={answer} write={write} onChoose={onChoose} />
      <Effects answer={answer} write={write} />
      {rest}
    </>
  );
}

type Part = { answer: Lift; write: Writer };

function Sides({ answer: { observed, counterfactual, comparison, scale }, write, onChoose }: Part & Pick<Props, 'onChoose'>) {
  const words = useMessages({ en, zh });
  const isBefore = comparison === 'before_after';
  const rows = [
    { key: 'treated', name: isBefore ? words.after : words.observed, side: observed },
    { key: 'control', name: isBefore ? words.before : words.counterfactual, side: counterfactual },
  ];
  return (
    <BarChart
      title={isBefore ? words.descriptiveTitle : words.sides}
      note={isBefore ? words.descriptiveNote : words.sidesNote}
      mark="dot"
      rows={rows.flatMap(({ key, name, side }) =>
        side.value === null ? [] : [{ key, name, value: side.value, low: side.low, high: side.high, n: side.units }],
      )}
      write={write.level}
      measure={scale === 'share' ? words.column.share : words.column.mean}
      max={
        scale === 'share'
          ? Math.min(1, 1.3 * Math.max(observed.high ?? 0, counterfactual.high ?? 0, observed.value ?? 0, counterfactual.value ?? 0))
          : undefined
      }
      onChoose={onChoose && ((key) => onChoose(key as 'treated' | 'control'))}
    />
  );
}

function Effects({ answer: { estimate, adjusted, total, worthHaving, unit, scale }, write }: Part) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (!estimate) return null;
  const reach = Math.max(Math.abs(estimate.low), Math.abs(estimate.high), worthHaving ?? 0) * 1.15;
  const said = (one: Effect) => (
    <span className="row">
      <Fix
        value={one.effect}
        low={one.low}
        high={one.high}
        domain={[-reach, reach]}
        target={worthHaving ?? 0}
        write={write.effect}
        width={180}
      />
      <span>
        <b className="strong">{write.effect(one.effect)}</b> <span className="ink2">({write.interval(one)})</span>
        {one.p === null ? null : <span className="ink3"> {words.p(write.p(one.p))}</span>}
      </span>
    </span>
  );
  const amount = (value: number) => (scale === 'share' ? `${format.signedNumber(value)} ${words.units[unit]}` : write.effect(value));
  return (
    <Section title={words.effect} subtitle={words.method(words.methods[estimate.method] ?? estimate.method)}>
      <Facts
        items={[
          [words.effect, said(estimate)],
          ...(adjusted ? [[words.adjusted, said(adjusted)] as [string, ReactNode]] : []),
          ...(total
            ? [
                [
                  words.total,
                  <span key="total" className="num">
                    {words.totalOf(amount(total.value), format.range(amount(total.low), amount(total.high)))}
                  </span>,
                ] as [string, ReactNode],
              ]
            : []),
        ]}
      />
    </Section>
  );
}

const stateOf = ({ passed }: Check) => (passed === null ? 'cannot_tell' : passed ? 'met' : 'missed');

function Checks({ answer: { checks }, write }: Part) {
  const words = useMessages({ en, zh });
  const failed = checks.filter(({ passed, blocks }) => blocks && passed === false).length;
  const said = { met: words.states.passed, missed: words.states.failed, cannot_tell: words.states.unknown };
  return (
    <Section title={words.checksTitle} subtitle={words.checksNote(failed)}>
      <Table
        label={words.checksTitle}
        rows={checks}
        rowKey={({ name }) => name}
        size="tall"
        columns={[
          {
            key: 'state',
            head: words.state,
            width: '20%',
            cell: (one) => <StateMark state={stateOf(one)}>{said[stateOf(one)]}</StateMark>,
          },
          { key: 'words', head: words.check, cell: (one) => write.check(one) },
        ]}
      />
    </Section>
  );
}

function Next({ answer: { next, worthHaving, unit, comparison }, write }: Part) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const said = [
    next.detectable === null ? null : words.nextDetectable(write.effect(next.detectable)),
    next.unitsPerArm === null || worthHaving === null
      ? null
      : words.nextUnits(format.number(next.unitsPerArm), words.units[unit], write.effect(worthHaving)),
    worthHaving === null && next.detectable !== null ? words.nextNone : null,
    comparison === 'before_after' ? words.nextStaged : null,
  ].filter(Boolean);
  if (said.length === 0) return null;
  return (
    <Section title={words.nextTitle}>
      <p className="prose">{said.join(' ')}</p>
    </Section>
  );
}

function Segments({ answer: { segments }, write }: Part) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (segments.length === 0) return null;
  const told = segments.filter(({ effect }) => effect !== null);
  const reach = Math.max(...told.map(({ low, high }) => Math.max(Math.abs(low!), Math.abs(high!))), 0) * 1.1;
  return (
    <Section title={words.segmentsTitle(told.filter(({ finding }) => finding).length, told.length)} subtitle={words.segmentsNote}>
      <Table
        label={words.segmentColumn}
        rows={segments}
        rowKey={({ name }) => name}
        columns={[
          { key: 'name', head: words.segmentColumn, cell: ({ name, kind }) => (kind === 'not_set' ? words.notSet : name) },
          { key: 'treated', head: words.observed, number: true, cell: ({ treated }) => format.number(treated) },
          { key: 'control', head: words.control, number: true, cell: ({ control }) => format.number(control) },
          {
            key: 'fix',
            head: words.effect,
            cell: ({ effect, low, high, finding }) =>
              effect === null ? (
                <span className="ink3">{words.tooFew}</span>
              ) : (
                <Fix value={effect} low={low} high={high} domain={[-reach, reach]} target={0} write={write.effect} quiet={!finding} />
              ),
          },
          {
            key: 'effect',
            head: '95%',
            number: true,
            cell: ({ effect, low, high }) =>
              effect === null ? '–' : `${write.effect(effect)} (${write.interval({ low: low!, high: high! })})`,
          },
          { key: 'p', head: words.corrected, number: true, cell: ({ p }) => write.p(p) },
        ]}
      />
    </Section>
  );
}

function Events({ answer: { events }, write }: Part) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  if (events.length === 0) return null;
  const reach = Math.max(...events.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high)))) * 1.05;
  return (
    <Section title={words.eventsTitle} subtitle={words.eventsNote}>
      <Table
        label={words.eventsTitle}
        size="compact"
        rows={events}
        rowKey={({ period }) => String(period)}
        columns={[
          { key: 'period', head: words.period, number: true, cell: ({ period }) => format.signedNumber(period) },
          {
            key: 'fix',
            head: words.effect,
            cell: ({ period, effect, low, high }) => (
              <Fix
                value={effect}
                low={low}
                high={high}
                domain={[-reach, reach]}
                target={0}
                write={write.effect}
                width={220}
                quiet={period < 0}
              />
            ),
          },
          { key: 'effect', head: '95%', number: true, cell: (one) => `${write.effect(one.effect)} (${write.interval(one)})` },
        ]}
      />
    </Section>
  );
}

function Path({ answer: { path }, write }: Part) {
  const words = useMessages({ en, zh });
  if (path.length < 2) return null;
  const by = path.every(({ at }) => at.endsWith('-01')) ? 'month' : 'week';
  const line = (key: string, name: string, of: (one: Lift['path'][number]) => number | null) => ({
    key,
    name,
    points: path.map((one) => ({ at: one.at, value: of(one) })),
  });
  return (
    <LineChart
      title={words.pathTitle}
      note={words.pathNote}
      by={by}
      write={write.level}
      measure={words.column.mean}
      highlight="observed"
      fromZero={false}
      series={[line('observed', words.observed, ({ observed }) => observed), line('expected', words.expected, ({ expected }) => expected)]}
    />
  );
}

/** The verdict in one sentence. */
export function useLiftVerdict(): (answer: Lift) => string {
  const of = useWriter();
  return (answer) => of(answer).sentence(answer);
}

export function useLiftFacts(): (answer: Lift) => AnswerFacts {
  const words = useMessages({ en, zh });
  return ({ facts, observed, counterfactual, unit, estimate }) => ({
    n: observed.units + counterfactual.units,
    unit: words.units[unit],
    ...(estimate && { interval: `95%, ${words.methods[estimate.method] ?? estimate.method}` }),
    ...factsOf(facts),
    // Without days of its own an outcome is as it is known now.
    ...(facts.from === facts.to && { period: undefined }),
  });
}

export const isEmptyLift = ({ refused }: Lift): boolean => refused?.reason === 'no_units';
