import { describe, expect, it } from 'vitest';
import { medianRanks, type MedianRanks } from './median-interval.ts';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';
import { expectAtLeast } from '../simulation.fixture.ts';

const ranks = (count: number) => medianRanks(count) as MedianRanks;

describe('interval for a median', () => {
  it('value: takes the ranks that scipy 1.17.1 (stats.binom) and printed tables give', () => {
    const known: [number, number, number, number][] = [
      [6, 1, 6, 0.96875],
      [8, 1, 8, 0.9921875],
      [9, 2, 8, 0.9609375],
      [10, 2, 9, 0.978515625],
      [11, 2, 10, 0.98828125],
      [20, 6, 15, 0.9586105346679688],
      [50, 18, 33, 0.9671608624357315],
      [100, 40, 61, 0.9647997997822951],
      [842, 393, 450, 0.9505749028564454],
      [1000, 469, 532, 0.9537088026395019],
    ];
    for (const [count, low, high, coverage] of known) {
      expect([ranks(count).low, ranks(count).high]).toEqual([low, high]);
      expect(ranks(count).coverage).toBeCloseTo(coverage, 12);
    }
  });

  it('law: is symmetric, never promises less than asked, and is as wide as theory says for a million', () => {
    for (let count = 6; count < 400; count += 1) {
      const { low, high, coverage } = ranks(count);
      expect(low + high).toBe(count + 1);
      expect(coverage).toBeGreaterThanOrEqual(0.95);
      const tighter = ranks(count).low + 1;
      expect(tighter).toBeLessThanOrEqual(count / 2 + 2);
    }
    const { low, high } = ranks(1_000_000);
    expect((high - low) / 1000).toBeCloseTo(1.96, 2);
  });

  it('null: covers the median of skewed durations in samples of unequal size', () => {
    const random = seededRandom(1465);
    const runs = 2000;
    let covered = 0;
    for (let run = 0; run < runs; run += 1) {
      const count = 6 + Math.floor(random() * 200);
      const days = Array.from({ length: count }, () => Math.exp(1.2 * normalQuantile(random() || 0.5))).sort((a, b) => a - b);
      const { low, high } = ranks(count);
      if (days[low - 1]! <= 1 && 1 <= days[high - 1]!) covered += 1;
    }
    expectAtLeast(covered, runs, 0.95);
  });

  it('refuses: fewer than 6, and says 6', () => {
    expect(medianRanks(5)).toEqual({ refused: 'too_few', needed: 6 });
    expect(medianRanks(0)).toEqual({ refused: 'too_few', needed: 6 });
    expect(medianRanks(7, 0.99)).toEqual({ refused: 'too_few', needed: 8 });
    expect(() => medianRanks(-1)).toThrow(RangeError);
    expect(() => medianRanks(2.5)).toThrow(RangeError);
    expect(() => medianRanks(9, 1)).toThrow(RangeError);
  });
});
