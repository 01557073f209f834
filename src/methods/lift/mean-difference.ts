import { studentQuantile } from '../numeric/student.ts';
import { studentTail } from '../numeric/tail-probabilities.ts';

/** A group by its moments: variance is of the sample (n - 1), skewness the third standardised moment, active those that are not at 0 (all if not said). */
export type Moments = { n: number; mean: number; variance: number; skewness?: number; active?: number };
export type MeanDifference = { difference: number; low: number; high: number; p: number; t: number; degrees: number; error: number };
export type NoMeanDifference = { refused: 'too_few' | 'no_variance' | 'too_skewed'; needed: number | null };

export const fewestOfMean = 20;
const skewedFrom = 2;
const fewestOfSkewed = 100;

/** How many units a skewed group lacks, as a factor. A count decides and not the skewness itself, which is small by luck where the mean is wrong. */
const lacking = ({ n, skewness = 0, active = n }: Moments): number =>
  Math.abs(skewness) > skewedFrom ? fewestOfSkewed / Math.max(1, active) : 0;

/**
 * Interval for the difference of two means (spend of those who were asked minus of those held out): Welch's t.
 *
 * Method: each group has its own variance; the degrees of freedom are Satterthwaite's. Skewed numbers such as money pull a mean and its
 * standard error the same way, so that the interval covers too little in small groups: where the skewness of a group is over 2, each must
 * have 100 units that are not at 0. Judging by the skewness that was seen would choose the very samples in which the large sums are missing.
 * Shapes and units: moments of both groups, in any unit; difference is first minus second; p is two-sided against no difference.
 * Assumes: independent units, one number each (an account's sum, not its events), groups that nothing but the lot made different.
 * Do not use it for: the same units before and after, sums in several currencies, a mean of shares (shareDifference).
 * Errors: RangeError for counts that are none, or a variance below 0.
 * Refusal: too_few under 20 units in a group; no_variance where nobody differs; too_skewed with the units that the smaller group would need.
 * Reference: B. L. Welch, Biometrika 34 (1947) 28-35; the floor of 100 is from simulations, see the page of the method.
 *
 * @example
 * meanDifference({ n: 100, mean: 12, variance: 25 }, { n: 64, mean: 10, variance: 16 }).low.toFixed(4) // '0.6031'
 */
export function meanDifference(first: Moments, second: Moments, confidence = 0.95): MeanDifference | NoMeanDifference {
  const groups = [first, second];
  for (const { n, variance } of groups)
    if (!(Number.isInteger(n) && n >= 0 && variance >= 0))
      throw new RangeError('A group needs a count of units and a variance of 0 or more.');
  if (groups.some(({ n }) => n < fewestOfMean)) return { refused: 'too_few', needed: fewestOfMean };
  const parts = groups.map(({ n, variance }) => variance / n);
  const square = parts[0]! + parts[1]!;
  if (square === 0) return { refused: 'no_variance', needed: null };
  const error = Math.sqrt(square);
  const lack = Math.max(...groups.map(lacking));
  if (lack > 1) return { refused: 'too_skewed', needed: Math.ceil(Math.min(first.n, second.n) * lack) };
  const difference = first.mean - second.mean;
  const degrees = square ** 2 / parts.reduce((sum, part, place) => sum + part ** 2 / (groups[place]!.n - 1), 0);
  const half = studentQuantile(0.5 + confidence / 2, degrees) * error;
  const t = difference / error;
  return { difference, low: difference - half, high: difference + half, p: studentTail(t, degrees), t, degrees, error };
}
