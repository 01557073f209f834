import { LineChart } from '../../web/kit/charts/line-chart.tsx';
import type { Chosen } from '../../web/kit/charts/data.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import type { AnswerFacts } from '../../web/kit/questions/facts-line.tsx';
import { factsOf } from '../questions/answered.tsx';
import { en, zh } from './messages.ts';
import type { TrendLine, TrendPoint, Trends } from './schema.ts';

export type TrendsAnswerProps = { answer: Trends; onChoose?: (chosen: Chosen) => void; height?: number };

/** The lines of a trend, each named where it ends, with the same figures as a table. */
export function TrendsAnswer({ answer, onChoose, height }: TrendsAnswerProps) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const measure = measureOf(answer.lines, words);
  const digits = answer.lines.some(({ points }) => points.some(({ value }) => value !== null && !Number.isInteger(value))) ? 2 : 0;
  const dataTo = answer.facts.dataTo?.slice(0, 10) ?? '';
  const notes = [
    answer.withoutPerson > 0 && answer.lines[0]?.measure === 'people' ? words.withoutPerson(format.number(answer.withoutPerson)) : '',
    answer.lines.some(({ points }) => points.at(-1)?.incomplete) ? words.incomplete : '',
  ].filter(Boolean);
  return (
    <LineChart
      title={words.chart(measure, words.periods[answer.by].toLowerCase())}
      series={answer.lines.map((line) => ({ ...line, name: line.name || words.anyEvent, points: untilData(line.points, dataTo) }))}
      by={answer.by}
      write={(value) => format.number(value, { digits })}
      measure={measure}
      note={notes.join(' ')}
      height={height}
      onChoose={onChoose}
    />
  );
}

/** What is measured: of events, of uses of features, or of both. */
const measureOf = (lines: TrendLine[], words: typeof en): string => {
  const measure = lines[0]?.measure ?? 'people';
  const [events, uses] = [words.measures[measure], words.ofUses[measure]];
  const ofUses = lines.filter(({ counts }) => counts === 'uses').length;
  if (!uses || ofUses === 0) return events;
  return ofUses === lines.length ? uses : words.both(events, uses);
};

/** After the newest event nothing is known: the line ends there instead of falling to nothing. */
const untilData = (points: TrendPoint[], dataTo: string): TrendPoint[] =>
  points.map((point) => (point.at > dataTo && point.n === 0 ? { ...point, value: null } : point));

/** The finding of a trend: its total, and how far that is from the period before. */
export function useTrendVerdict(): (answer: Trends) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return ({ lines }) => {
    const first: TrendLine | undefined = lines[0];
    if (!first || first.total === null) return words.title;
    const total = format.number(first.total, { digits: Number.isInteger(first.total) ? 0 : 2 });
    const inWords = (first.counts === 'uses' && words.usesInWords[first.measure]) || words.inWords[first.measure];
    const [name, measure] = [first.name || words.anyEvent, inWords];
    // More lines of one series are groups of it, the largest first.
    if (lines.filter(({ series }) => series === first.series).length > 1) return words.verdictMost(name, total, measure);
    const before = first.totalBefore;
    if (!before) return words.verdict(name, total, measure);
    const change = (first.total - before) / before;
    return words.verdictChange(name, total, measure, `${change >= 0 ? '+' : ''}${format.share(change)}`);
  };
}

/** How a trend was counted, for its line of facts. */
export function useTrendFacts(): (answer: Trends) => AnswerFacts {
  const words = useMessages({ en, zh });
  return ({ facts, lines }) => ({
    n: lines[0]?.points.reduce((sum, { n }) => sum + n, 0),
    unit: (lines[0]?.counts === 'uses' && words.ofUses.events) || words.measures.events,
    ...factsOf(facts),
  });
}

export const isEmptyTrend = ({ lines }: Trends): boolean => lines.every(({ points }) => points.every(({ n }) => n === 0));
