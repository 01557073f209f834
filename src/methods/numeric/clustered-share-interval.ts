import { normalQuantile } from './normal.ts';
import type { NoObservations, ShareEstimate } from './share-interval.ts';

/** Sums over the clusters (accounts): y is the successes of one, n its trials. */
export type ClusterSums = { clusters: number; successes: number; trials: number; sumYY: number; sumYN: number; sumNN: number };
export type TooFewClusters = { refused: 'too_few_clusters'; needed: number };
export type ClusteredShare = ShareEstimate & { effectiveTrials: number };

const fewestClusters = 10;

/** Student's t quantile by the Cornish-Fisher expansion around the normal one; within 0.3 % from 9 degrees of freedom on. */
const studentQuantile = (z: number, degrees: number): number =>
  z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);

/**
 * Interval for a share whose trials come in clusters: people of accounts.
 *
 * Method: the share is a ratio of two sums over clusters; its variance by linearisation says how many independent trials
 * would vary as much (the effective trials, never more than there are). Wilson's interval for that many, with Student's t
 * for the number of clusters. At no success, or at nothing but successes, clusters are taken to be of one mind.
 * Shapes and units: sums of counts over clusters; share, low and high are fractions from 0 to 1.
 * Assumes: clusters are independent of each other and many enough; within a cluster anything goes.
 * Do not use it for: trials that are independent (shareInterval is narrower), fewer than ten clusters.
 * Errors: RangeError when the sums cannot come from counts.
 * Refusal: no_observations without trials; too_few_clusters under ten.
 * Reference: E. L. Korn, B. I. Graubard, Survey Methodology 24 (1998) 193-201 (effective sample size and t in an interval
 * for a proportion); W. G. Cochran, Sampling Techniques (1977) section 3.12 (ratio variance).
 *
 * @example
 * clusteredShareInterval({ clusters: 12, successes: 60, trials: 120, sumYY: 600, sumYN: 600, sumNN: 1200 }).effectiveTrials.toFixed(2) // '8.74'
 */
export function clusteredShareInterval(sums: ClusterSums, confidence = 0.95): ClusteredShare | NoObservations | TooFewClusters {
  const { clusters, successes, trials, sumYY, sumYN, sumNN } = sums;
  const isPossible = successes >= 0 && successes <= trials && clusters <= trials && sumYY <= sumYN && sumYN <= sumNN && sumNN >= trials;
  if (!isPossible && trials > 0) throw new RangeError('Sums over clusters need 0 <= y <= n in each cluster.');
  if (trials === 0) return { refused: 'no_observations' };
  if (clusters < fewestClusters) return { refused: 'too_few_clusters', needed: fewestClusters };
  const share = successes / trials;
  const z = normalQuantile(0.5 + confidence / 2);
  const t = studentQuantile(z, clusters - 1);
  const variance = ((clusters / (clusters - 1)) * (sumYY - 2 * share * sumYN + share ** 2 * sumNN)) / trials ** 2;
  const allAlike = successes === 0 || successes === trials;
  const independent = allAlike ? trials ** 2 / sumNN : (share * (1 - share)) / variance;
  const effectiveTrials = Math.min(trials, independent) * (z / t) ** 2;
  return { share, ...wilson(share, effectiveTrials, z), effectiveTrials };
}

const wilson = (share: number, trials: number, z: number): { low: number; high: number } => {
  const weight = 1 / (1 + (z * z) / trials);
  const centre = weight * (share + (z * z) / (2 * trials));
  const half = weight * z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return { low: share === 0 ? 0 : Math.max(0, centre - half), high: share === 1 ? 1 : Math.min(1, centre + half) };
};
