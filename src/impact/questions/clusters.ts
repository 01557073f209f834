import type { ClusterSums } from '../../methods/numeric/clustered-share-interval.ts';
import type { CountedShare } from '../landing-reports/schema.ts';
import { countedShareOf } from '../landing-reports/shares.ts';

/** Shares of several groups or days at once, place by place: trials (n), successes (y), and what is needed of their clusters. */
export type Sums = { clusters: number[]; trials: number[]; successes: number[]; sumYY: number[]; sumYN: number[]; sumNN: number[] };

/** From rows of one cluster each, arrays n and y of counts: one row of `Sums`, or one for each value of `by`. */
export const summedOver = (perCluster: string, by: readonly string[] = []): string =>
  `SELECT ${by.map((column) => `${column}, `).join('')}sumForEach(arrayMap(v -> toUInt32(v > 0), n)) AS clusters, sumForEach(n) AS trials, sumForEach(y) AS successes,
  sumForEach(arrayMap(v -> toFloat64(v * v), y)) AS sumYY, sumForEach(arrayMap((v, u) -> toFloat64(v * u), y, n)) AS sumYN, sumForEach(arrayMap(v -> toFloat64(v * v), n)) AS sumNN
  FROM ${perCluster} ${by.length > 0 ? `GROUP BY ${by.join(', ')}` : ''}`;

/** From rows of one unit each (its cluster, and arrays n and y of 0 and 1): the same. */
export const sumsOf = (perUnit: string, by: readonly string[] = []): string => {
  const groups = [...by, 'cluster'].join(', ');
  return summedOver(
    `(SELECT ${groups}, sumForEach(arrayMap(v -> toUInt32(v), n)) AS n, sumForEach(arrayMap(v -> toUInt32(v), y)) AS y FROM ${perUnit} GROUP BY ${groups})`,
    by,
  );
};

export const sumsAt = (sums: Sums, place: number): ClusterSums => ({
  clusters: sums.clusters[place] ?? 0,
  trials: sums.trials[place] ?? 0,
  successes: sums.successes[place] ?? 0,
  sumYY: sums.sumYY[place] ?? 0,
  sumYN: sums.sumYN[place] ?? 0,
  sumNN: sums.sumNN[place] ?? 0,
});

/** A share with its interval: of accounts each for itself, of people with an eye to whose they are. */
export const shareAt = (sums: Sums, place: number, unit: 'people' | 'accounts', reached = true): CountedShare => {
  const { successes, trials, ...rest } = sumsAt(sums, place);
  return countedShareOf(successes, trials, reached, unit === 'people' ? { successes, trials, ...rest } : undefined);
};
