import { shareInterval, type ShareEstimate } from '../../methods/numeric/share-interval.ts';
import { effectiveAccounts, revenueShare } from '../../methods/retention/revenue-retention.ts';
import type { Query } from '../../platform/events/store.ts';
import type * as queries from './queries.ts';
import type { Kept } from './schema.ts';

export type Ask = <Row>(query: Query) => Promise<Row[]>;

const fewest = 5;
const fewestForLogo = 20;

/** Sums of accounts as shares, each with its interval or the reason why it has none. */
export const keptOf = (sums: queries.KeptSums): Kept => {
  const { accounts, paying, sumX, sumXX, sumX4, sumY, sumXY, sumYY, sumG, sumXG, sumGG } = sums;
  const shareOf = (sum: number, estimate: ReturnType<typeof revenueShare>) => {
    if (accounts < fewest || sumX <= 0) return null;
    if ('refused' in estimate) return { share: sum / sumX, low: null, high: null, why: estimate.refused };
    return { ...estimate, why: null };
  };
  const net = shareOf(sumY, revenueShare({ accounts, changed: sums.changed, sumX, sumXX, sumX4, sumY, sumXY, sumYY }));
  const lesser = { accounts, changed: sums.lost, sumX, sumXX, sumX4, sumY: sumG, sumXY: sumXG, sumYY: sumGG };
  const gross = shareOf(sumG, revenueShare(lesser, { isPart: true }));
  const logo = accounts < fewest ? null : (shareInterval(paying, accounts) as ShareEstimate);
  return {
    accounts,
    paying,
    start: sumX,
    end: sumY,
    effective: effectiveAccounts(sums),
    net,
    gross,
    logo: logo && (accounts < fewestForLogo ? { share: logo.share, low: null, high: null } : logo),
  };
};
