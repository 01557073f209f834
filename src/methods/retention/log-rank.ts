import { normalQuantile } from '../numeric/normal.ts';
import { solveSymmetric, triangleOf } from '../numeric/symmetric-system.ts';
import { chiSquaredTail } from '../numeric/tail-probabilities.ts';
import type { TimeCount, TooFewEvents } from './kaplan-meier.ts';

export type SurvivalGroup = { name: string; counts: readonly TimeCount[] };
export type LogRank = {
  statistic: number;
  degrees: number;
  p: number;
  groups: { name: string; observations: number; observed: number; expected: number }[];
  detectableRatio: number;
};

const fewestEvents = 10;

type Sums = { observed: number[]; expected: number[]; variance: number[][] };

function checked(groups: readonly SurvivalGroup[]): void {
  if (groups.length < 2) throw new RangeError('Two or more groups are compared.');
  for (const { counts } of groups)
    for (const [index, { time, events, censored }] of counts.entries()) {
      if (!(time >= 0 && Number.isFinite(time) && (index === 0 || time > counts[index - 1]!.time)))
        throw new RangeError('Times must be 0 or more, each once, ascending.');
      if (![events, censored].every((count) => Number.isSafeInteger(count) && count >= 0))
        throw new RangeError('Events and censored must be whole counts of 0 or more.');
    }
}

/** At each time with an event: how many of them each group would have had, were all alike, and how far chance carries that. */
function summed(groups: readonly SurvivalGroup[], atRisk: number[]): Sums {
  const zeros = () => groups.map(() => 0);
  const sums: Sums = { observed: zeros(), expected: zeros(), variance: groups.map(zeros) };
  const at = groups.map(({ counts }) => new Map(counts.map((count) => [count.time, count])));
  const times = [...new Set(groups.flatMap(({ counts }) => counts.map(({ time }) => time)))].sort((one, two) => one - two);
  for (const time of times) {
    const here = at.map((known) => known.get(time));
    const events = here.reduce((sum, count) => sum + (count?.events ?? 0), 0);
    const all = atRisk.reduce((sum, count) => sum + count, 0);
    if (events > 0) {
      const spread = all > 1 ? (events * (all - events)) / (all - 1) : 0;
      for (const [one, own] of atRisk.entries()) {
        sums.observed[one]! += here[one]?.events ?? 0;
        sums.expected[one]! += (events * own) / all;
        for (const [other, others] of atRisk.entries())
          sums.variance[one]![other]! += spread * (own / all) * ((one === other ? 1 : 0) - others / all);
      }
    }
    for (const [index, count] of here.entries()) if (count) atRisk[index]! -= count.events + count.censored;
  }
  return sums;
}

/**
 * Whether it happens sooner in one group than in another, where it has not happened to everybody yet: the log-rank test.
 *
 * Method: at each time at which it happened to somebody, how many events each group would have had if all were alike (hypergeometric);
 * observed minus expected, summed, against its variance: chi-squared with one degree less than groups. `detectableRatio` is the ratio of
 * hazards that as many events show in 8 of 10, for the two largest groups (Schoenfeld).
 * Shapes and units: for each group one row per distinct time, ascending, in the caller's unit; events and censored are counts.
 * Assumes: independent units; being no longer followed says nothing about when it would have happened. It is strongest where one group's
 * hazard is a constant multiple of another's.
 * Do not use it for: curves that cross (it may see nothing), people of a few accounts (count accounts), groups formed by what came later.
 * Errors: RangeError for one group, times that are not ascending, or counts that are not whole.
 * Refusal: too_few_events under 10 in all, or when it is expected to nobody in a group.
 * Reference: N. Mantel, Cancer Chemotherapy Reports 50 (1966) 163-170; R. Peto, J. Peto, JRSS A 135 (1972) 185-207;
 * D. A. Schoenfeld, Biometrics 39 (1983) 499-503.
 *
 * @example
 * logRank([{ name: 'a', counts: [] }, { name: 'b', counts: [] }]) // { refused: 'too_few_events', needed: 10 }
 */
export function logRank(groups: readonly SurvivalGroup[]): LogRank | TooFewEvents {
  checked(groups);
  const sizes = groups.map(({ counts }) => counts.reduce((sum, { events, censored }) => sum + events + censored, 0));
  const { observed, expected, variance } = summed(groups, [...sizes]);
  const events = observed.reduce((sum, count) => sum + count, 0);
  if (events < fewestEvents || expected.some((count) => count <= 0) || variance.some((line, index) => line[index]! <= 1e-12))
    return { refused: 'too_few_events', needed: fewestEvents };
  const away = observed.slice(1).map((count, index) => count - expected[index + 1]!);
  const weighed = solveSymmetric(triangleOf(variance.slice(1).map((line) => line.slice(1))), away);
  const statistic = away.reduce((sum, value, index) => sum + value * weighed[index]!, 0);
  const [first, second] = sizes.toSorted((one, two) => two - one) as [number, number];
  const share = first / (first + second);
  const degrees = groups.length - 1;
  return {
    statistic,
    degrees,
    p: chiSquaredTail(Math.max(0, statistic), degrees),
    groups: groups.map(({ name }, index) => ({
      name,
      observations: sizes[index]!,
      observed: observed[index]!,
      expected: expected[index]!,
    })),
    detectableRatio: Math.exp((normalQuantile(0.975) + normalQuantile(0.8)) / Math.sqrt(events * share * (1 - share))),
  };
}
