import { type MeanDifference, meanDifference, type Moments, type NoMeanDifference } from './mean-difference.ts';

/** A group by the moments of its outcome (y), of what was known before (x), and of both together (sample covariance, n - 1). */
export type PairedMoments = Moments & { before: { mean: number; variance: number }; covariance: number };
export type AdjustedMeanDifference = MeanDifference & { slope: number; varianceLeft: number };

/**
 * Difference of two means with what was known before taken out (CUPED): the same effect on average, a narrower interval.
 *
 * Method: from each outcome the slope times (before minus its overall mean) is subtracted; the slope is that of both groups together, within
 * them, and the groups are compared by Welch's t. The estimate is the one of a regression on group and covariate. The lot makes
 * the groups alike before, so the expected difference stays what it was.
 * Shapes and units: moments of both groups; varianceLeft is the variance of the adjusted outcome as a part of the plain one.
 * Assumes: the covariate was written before the lot was drawn, so that nothing of the effect is in it; units independent.
 * Do not use it for: a covariate that the treatment could have changed (it would take the effect out), groups made without a lot.
 * Errors: RangeError as meanDifference.
 * Refusal: no_variance where the covariate says the same of everybody, and those of meanDifference.
 * Reference: A. Deng, Y. Xu, R. Kohavi, T. Walker, WSDM (2013) 123-132.
 *
 * @example
 * adjustedMeanDifference({ n: 40, mean: 12, variance: 9, before: { mean: 10, variance: 4 }, covariance: 4 }, { n: 40, mean: 10, variance: 9, before: { mean: 10, variance: 4 }, covariance: 4 }).varianceLeft.toFixed(4) // '0.5556'
 */
export function adjustedMeanDifference(
  first: PairedMoments,
  second: PairedMoments,
  confidence = 0.95,
): AdjustedMeanDifference | NoMeanDifference {
  const groups = [first, second];
  const pooled = (of: (group: PairedMoments) => number) => groups.reduce((sum, group) => sum + Math.max(0, group.n - 1) * of(group), 0);
  const spread = pooled(({ before }) => before.variance);
  if (spread === 0) return { refused: 'no_variance', needed: null };
  const slope = pooled(({ covariance }) => covariance) / spread;
  const adjusted = ({ mean, variance, before, covariance, ...group }: PairedMoments): Moments => ({
    ...group,
    mean: mean - slope * before.mean,
    variance: Math.max(0, variance - 2 * slope * covariance + slope ** 2 * before.variance),
  });
  const [one, other] = [adjusted(first), adjusted(second)];
  const found = meanDifference(one, other, confidence);
  if ('refused' in found) return found;
  return {
    ...found,
    slope,
    varianceLeft: (one.variance / one.n + other.variance / other.n) / (first.variance / first.n + second.variance / second.n),
  };
}
