import type { DayValue } from './queries.ts';
import type { Interval, MeasurementsAsked, Point } from './schema.ts';

const dayMilliseconds = 86_400_000;
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMilliseconds;
const dayOf = (number: number): string => new Date(number * dayMilliseconds).toISOString().slice(0, 10);
const monthNumber = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const monthOf = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}-01`;

/** Periods in their order: the number of the one that a day lies in, and its first day. Weeks begin on Monday. */
const calendars: Record<Interval, { numberOf: (day: string) => number; startOf: (number: number) => string }> = {
  day: { numberOf: dayNumber, startOf: dayOf },
  week: { numberOf: (day) => Math.floor((dayNumber(day) + 3) / 7), startOf: (number) => dayOf(number * 7 - 3) },
  month: { numberOf: monthNumber, startOf: monthOf },
  quarter: { numberOf: (day) => Math.floor(monthNumber(day) / 3), startOf: (number) => monthOf(number * 3) },
  year: { numberOf: (day) => Number(day.slice(0, 4)), startOf: (number) => monthOf(number * 12) },
};

/** Days between two figures that make them daily, weekly, monthly, quarterly or yearly. */
const apart: [interval: Interval, from: number, to: number][] = [
  ['day', 0, 1],
  ['week', 5, 9],
  ['month', 26, 36],
  ['quarter', 80, 100],
  ['year', 350, 380],
];

/** How far the figures usually lie apart; where most do not, days are counted. */
export const intervalOf = (series: readonly (readonly DayValue[])[]): { interval: Interval; isRegular: boolean } => {
  const steps = series.flatMap((values) => values.slice(1).map(({ day }, place) => dayNumber(day) - dayNumber(values[place]!.day)));
  const middle = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)];
  if (middle === undefined) return { interval: 'day', isRegular: true };
  const found = apart.find(([, from, to]) => from <= middle && middle <= to);
  return found ? { interval: found[0], isRegular: true } : { interval: 'day', isRegular: false };
};

export const startAfter = (day: string, interval: Interval, periods: number): string => {
  const { numberOf, startOf } = calendars[interval];
  return startOf(numberOf(day) + periods);
};

/** One figure for each period: the last of it, or all of it where those who came are counted. */
const byPeriod = (values: readonly DayValue[], interval: Interval, counts: MeasurementsAsked['counts']): Map<number, number> => {
  const { numberOf } = calendars[interval];
  const found = new Map<number, number>();
  for (const { day, latest, total } of values) {
    const number = numberOf(day);
    found.set(number, counts === 'new' ? (found.get(number) ?? 0) + total : latest);
  }
  return found;
};

export type Laid = { interval: Interval; counts: MeasurementsAsked['counts']; ceiling: readonly DayValue[] | null };

/** The curve of one subject, period by period; those without a figure are left out. */
export const pointsOf = (values: readonly DayValue[], { interval, counts, ceiling }: Laid): Point[] => {
  const own = byPeriod(values, interval, counts);
  const whole = ceiling && byPeriod(ceiling, interval, 'in_use');
  const begin = Math.min(...own.keys());
  let sum = 0;
  return [...own].map(([number, figure]) => {
    sum += figure;
    const count = counts === 'new' ? sum : figure;
    const of = whole?.get(number) ?? null;
    const value = whole === null ? count : of ? count / of : null;
    return { at: calendars[interval].startOf(number), age: number - begin, count, of, value };
  });
};

/** Runs of periods without a figure between two that have one. */
export const gapsOf = (points: readonly Point[], interval: Interval): { from: string; to: string; periods: number }[] =>
  points.slice(1).flatMap(({ age }, place) => {
    const before = points[place]!;
    const periods = age - before.age - 1;
    if (periods < 1) return [];
    return [{ from: startAfter(before.at, interval, 1), to: startAfter(before.at, interval, periods), periods }];
  });
