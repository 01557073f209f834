import { type EstimatedDifference, estimateDifference } from '../numeric/estimate-difference.ts';
import { shareInterval, type NoObservations } from '../numeric/share-interval.ts';

export type Counted = { successes: number; trials: number };
export type DifferenceEstimate = EstimatedDifference;

/**
 * Interval for the difference of two shares (after minus before, exposed minus not): Newcombe's hybrid score interval.
 *
 * Method: Wilson's intervals of both shares, joined by the square-and-add rule: the distance from each share to its own
 * limit, squared, added, and the root taken. It stays inside [-1, 1] and keeps its coverage with sizes as unequal as 12 and 300.
 * Shapes and units: two pairs of counts; difference, low and high are fractions (points / 100), first minus second.
 * Assumes: two independent groups of independent units.
 * Do not use it for: the same accounts before and after (they are paired), or to say what caused the difference.
 * Errors: RangeError for counts that cannot be.
 * Refusal: no_observations when either group is empty.
 * Reference: R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10.
 *
 * @example
 * shareDifference({ successes: 56, trials: 70 }, { successes: 48, trials: 80 }).low.toFixed(4) // '0.0524'
 */
export function shareDifference(first: Counted, second: Counted, confidence = 0.95): DifferenceEstimate | NoObservations {
  const one = shareInterval(first.successes, first.trials, confidence);
  const two = shareInterval(second.successes, second.trials, confidence);
  if ('refused' in one) return one;
  if ('refused' in two) return two;
  return estimateDifference({ ...one, value: one.share }, { ...two, value: two.share });
}
