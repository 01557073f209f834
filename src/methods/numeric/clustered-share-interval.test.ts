import { describe, expect, it } from 'vitest';
import { clusteredShareInterval, type ClusteredShare, type ClusterSums } from './clustered-share-interval.ts';
import { seededRandom } from './random.ts';
import { shareInterval, type ShareEstimate } from './share-interval.ts';
import { expectRate } from '../simulation.fixture.ts';

type Cluster = { y: number; n: number };

const sumsOf = (clusters: Cluster[]): ClusterSums => ({
  clusters: clusters.length,
  successes: clusters.reduce((sum, { y }) => sum + y, 0),
  trials: clusters.reduce((sum, { n }) => sum + n, 0),
  sumYY: clusters.reduce((sum, { y }) => sum + y * y, 0),
  sumYN: clusters.reduce((sum, { y, n }) => sum + y * n, 0),
  sumNN: clusters.reduce((sum, { n }) => sum + n * n, 0),
});
const interval = (clusters: Cluster[]) => clusteredShareInterval(sumsOf(clusters)) as ClusteredShare;

/** Accounts of 1 to 60 people, where each account has a chance of its own around 0.2 (strongly alike within). */
const draw = (random: () => number, count: number): Cluster[] =>
  Array.from({ length: count }, () => {
    const n = 1 + Math.floor(random() ** 2 * 60);
    const chance = random() < 0.25 ? 0.65 : 0.05;
    let y = 0;
    for (let person = 0; person < n; person += 1) y += random() < chance ? 1 : 0;
    return { y, n };
  });

describe('interval for a share of clustered people', () => {
  it('value: equals statsmodels 0.15.0 (OLS, cov_type cluster, times 30 / 29) and the score equation by scipy 1.17.1 for 30 accounts of 13 to 29 people', () => {
    const clusters = Array.from({ length: 30 }, (_, i) => ({ y: (5 * i * i + 3 * i) % 13, n: 13 + ((7 * i) % 17) }));
    const { share, low, high, effectiveTrials } = interval(clusters);
    expect(share).toBeCloseTo(0.180952380952, 11);
    expect(effectiveTrials).toBeCloseTo(122.797906598, 1);
    expect([low, high]).toEqual([expect.closeTo(0.122885213679, 5), expect.closeTo(0.258375429966, 5)]);
  });

  it('law: has the variance that leaving out one cluster at a time gives (jackknife, another algorithm)', () => {
    const clusters = draw(seededRandom(3), 400);
    const { trials, successes } = sumsOf(clusters);
    const share = successes / trials;
    const without = clusters.map(({ y, n }) => (successes - y) / (trials - n));
    const jackknife = ((clusters.length - 1) / clusters.length) * without.reduce((sum, each) => sum + (each - share) ** 2, 0);
    const { effectiveTrials } = interval(clusters);
    expect((share * (1 - share)) / jackknife / effectiveTrials).toBeCloseTo(1, 1);
  });

  it('law: is nearly the interval of independent people when each account has one', () => {
    const clusters = Array.from({ length: 400 }, (_, index) => ({ y: index < 90 ? 1 : 0, n: 1 }));
    const plain = shareInterval(90, 400) as ShareEstimate;
    expect(interval(clusters).low).toBeCloseTo(plain.low, 2);
    expect(interval(clusters).high).toBeCloseTo(plain.high, 2);
  });

  it('law: is the same for any order of the clusters, and mirrored when success and failure change places', () => {
    const clusters = draw(seededRandom(5), 60);
    expect(interval(clusters.toReversed())).toEqual(interval(clusters));
    const other = interval(clusters.map(({ y, n }) => ({ y: n - y, n })));
    expect(other.low).toBeCloseTo(1 - interval(clusters).high, 10);
    expect(other.high).toBeCloseTo(1 - interval(clusters).low, 10);
  });

  it('null: covers the true share about 95 times in 100, where the plain interval does not', () => {
    const random = seededRandom(11);
    const truth = 0.25 * 0.65 + 0.75 * 0.05;
    let covered = 0;
    let plainly = 0;
    for (let run = 0; run < 2000; run += 1) {
      const clusters = draw(random, 150);
      const { successes, trials } = sumsOf(clusters);
      const { low, high } = interval(clusters);
      const plain = shareInterval(successes, trials) as ShareEstimate;
      covered += low <= truth && truth <= high ? 1 : 0;
      plainly += plain.low <= truth && truth <= plain.high ? 1 : 0;
    }
    expectRate(covered, 2000, 0.95);
    expect(plainly / 2000).toBeLessThan(0.7);
  });

  it('law: never claims more than the people that there are, and stays wide when nobody or everybody did', () => {
    const nobody = Array.from({ length: 20 }, () => ({ y: 0, n: 30 }));
    expect(interval(nobody)).toMatchObject({ share: 0, low: 0 });
    expect(interval(nobody).high).toBeGreaterThan(0.15);
    const spread = Array.from({ length: 40 }, () => ({ y: 1, n: 2 }));
    expect(interval(spread).effectiveTrials).toBeLessThanOrEqual(80);
  });

  it('refuses: without people, under ten accounts, and sums that cannot be', () => {
    expect(clusteredShareInterval(sumsOf([]))).toEqual({ refused: 'no_observations' });
    expect(clusteredShareInterval(sumsOf([{ y: 4, n: 9 }]))).toEqual({ refused: 'too_few_clusters', needed: 10 });
    expect(() => clusteredShareInterval({ clusters: 12, successes: 9, trials: 5, sumYY: 9, sumYN: 9, sumNN: 9 })).toThrow(RangeError);
  });
});
