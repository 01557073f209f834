import { describe, expect, it } from 'vitest';
import { type BootstrapMean, bootstrapMean } from './bootstrap-mean.ts';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';
import { expectAtMost, expectRate } from '../simulation.fixture.ts';

const random = seededRandom(1987);
const lognormal = (sigma: number) => Math.exp(sigma * normalQuantile(random() + 2 ** -34));
const sample = (count: number, sigma: number) => Array.from({ length: count }, () => lognormal(sigma));

/** How often the interval holds the mean among those that it gives, and how often it gives one. */
function tried(count: number, sigma: number, runs: number) {
  let [covered, given] = [0, 0];
  const truth = Math.exp(sigma ** 2 / 2);
  for (let run = 0; run < runs; run += 1) {
    const found = bootstrapMean(sample(count, sigma), { draws: 600, seed: run });
    if ('refused' in found) continue;
    given += 1;
    if (found.low <= truth && truth <= found.high) covered += 1;
  }
  return { given, missed: given - covered, covered };
}

describe('bootstrap interval of a mean', () => {
  it('value: equals scipy 1.17.1 (stats.bootstrap, BCa, 200,000 draws) on 24 times between failures', () => {
    const hours = [3, 5, 7, 18, 43, 85, 91, 98, 100, 130, 190, 187, 12, 14, 60, 72, 55, 77, 99, 120, 33, 21, 46, 64];
    const { low, high, mean } = bootstrapMean(hours, { draws: 200_000 }) as BootstrapMean;
    expect(mean).toBeCloseTo(67.91666667, 8);
    expect(Math.abs(low - 49.4583)).toBeLessThan(0.4);
    expect(Math.abs(high - 91.3333)).toBeLessThan(0.4);
  });

  it('law: gives the same for any order of rows, moves with the unit of money, and mirrors', () => {
    const values = sample(80, 0.4);
    const plain = bootstrapMean(values) as BootstrapMean;
    expect(bootstrapMean(values.toReversed())).toEqual(plain);
    const cents = bootstrapMean(values.map((value) => 100 * value)) as BootstrapMean;
    expect(cents.low).toBeCloseTo(100 * plain.low, 6);
    const mirrored = bootstrapMean(values.map((value) => -value)) as BootstrapMean;
    expect(Math.abs(mirrored.low + plain.high)).toBeLessThan(0.02);
    expect(plain.low < plain.mean && plain.mean < plain.high).toBe(true);
  });

  it('null: covers at unequal sizes where values are mildly skewed', () => {
    for (const count of [40, 150]) {
      const { covered, given } = tried(count, 0.3, 600);
      expect(given).toBeGreaterThan(500);
      expectRate(covered, given, 0.95);
    }
  });

  it('refuses: 50 deals of usual sizes (lognormal, sigma 1.2), so that the mean is hardly ever shown outside of its interval', () => {
    const fifty = tried(50, 1.2, 400);
    expect(fifty.given / 400).toBeLessThan(0.15);
    expectAtMost(fifty.missed, 400, 0.05);
  });

  it('refuses: too few values, values all alike, and says how many skewed ones it needs', () => {
    expect(bootstrapMean([1, 2, 3])).toEqual({ refused: 'too_few', needed: 20, skewness: null });
    expect(bootstrapMean(Array.from({ length: 30 }, () => 7))).toEqual({ refused: 'no_variation' });
    const skewed = bootstrapMean([...Array.from({ length: 49 }, (_, index) => index / 50), 1000]);
    expect(skewed).toMatchObject({ refused: 'too_skewed' });
    expect('needed' in skewed && skewed.needed).toBeGreaterThan(1000);
    expect(() => bootstrapMean([Number.NaN])).toThrow(RangeError);
    expect(() => bootstrapMean([1], { draws: 1 })).toThrow(RangeError);
  });
});
