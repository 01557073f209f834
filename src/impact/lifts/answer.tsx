import type { ReactNode } from 'react';
import { BarChart } from '../../web/kit/charts/bar-chart.tsx';
import { Fix } from '../../web/kit/figures.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { Facts, Section } from '../../web/kit/page.tsx';
import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import { factsOf } from '../questions/answered.tsx';
import { Events, Segments } from './answer-arms.tsx';
import { Checks, type LiftPart, Next } from './answer-checks.tsx';
import { Path } from './answer-path.tsx';
import { MatchedDetails } from './matched/answer.tsx';
import { en, zh } from './messages.ts';
import { Placebos, SeriesDetails } from './series/answer.tsx';
import type { Effect, Lift } from './schema.ts';
import { type Writer, writer } from './words.ts';

const useWriter = (): ((lift: Pick<Lift, 'scale' | 'currency' | 'unit' | 'wanted'>) => Writer) => {
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
      <Placebos answer={answer} />
      <Events answer={answer} write={write} />
      <Checks answer={answer} write={write} />
      <MatchedDetails answer={answer} />
      <SeriesDetails answer={answer} write={write} />
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

function Sides({ answer: { observed, counterfactual, comparison, scale, series }, write, onChoose }: LiftPart & Pick<Props, 'onChoose'>) {
  const words = useMessages({ en, zh });
  const isBefore = comparison === 'before_after';
  // One series by itself is one value, without an interval of its own: the curve says more.
  if (series) return null;
  const rows = [
    { key: 'treated', name: isBefore ? words.after : words.observed, side: observed },
    { key: 'control', name: isBefore ? words.before : words.counterfactual, side: counterfactual },
  ];
  return (
    <BarChart
      title={isBefore ? words.descriptiveTitle : comparison === 'matched' ? words.sidesMatched : words.sides}
      note={isBefore ? words.descriptiveNote : comparison === 'holdout' ? words.sidesNote : undefined}
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

function Effects({ answer: { estimate, adjusted, total, worthHaving, wanted, unit, scale, series }, write }: LiftPart) {
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
        target={wanted === 'less' ? -(worthHaving ?? 0) : (worthHaving ?? 0)}
        land={wanted === 'less' ? 'below' : 'above'}
        write={write.effect}
        width={180}
      />
      <span>
        <b className="strong">{series ? words.aPeriod(write.effect(one.effect)) : write.effect(one.effect)}</b>{' '}
        <span className="ink2">({write.interval(one)})</span>
        {one.p === null ? null : <span className="ink3"> {words.p(write.p(one.p))}</span>}
      </span>
    </span>
  );
  const amount = (value: number) => (scale === 'share' ? `${format.signedNumber(value)} ${words.units[unit]}` : write.effect(value));
  return (
    <Section title={words.effect} subtitle={words.method(words.methods[estimate.method] ?? estimate.method)}>
      <Facts
        items={[
          [words.estimate, said(estimate)],
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

/** The verdict in one sentence. */
export function useLiftVerdict(): (answer: Lift) => string {
  const of = useWriter();
  return (answer) => of(answer).sentence(answer);
}

export function useLiftFacts(): (answer: Lift) => AnswerFacts {
  const words = useMessages({ en, zh });
  return ({ facts, observed, counterfactual, unit, estimate, series }) => ({
    n: observed.units + counterfactual.units,
    unit: words.units[unit],
    ...(estimate && { interval: `95%, ${words.methods[estimate.method] ?? estimate.method}` }),
    ...factsOf(facts),
    // Without days of its own an outcome is as it is known now; counts and series have theirs.
    ...(facts.from === facts.to && !series && unit !== 'case' && { period: undefined }),
  });
}

export const isEmptyLift = ({ refused }: Lift): boolean => refused?.reason === 'no_units';
