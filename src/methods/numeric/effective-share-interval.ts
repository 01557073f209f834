import { normalQuantile } from './normal.ts';
import type { NoObservations, ShareEstimate } from './share-interval.ts';
import { studentQuantile } from './student.ts';

/**
 * Interval for a share that is not a plain count of successes: Wilson's interval for an effective number of trials.
 *
 * Method: a share whose variance is known in some other way (people in accounts, people not followed to the end, ratings) is
 * as sure as the share of so many independent trials as would vary as much: share (1 - share) / variance. Wilson's interval
 * takes that number, which need not be whole. Where the variance itself comes from few units, Student's t widens it.
 * Shapes and units: share from 0 to 1; effectiveTrials a number above 0; degrees of freedom of the variance, if it is estimated.
 * Assumes: that the caller's variance is right; the effective number is that of the estimate, not of the rows.
 * Do not use it for: a plain count (shareInterval), or a share outside [0, 1] such as a difference.
 * Errors: RangeError when the share or the confidence cannot be, or the effective number is not finite.
 * Refusal: no_observations when the effective number is 0 or less.
 * Reference: K. J. Rothman, Journal of Chronic Diseases 31 (1978) 557-560; E. L. Korn, B. I. Graubard, Survey Methodology 24
 * (1998) 193-201.
 *
 * @example
 * effectiveShareInterval({ share: 0.25, effectiveTrials: 36.5 }).low.toFixed(4) // '0.1381'
 */
export function effectiveShareInterval(estimate: {
  share: number;
  effectiveTrials: number;
  degrees?: number;
  confidence?: number;
}): ShareEstimate | NoObservations {
  const { share, effectiveTrials, degrees, confidence = 0.95 } = estimate;
  if (!(share >= 0 && share <= 1)) throw new RangeError('The share must be from 0 to 1.');
  if (!Number.isFinite(effectiveTrials)) throw new RangeError('The effective number of trials must be finite.');
  if (effectiveTrials <= 0) return { refused: 'no_observations' };
  const z = normalQuantile(0.5 + confidence / 2);
  const trials = degrees === undefined ? effectiveTrials : effectiveTrials * (z / studentQuantile(0.5 + confidence / 2, degrees)) ** 2;
  const weight = 1 / (1 + (z * z) / trials);
  const centre = weight * (share + (z * z) / (2 * trials));
  const half = weight * z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return {
    share,
    low: share === 0 ? 0 : Math.max(0, centre - half),
    high: share === 1 ? 1 : Math.min(1, centre + half),
  };
}
