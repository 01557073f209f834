import { benjaminiHochberg } from '../../methods/numeric/benjamini-hochberg.ts';
import { clusteredShareInterval } from '../../methods/numeric/clustered-share-interval.ts';
import { fisherExact } from '../../methods/numeric/fisher-exact.ts';
import { medianRanks } from '../../methods/numeric/median-interval.ts';
import { shareInterval } from '../../methods/numeric/share-interval.ts';
import { shareDifference } from '../../methods/lift/share-difference.ts';
import { kaplanMeier } from '../../methods/retention/kaplan-meier.ts';
import { type Sums, sumsAt } from '../questions/clusters.ts';
import type { Cell, TimeRow } from './queries.ts';
import type { Amount, Cycle, PipelineGroup, WinRate } from './schema.ts';

const total = <Row>(rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
const cents = (value: number): number => Math.round(value * 100) / 100;

/** Counts of deals, and what they are worth in each currency. */
export const countsOf = (rows: readonly Cell[]) => {
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  const amounts = currencies.map((currency): Amount => {
    const own = rows.filter((row) => row.currency === currency);
    return {
      currency,
      created: cents(total(own, (row) => row.createdAmount)),
      won: cents(total(own, (row) => row.wonAmount)),
      open: cents(total(own, (row) => row.openAmount)),
    };
  });
  const worth = amounts.filter(({ created, won, open }) => created !== 0 || won !== 0 || open !== 0);
  return {
    created: total(rows, (row) => row.created),
    won: total(rows, (row) => row.won),
    lost: total(rows, (row) => row.lost),
    open: total(rows, (row) => row.open),
    other: total(rows, (row) => row.other),
    amounts: worth.toSorted((one, two) => two.won + two.open - one.won - one.open || (one.currency < two.currency ? -1 : 1)),
  };
};

export type Weighed = WinRate & { alike: number };

/** Won of closed. Deals of one account are alike, so the interval counts accounts where there are ten; `alike` is by how much they are. */
export const winRateOf = (row: Sums | undefined): Weighed => {
  const sums = row ? sumsAt(row, 0) : null;
  if (!sums || sums.trials === 0) return { won: 0, closed: 0, share: null, alike: 1 };
  const clustered = clusteredShareInterval(sums);
  const estimate = 'refused' in clustered ? shareInterval(sums.successes, sums.trials) : clustered;
  const alike = 'refused' in clustered ? 1 : Math.max(1, sums.trials / clustered.effectiveTrials);
  if ('refused' in estimate) return { won: 0, closed: 0, share: null, alike };
  const { share, low, high } = estimate;
  return { won: sums.successes, closed: sums.trials, share: { share, low, high }, alike };
};

/** The day below which `rank` of the deals lie. */
const dayAt = (rows: readonly TimeRow[], rank: number): number => {
  let before = 0;
  for (const { day, deals } of rows) if ((before += deals) >= rank) return day;
  return rows.at(-1)!.day;
};

const medianOf = (rows: readonly TimeRow[]): { median: number | null; low: number | null; high: number | null } => {
  const deals = total(rows, (row) => row.deals);
  if (deals === 0) return { median: null, low: null, high: null };
  const median = (dayAt(rows, Math.floor((deals + 1) / 2)) + dayAt(rows, Math.ceil((deals + 1) / 2))) / 2;
  const ranks = medianRanks(deals);
  return 'refused' in ranks ? { median, low: null, high: null } : { median, low: dayAt(rows, ranks.low), high: dayAt(rows, ranks.high) };
};

const meanOf = (rows: readonly TimeRow[]): number | null => {
  const deals = total(rows, (row) => row.deals);
  return deals === 0 ? null : Math.round((total(rows, (row) => row.days) / deals) * 100) / 100;
};

/** How many had it happen, and how many are still followed, by day. */
export const survivalOf = (rows: readonly { day: number; deals: number; happened: boolean }[]) => {
  const days = [...new Set(rows.map(({ day }) => day))].toSorted((one, two) => one - two);
  const byDay = new Map(days.map((time) => [time, { time, events: 0, censored: 0 }]));
  for (const { day, deals, happened } of rows) byDay.get(day)![happened ? 'events' : 'censored'] += deals;
  const curve = kaplanMeier([...byDay.values()]);
  if ('refused' in curve) return null;
  const { median, observations } = curve;
  return 'refused' in median
    ? { days: null, low: null, high: null, deals: observations }
    : { days: median.time, low: median.low, high: median.high, deals: observations };
};

/** How long deals take. `rows` are of one group, ascending by day within each state. */
export const cycleOf = (rows: readonly TimeRow[]): Cycle => {
  const of = (state: TimeRow['state']) => rows.filter((row) => row.state === state);
  return {
    timed: total(of('won'), (row) => row.deals),
    ...medianOf(of('won')),
    mean: meanOf(of('won')),
    meanLost: meanOf(of('lost')),
    timedLost: total(of('lost'), (row) => row.deals),
    closing: survivalOf(rows.map(({ day, deals, state }) => ({ day, deals, happened: state !== 'open' }))),
  };
};

const fewestCompared = 10;
type Compared = Pick<PipelineGroup, 'kind' | 'name'> & { weighed: Weighed };

/** Each group's win rate against all other deals; what is called a finding is corrected for all that were looked at. */
export const differencesOf = (all: Weighed, groups: readonly Compared[]): PipelineGroup['difference'][] => {
  const compared = groups.map(({ weighed }) => {
    const rest = { won: all.won - weighed.won, closed: all.closed - weighed.closed };
    if (weighed.closed < fewestCompared || rest.closed < fewestCompared) return null;
    // Deals of one account count as so many independent ones, in the group and in the rest.
    const own = { successes: Math.round(weighed.won / weighed.alike), trials: Math.round(weighed.closed / weighed.alike) };
    const others = { successes: Math.round(rest.won / all.alike), trials: Math.round(rest.closed / all.alike) };
    const interval = shareDifference(own, others);
    if ('refused' in interval) return null;
    const points = weighed.won / weighed.closed - rest.won / rest.closed;
    const p = fisherExact({
      didStayed: own.successes,
      didLeft: own.trials - own.successes,
      notStayed: others.successes,
      notLeft: others.trials - others.successes,
    });
    return { points, low: interval.low, high: interval.high, p };
  });
  const asked = compared.filter((one) => one !== null);
  const adjusted = benjaminiHochberg(asked.map(({ p }) => p));
  return compared.map((one) => {
    if (!one) return null;
    const { p: _, ...said } = one;
    const value = adjusted[asked.indexOf(one)]!;
    return { ...said, adjusted: value, isFinding: value <= 0.05 };
  });
};
