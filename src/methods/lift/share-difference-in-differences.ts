import { type EstimatedDifference, estimateDifference } from '../numeric/estimate-difference.ts';
import type { NoObservations } from '../numeric/share-interval.ts';
import { type Counted, shareDifference } from './share-difference.ts';

export type SharesInTime = { before: Counted; after: Counted };

/**
 * Interval for how much further a share rose in one group than in another (of those exposed to a billboard, of others): four shares, each of other people.
 *
 * Method: Newcombe's interval of the change within each group, and these two joined by the square-and-add rule again; so what was different
 * before, and what changed for everybody, both fall out of the estimate.
 * Shapes and units: four pairs of counts; difference, low and high are fractions (points / 100): the rise of the first group less the rise of the second.
 * Assumes: independent people in all four samples, and that without it both groups would have risen by as many points.
 * Do not use it for: the same people asked twice (it is then wider than it need be), people who come in clusters (clustered ones: differenceInDifferences), or groups that would have risen differently anyway.
 * Errors: RangeError for counts that cannot be.
 * Refusal: no_observations when any of the four samples is empty.
 * Reference: R. G. Newcombe, Statistics in Medicine 20 (2001) 2885-2893; G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008) 1693-1702.
 *
 * @example
 * shareDifferenceInDifferences({ before: { successes: 48, trials: 400 }, after: { successes: 96, trials: 400 } }, { before: { successes: 60, trials: 500 }, after: { successes: 70, trials: 500 } }).low.toFixed(4) // '0.0325'
 */
export function shareDifferenceInDifferences(
  exposed: SharesInTime,
  others: SharesInTime,
  confidence = 0.95,
): EstimatedDifference | NoObservations {
  const one = shareDifference(exposed.after, exposed.before, confidence);
  const two = shareDifference(others.after, others.before, confidence);
  if ('refused' in one) return one;
  if ('refused' in two) return two;
  return estimateDifference({ ...one, value: one.difference }, { ...two, value: two.difference });
}
