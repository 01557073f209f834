import { medianRanks } from '../../methods/numeric/median-interval.ts';
import { kaplanMeier } from '../../methods/retention/kaplan-meier.ts';
import { fewest } from '../landing-reports/schema.ts';
import { countedShareOf } from '../landing-reports/shares.ts';
import { shareAt, type Sums } from '../questions/clusters.ts';
import type { Unit } from '../questions/schema.ts';
import type { Breadth, DaySums, Depth, GroupSums, Span } from './queries.ts';
import type { Adoption, CurvePoint, Group, MedianOf, TimeTo, UnitAdoption } from './schema.ts';

const marks = [30, 60, 90, 180, 365];

const pointAt = (sums: Sums, place: number, unit: Unit): CurvePoint => {
  const { count, of, share, low, high } = shareAt(sums, place, unit);
  return { day: place, count, of, share: share ?? count / of, low, high };
};

/** The sums by the end of each day from 0 to the horizon. */
export const cumulated = (days: readonly DaySums[], horizonDays: number): Sums => {
  const byDay = new Map(days.map((one) => [one.day, one]));
  const along = (of: keyof Sums): number[] => {
    let total = 0;
    return Array.from({ length: horizonDays + 1 }, (_, day) => (total += byDay.get(day)?.[of] ?? 0));
  };
  return {
    clusters: along('clusters'),
    trials: along('trials'),
    successes: along('successes'),
    sumYY: along('sumYY'),
    sumYN: along('sumYN'),
    sumNN: along('sumNN'),
  };
};

/** Adoption of one unit by day, of those who have had so many days. */
export const assembleUnit = (days: readonly DaySums[], unit: Unit, horizonDays: number): UnitAdoption => {
  const sums = cumulated(days, horizonDays);
  const eligible = sums.trials[0] ?? 0;
  if (eligible === 0) return { eligible: 0, now: { ...countedShareOf(0, 0, false), day: 0 }, marks: [], curve: [] };
  const followed = (day: number) => sums.trials[day] ?? 0;
  const reached = sums.trials.findLastIndex((trials, day) => day > 0 && trials >= eligible / 2);
  const isReached = reached > 0;
  const shown = sums.trials.flatMap((trials, day) => (day <= horizonDays && trials >= Math.min(fewest, eligible) ? [day] : []));
  return {
    eligible,
    now: { ...shareAt(sums, Math.max(0, reached), unit, isReached), day: Math.max(0, reached) },
    marks: marks.filter((day) => day <= horizonDays).map((day) => ({ ...shareAt(sums, day, unit, followed(day) > 0), day })),
    curve: shown.length > 1 ? shown.map((day) => pointAt(sums, day, unit)) : [],
  };
};

/** Time until accounts adopted or first used it, those still under way taken into account. */
export const assembleTime = (spans: readonly Span[], what: 'adopted' | 'used'): TimeTo => {
  const other = what === 'adopted' ? 'censored' : 'unused';
  const counts = spans
    .map((span) => ({ time: span.time, events: span[what], censored: span[other] }))
    .filter(({ events, censored }) => events + censored > 0);
  const of = counts.reduce((sum, { events, censored }) => sum + events + censored, 0);
  const happened = counts.reduce((sum, { events }) => sum + events, 0);
  const curve = kaplanMeier(counts);
  if ('refused' in curve) return { state: curve.refused, of, happened, median: null, until: 0, curve: [] };
  const { median, until, steps } = curve;
  const read = steps.filter(({ time }) => time <= until);
  return {
    state: 'measured',
    of,
    happened,
    median: 'refused' in median ? null : { day: median.time, low: median.low, high: median.high },
    until,
    curve: read.map(({ time, incidence, atRisk }) => ({ day: time, ...incidence, atRisk })),
  };
};

export const assembleGroup = (by: Group['by'], rows: readonly GroupSums[], unit: Unit, day: number): Group => ({
  by,
  day,
  rows: rows
    .map((row) => ({ value: row.value, ...shareAt(row, 0, unit, day > 0) }))
    .toSorted((a, b) => Number(a.value === '') - Number(b.value === '') || b.of - a.of || a.value.localeCompare(b.value)),
});

/** The median of values that come with how often each is there, and the values between which it lies. */
export const medianOfCounts = (counts: readonly { value: number; times: number }[]): MedianOf => {
  const sorted = counts.toSorted((a, b) => a.value - b.value);
  const of = sorted.reduce((sum, { times }) => sum + times, 0);
  if (of === 0) return null;
  const at = (rank: number) => {
    let passed = 0;
    return sorted.find(({ times }) => (passed += times) >= rank)!.value;
  };
  const ranks = medianRanks(of);
  const value = (at(Math.floor((of + 1) / 2)) + at(Math.ceil((of + 1) / 2))) / 2;
  return 'refused' in ranks ? { value, low: null, high: null, of } : { value, low: at(ranks.low), high: at(ranks.high), of };
};

export const assembleDepth = (depths: readonly Depth[]): Adoption['depth'] => {
  const adopters = depths.reduce((sum, { units }) => sum + units, 0);
  const repeat = depths.filter(({ useDays }) => useDays >= 2).reduce((sum, { units }) => sum + units, 0);
  return {
    adopters,
    uses: medianOfCounts(depths.map(({ uses, units }) => ({ value: uses, times: units }))),
    days: medianOfCounts(depths.map(({ useDays, units }) => ({ value: useDays, times: units }))),
    repeat: countedShareOf(repeat, adopters),
  };
};

export const assembleBreadth = (rows: readonly Breadth[]): Adoption['breadth'] => ({
  accounts: rows.reduce((sum, { accounts }) => sum + accounts, 0),
  median: medianOfCounts(rows.map(({ people, users, accounts }) => ({ value: users / people, times: accounts }))),
  whole: rows.filter(({ people, users }) => people === users).reduce((sum, { accounts }) => sum + accounts, 0),
});

export const assembleReturns = (sums: Sums | undefined, unit: Unit): Adoption['returns'] =>
  (sums?.trials ?? []).map((trials, week) => ({ week, ...shareAt(sums!, week, unit, trials > 0) }));
