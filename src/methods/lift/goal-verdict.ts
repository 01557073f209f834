import { type ClusteredShare, type ClusterSums, clusteredShareInterval } from '../numeric/clustered-share-interval.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { shareInterval, type ShareEstimate } from '../numeric/share-interval.ts';

export type GoalVerdict =
  | { verdict: 'met' | 'missed'; share: number; low: number; high: number }
  | { verdict: 'cannot_tell'; reason: 'no_observations' | 'too_few' | 'interval_holds_target'; needed: number | null };

/** Smallest count at which an interval about this share would no longer hold the target; null when they are equal. */
function countToTell(share: number, target: number, confidence: number): number | null {
  if (share === target) return null;
  const z = normalQuantile(0.5 + confidence / 2);
  return Math.ceil((z * z * target * (1 - target)) / (share - target) ** 2 - 1e-9);
}

/**
 * Verdict of a goal on a share: met, missed, or cannot tell.
 *
 * Method: Wilson's interval of the measured share against the target that was fixed before. Met when the whole interval is
 * at or above the target, missed when the whole interval is below it, otherwise cannot tell. As Wilson's interval inverts
 * the score test, the count needed to tell has a closed form: z^2 * target * (1 - target) / (share - target)^2.
 * Shapes and units: counts of units (accounts); target above 0 and at most 1; needed is a count of the same units.
 * Assumes: the target, the horizon and who is eligible were fixed before the data came; units are independent, or their
 * clusters (the accounts of people) are given and the interval is the one for clusters.
 * Do not use it for: looking every day until it says met (the 95 % then no longer holds), or for a limit (turn it round).
 * Errors: RangeError for counts that cannot be, a target that cannot be, or a minimum under 1.
 * Refusal: cannot_tell with no_observations, or too_few and the count needed, under the minimum (20 unless said otherwise).
 * Reference: Wilson (1927) for the interval; A. Agresti, Categorical Data Analysis, 3rd ed. (2013), section 1.4 for the inversion.
 *
 * @example
 * goalVerdict({ successes: 403, trials: 1284, target: 0.28 }).verdict // 'met'
 */
export function goalVerdict(goal: {
  successes: number;
  trials: number;
  target: number;
  minimum?: number;
  confidence?: number;
  clusters?: ClusterSums;
}): GoalVerdict {
  const { successes, trials, target, minimum = 20, confidence = 0.95, clusters } = goal;
  if (!(target > 0 && target <= 1)) throw new RangeError('The target must be above 0 and at most 1.');
  if (!(minimum >= 1)) throw new RangeError('The minimum must be 1 or more.');
  const estimate = clusters ? clusteredShareInterval(clusters, confidence) : shareInterval(successes, trials, confidence);
  if ('refused' in estimate && estimate.refused === 'too_few_clusters') return { verdict: 'cannot_tell', reason: 'too_few', needed: null };
  if ('refused' in estimate) return { verdict: 'cannot_tell', reason: 'no_observations', needed: minimum };
  if (trials < minimum) return { verdict: 'cannot_tell', reason: 'too_few', needed: minimum };
  const { share, low, high, effectiveTrials = trials } = estimate as ClusteredShare | (ShareEstimate & { effectiveTrials?: number });
  if (low >= target) return { verdict: 'met', share, low, high };
  if (high < target) return { verdict: 'missed', share, low, high };
  const independent = countToTell(share, target, confidence);
  return {
    verdict: 'cannot_tell',
    reason: 'interval_holds_target',
    needed: independent && Math.ceil((independent * trials) / effectiveTrials),
  };
}
