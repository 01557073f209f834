import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { effectiveShareInterval } from './effective-share-interval.ts';
import { meanInterval, type MeanEstimate } from './mean-interval.ts';
import { seededRandom } from './random.ts';
import { shareInterval, type ShareEstimate } from './share-interval.ts';
import { expectAtLeast } from '../simulation.fixture.ts';

const interval = (...counts: number[]) => meanInterval(counts) as MeanEstimate;
const data = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data', 'app_reviews');

/** Shares of one to five stars: of an app as launched, of an app that people dislike, of nearly only praise, of lukewarm and even answers. */
const shapes: Record<string, number[]> = {
  launched: [0.216, 0.061, 0.096, 0.133, 0.494],
  disliked: [0.62, 0.09, 0.06, 0.06, 0.17],
  praised: [0.02, 0, 0.02, 0.06, 0.9],
  lukewarm: [0.05, 0.2, 0.5, 0.2, 0.05],
  even: [0.2, 0.2, 0.2, 0.2, 0.2],
};

function drawn(random: () => number, shares: number[], answers: number): number[] {
  const counts = shares.map(() => 0);
  for (let answer = 0; answer < answers; answer += 1) {
    let left = random();
    const star = shares.findIndex((share) => (left -= share) < 0);
    counts[star < 0 ? shares.length - 1 : star]! += 1;
  }
  return counts;
}

function coverage(seed: number, shares: number[], sizes: [number, number], runs = 2000) {
  const random = seededRandom(seed);
  const truth = shares.reduce((sum, share, index) => sum + share * (index + 1), 0);
  let covered = 0;
  for (let run = 0; run < runs; run += 1) {
    const { low, high } = interval(...drawn(random, shares, sizes[0] + Math.floor(random() * (sizes[1] - sizes[0] + 1))));
    if (low <= truth && truth <= high) covered += 1;
  }
  return { covered, runs };
}

describe('mean of ratings', () => {
  it('value: with many answers is the interval of Student that scipy 1.17.1 (stats.t.interval) gives, to a hundredth of a star', () => {
    const { low, high } = interval(495, 139, 220, 304, 1134);
    expect(low).toBeCloseTo(3.5630149325913427, 2);
    expect(high).toBeCloseTo(3.696147371073579, 2);
  });

  it('law: gives the mean of stars and the share of each with its interval', () => {
    const { mean, answers, shares } = interval(1, 0, 2, 3, 4);
    expect({ mean, answers }).toEqual({ mean: 3.9, answers: 10 });
    expect(shares[3]).toEqual({ star: 4, count: 3, ...(shareInterval(3, 10) as ShareEstimate) });
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('law: on a scale of two is exactly the interval of a share', () => {
    const share = effectiveShareInterval({ share: 0.25, effectiveTrials: 12, degrees: 11 }) as ShareEstimate;
    expect(interval(9, 3).low - 1).toBeCloseTo(share.low, 12);
    expect(interval(9, 3).high - 1).toBeCloseTo(share.high, 12);
  });

  it('law: is mirrored when the scale is turned round, stays on the scale, and narrows with answers', () => {
    for (const counts of [
      [1, 0, 0, 0, 0],
      [0, 0, 0, 0, 5],
      [3, 1, 0, 2, 9],
      [0, 2, 5, 0, 0],
    ]) {
      const { low, mean, high } = interval(...counts);
      const turned = interval(...counts.toReversed());
      expect(low).toBeCloseTo(6 - turned.high, 12);
      expect(1 <= low && low <= mean && mean <= high && high <= 5).toBe(true);
      const more = interval(...counts.map((count) => count * 10));
      expect(more.high - more.low).toBeLessThan(high - low);
    }
  });

  it('law: does not take five times five stars for certainty, nor one answer for knowledge', () => {
    expect(interval(0, 0, 0, 0, 5).low).toBeLessThan(3.5);
    expect(interval(0, 0, 0, 0, 100).low).toBeGreaterThan(4.8);
    expect(interval(0, 0, 0, 0, 1).low).toBeLessThan(1.1);
    expect([interval(0, 0, 0, 0, 19).isFew, interval(0, 0, 0, 0, 20).isFew]).toEqual([true, false]);
  });

  it.each(Object.entries(shapes))(
    'null: covers the true mean of %s ratings at least 95 times in 100, at 3 to 30 answers and at 30 to 300',
    (_, shares) => {
      const few = coverage(5, shares, [3, 30]);
      expectAtLeast(few.covered, few.runs, 0.95);
      const many = coverage(7, shares, [30, 300]);
      expectAtLeast(many.covered, many.runs, 0.95);
      expect(many.covered / many.runs).toBeLessThan(0.975);
    },
  );

  it('null: on a scale of three, as of promoters and detractors (5, 25 and 70 in 100), covers at least 94 times in 100 with 10 and 20 answers', () => {
    for (const answers of [10, 20]) {
      const { covered, runs } = coverage(answers, [0.05, 0.25, 0.7], [answers, answers]);
      expectAtLeast(covered, runs, 0.94);
    }
  });

  it.skipIf(!existsSync(data))('value: gives the means of real app reviews, and 95 of 100 small samples of them cover it', () => {
    const text = readFileSync(resolve(data, 'chatgpt_ios_reviews.csv'), 'utf8');
    const stars = [...text.matchAll(/,([1-5])\r?$/gm)].map((match) => Number(match[1]));
    const counts = [1, 2, 3, 4, 5].map((star) => stars.filter((each) => each === star).length);
    expect(counts).toEqual([495, 139, 220, 304, 1134]);
    const { mean } = interval(...counts);
    expect(mean).toBeCloseTo(3.6296, 4);
    const { covered, runs } = coverage(
      11,
      counts.map((count) => count / 2292),
      [5, 60],
    );
    expectAtLeast(covered, runs, 0.95);
  });

  it('refuses: without answers, and counts that cannot be', () => {
    expect(meanInterval([0, 0, 0, 0, 0])).toEqual({ refused: 'no_observations' });
    expect(() => meanInterval([3])).toThrow(RangeError);
    expect(() => meanInterval([1, -1, 0])).toThrow(RangeError);
    expect(() => meanInterval([1, Number.NaN, 0])).toThrow(RangeError);
  });
});
