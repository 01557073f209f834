import { sinceAt, type LinePoint, type LineSeries } from '../../web/kit/charts/data.ts';
import { LineChart } from '../../web/kit/charts/line-chart.tsx';
import type { CsvFile } from '../../web/kit/csv-button.tsx';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import { useOutlookWords } from '../outlooks/said.tsx';
import { factsOf } from '../questions/answered.tsx';
import { useFigures } from './figures.tsx';
import { en, zh } from './messages.ts';
import type { Curve, Measurements } from './schema.ts';
import { startAfter } from './series.ts';
import { Standings } from './standings.tsx';

type MeasurementsAnswerProps = {
  answer: Measurements;
  /** Where there is little room: the curves alone, so high. */
  height?: number;
  /** The table of where each stands, as a file. */
  csv?: CsvFile;
};

/** The curves, by date or over each other, dashed where they are foretold; then where each stands, and why more cannot be told. */
export function MeasurementsAnswer({ answer, height, csv }: MeasurementsAnswerProps) {
  const words = useMessages({ en, zh });
  const outlooks = useOutlookWords();
  const figures = useFigures();
  const notes = useNotes(answer);
  const { metric, ceiling, curves, from, interval, horizon } = answer;
  const what = ceiling ? words.ofCeiling(metric, ceiling.metric) : metric;
  const isFitted = curves.length === 1 && curves[0]?.outlook?.state === 'told';
  const whole = answer.ceiling ? 1 : undefined;
  return (
    <>
      <LineChart
        title={from === 'beginning' ? words.byAge(what) : words.byDate(what)}
        series={curves.map((curve) => seriesOf(curve, answer, figures.name(curve.subject), isFitted))}
        by={from === 'beginning' ? 'since' : interval === 'quarter' || interval === 'year' ? 'month' : interval}
        since={(periods) => words.ages[interval](periods)}
        write={figures.write(answer)}
        tick={figures.tick(answer)}
        measure={what}
        ceiling={whole}
        height={height ?? 340}
        previousName={isFitted ? outlooks.fitted : undefined}
        note={[...notes, curves.some(({ outlook }) => outlook?.state === 'told') ? outlooks.band : ''].filter(Boolean).join(' ')}
      />
      {height === undefined ? (
        <Standings
          answer={answer}
          title={words.outlook}
          csv={csv}
          note={horizon > 0 ? words.outlookNote(outlooks.inPeriods(horizon, interval)) : undefined}
        />
      ) : null}
    </>
  );
}

/** Points without a hole: where a period has no figure the line breaks. The outlook goes on from the last figure. */
function seriesOf(curve: Curve, { from, isRegular, interval }: Measurements, name: string, isFitted: boolean): LineSeries {
  const { points, outlook, subject } = curve;
  const at = (one: { at: string; age: number }) => (from === 'beginning' ? sinceAt(one.age) : one.at);
  const measured: LinePoint[] = points.map((point) => ({ at: at(point), value: point.value }));
  const missing = isRegular ? holesOf(curve, interval, from) : [];
  const ahead = (outlook?.ahead ?? []).map((point): LinePoint => ({ ...point, at: at(point), foretold: true }));
  const all = [...measured, ...missing, ...ahead].toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const fitted = isFitted ? (outlook?.fitted ?? []) : [];
  return {
    key: subject || ' ',
    name,
    points: all,
    ...(fitted.length > 0 && { previous: fitted.map((value, place) => ({ at: all[place]?.at ?? '', value })) }),
  };
}

const holesOf = ({ points }: Curve, interval: Measurements['interval'], from: Measurements['from']): LinePoint[] =>
  points.slice(1).flatMap((point, place) => {
    const before = points[place] ?? point;
    return Array.from({ length: point.age - before.age - 1 }, (_, step) => {
      const age = before.age + step + 1;
      return { at: from === 'beginning' ? sinceAt(age) : startAfter(before.at, interval, step + 1), value: null };
    });
  });

const mostGaps = 3;

function useNotes({ curves, missing, interval }: Measurements): string[] {
  const words = useMessages({ en, zh });
  const { inPeriods } = useOutlookWords();
  const format = useFormat();
  const { name, when } = useFigures();
  const gaps = curves.flatMap(({ subject, gaps: own }) => own.map((gap) => ({ subject, ...gap })));
  return [
    missing.length > 0 ? words.missing(format.list(missing.map(name))) : '',
    ...gaps
      .slice(0, mostGaps)
      .map(({ subject, from, to, periods }) =>
        words.gap(name(subject), when(from, interval), when(to, interval), inPeriods(periods, interval)),
      ),
    gaps.length > mostGaps ? words.moreGaps(format.number(gaps.length - mostGaps)) : '',
  ].filter(Boolean);
}

const known = ({ points }: Curve) => points.filter(({ value }) => value !== null) as { at: string; age: number; value: number }[];

/** The finding: where the one stands and is going, or which of several stands highest, at one date or at one age. */
export function useMeasurementsVerdict(): (answer: Measurements) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const figures = useFigures();
  const one = (answer: Measurements, curve: Curve): string => {
    const write = figures.write(answer);
    const last = known(curve).at(-1);
    const ahead = curve.outlook?.ahead.at(-1);
    const { interval } = answer;
    const untold = curve.outlook && !ahead ? words.verdictUntold : '';
    return (
      words.verdictOne(figures.name(curve.subject), last ? write(last.value) : '–', last ? figures.when(last.at, interval) : '–') +
      (ahead
        ? words.verdictAhead(write(ahead.value), format.range(write(ahead.low), write(ahead.high)), figures.when(ahead.at, interval))
        : untold)
    );
  };
  return (answer) => {
    const { curves, from, interval } = answer;
    const [first] = curves;
    if (!first || curves.length === 1) return first ? one(answer, first) : words.title;
    const key = (point: { at: string; age: number }) => (from === 'beginning' ? sinceAt(point.age) : point.at);
    const ends = curves.map((curve) => known(curve).at(-1)).filter((end) => end !== undefined);
    const common = ends.map(key).toSorted()[0] ?? '';
    const there = curves.flatMap((curve) => {
      const point = known(curve).findLast((each) => key(each) <= common);
      return point ? [{ ...point, name: figures.name(curve.subject) }] : [];
    });
    const best = there.toSorted((a, b) => b.value - a.value)[0];
    if (!best) return words.title;
    const [value, count] = [figures.write(answer)(best.value), format.number(there.length)];
    return from === 'beginning'
      ? words.verdictAge(best.name, value, figures.age(Number(common), interval).toLowerCase(), count)
      : words.verdictDate(best.name, value, figures.when(common, interval), count);
  };
}

/** How figures were read, for their line of facts. */
export function useMeasurementsFacts(): (answer: Measurements) => AnswerFacts {
  const words = useMessages({ en, zh });
  return ({ facts, curves, unit }) => ({
    ...factsOf(facts),
    n: curves.reduce((sum, { points }) => sum + points.length, 0),
    unit: unit ?? words.figures,
    dataUntil: facts.to,
  });
}

export const isEmptyMeasurements = ({ curves }: Measurements): boolean => curves.length === 0;
