import { type MeanDifference, meanDifference, type Moments, type NoMeanDifference } from './mean-difference.ts';

/** An account over the periods, in their order; every account has all of them. */
export type PanelUnit = { treated: boolean; outcomes: ArrayLike<number> };
export type DifferenceInDifferences = MeanDifference & {
  /** How the two groups moved apart before it began: change of the difference in a period, and its p-value; null with one period before. */
  trendBefore: { difference: number; low: number; high: number; p: number } | null;
};
export type NoDifferenceInDifferences =
  | NoMeanDifference
  | { refused: 'no_control' | 'no_treated' | 'no_periods_before' | 'no_periods_after'; needed: number | null };

const momentsOf = (values: readonly number[]): Moments => {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let [square, cube] = [0, 0];
  for (const value of values) {
    square += (value - mean) ** 2;
    cube += (value - mean) ** 3;
  }
  const active = values.filter((value) => value !== 0).length;
  return { n, mean, variance: n > 1 ? square / (n - 1) : 0, skewness: square > 0 ? cube / n / (square / n) ** 1.5 : 0, active };
};

const meanOf = (values: ArrayLike<number>, from: number, to: number): number => {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += values[at]!;
  return sum / (to - from);
};

/** Slope of a straight line through the periods before. */
const slopeOf = (values: ArrayLike<number>, to: number): number => {
  const middle = (to - 1) / 2;
  let [over, under] = [0, 0];
  for (let at = 0; at < to; at += 1) {
    over += (at - middle) * values[at]!;
    under += (at - middle) ** 2;
  }
  return over / under;
};

/**
 * Difference in differences: how much more the accounts that got it changed than the accounts that did not, from before to after.
 *
 * Method: each account becomes one number, its mean after less its mean before, and the two groups are compared by Welch's t. So an
 * account is one unit however many periods it has, and what drags on from one period to the next cannot fake precision. The slopes of the
 * periods before are compared in the same way: where the groups were already moving apart, the comparison is not fair.
 * Shapes and units: one row of outcomes for each account, `begins` the place of the first period with it (the same for all); the
 * effect is in the unit of the outcome, a period.
 * Assumes: without it both groups would have moved alike; accounts do not influence each other; nobody left or came in between.
 * Do not use it for: accounts that got it at different times (groupTimeEffects), shares of few units, a group that chose itself.
 * Errors: RangeError when rows are of different length, or hold what is no number.
 * Refusal: no_treated, no_control, no_periods_before, no_periods_after, and those of meanDifference on the changes.
 * Reference: M. Bertrand, E. Duflo, S. Mullainathan, Quarterly Journal of Economics 119 (2004) 249-275, section IV.C.
 *
 * @example
 * differenceInDifferences([{ treated: true, outcomes: [1, 2] }], 1) // { refused: 'no_control', needed: null }
 */
export function differenceInDifferences(
  units: readonly PanelUnit[],
  begins: number,
  confidence = 0.95,
): DifferenceInDifferences | NoDifferenceInDifferences {
  const periods = units[0]?.outcomes.length ?? 0;
  for (const { outcomes } of units) {
    if (outcomes.length !== periods) throw new RangeError('Every account must have the same periods.');
    for (let at = 0; at < periods; at += 1) if (!Number.isFinite(outcomes[at])) throw new RangeError('An outcome must be a number.');
  }
  const [treated, control] = [units.filter((unit) => unit.treated), units.filter((unit) => !unit.treated)];
  if (treated.length === 0) return { refused: 'no_treated', needed: null };
  if (control.length === 0) return { refused: 'no_control', needed: null };
  if (begins < 1) return { refused: 'no_periods_before', needed: 1 };
  if (begins >= periods) return { refused: 'no_periods_after', needed: 1 };
  const compared = (of: (outcomes: ArrayLike<number>) => number) =>
    meanDifference(
      ...([treated, control].map((group) => momentsOf(group.map(({ outcomes }) => of(outcomes)))) as [Moments, Moments]),
      confidence,
    );
  const effect = compared((outcomes) => meanOf(outcomes, begins, periods) - meanOf(outcomes, 0, begins));
  if ('refused' in effect) return effect;
  const before = begins < 2 ? null : compared((outcomes) => slopeOf(outcomes, begins));
  if (!before || 'refused' in before) return { ...effect, trendBefore: null };
  const { difference, low, high, p } = before;
  return { ...effect, trendBefore: { difference, low, high, p } };
}
