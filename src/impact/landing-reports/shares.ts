import { shareInterval } from '../../methods/numeric/share-interval.ts';
import { type CountedShare, fewest, fewForShare } from './schema.ts';

/** A counted share with its interval, or only what may be said of so few. */
export const countedShareOf = (count: number, of: number, reached = true): CountedShare => {
  const silent = { count, of, share: null, low: null, high: null };
  if (!reached) return { ...silent, count: 0, state: 'not_yet' };
  if (of < fewest) return { ...silent, state: 'too_few' };
  if (of < fewForShare) return { ...silent, state: 'counts_only' };
  const estimate = shareInterval(count, of);
  return 'refused' in estimate ? { ...silent, state: 'too_few' } : { count, of, ...estimate, state: 'measured' };
};
