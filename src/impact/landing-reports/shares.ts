import { type ClusterSums, clusteredShareInterval } from '../../methods/numeric/clustered-share-interval.ts';
import { shareInterval } from '../../methods/numeric/share-interval.ts';
import { type CountedShare, fewest, fewForShare } from './schema.ts';

/** A counted share with its interval, or only what may be said of so few. People bring the sums over their accounts. */
export const countedShareOf = (count: number, of: number, reached = true, clusters?: ClusterSums): CountedShare => {
  const silent = { count, of, share: null, low: null, high: null };
  if (!reached) return { ...silent, count: 0, state: 'not_yet' };
  if (of < fewest) return { ...silent, state: 'too_few' };
  if (of < fewForShare) return { ...silent, state: 'counts_only' };
  const estimate = clusters ? clusteredShareInterval(clusters) : shareInterval(count, of);
  if ('refused' in estimate) return { ...silent, state: estimate.refused === 'too_few_clusters' ? 'counts_only' : 'too_few' };
  const { share, low, high } = estimate;
  return { count, of, share, low, high, state: 'measured' };
};
