import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { shareInterval, type ShareEstimate } from './share-interval.ts';
import { expectRate } from '../simulation.fixture.ts';

const interval = (successes: number, trials: number) => shareInterval(successes, trials) as ShareEstimate;

/** Exact coverage: the chance, over all outcomes of n trials, that the interval holds the true share. */
function coverage(trials: number, truth: number): number {
  let covered = 0;
  let chance = (1 - truth) ** trials;
  for (let successes = 0; successes <= trials; successes += 1) {
    const { low, high } = interval(successes, trials);
    if (low <= truth && truth <= high) covered += chance;
    chance *= ((trials - successes) / (successes + 1)) * (truth / (1 - truth));
  }
  return covered;
}

describe('interval for a share', () => {
  it('value: equals the four published examples of Newcombe 1998 (table I, method 3)', () => {
    const published: [number, number, string, string][] = [
      [81, 263, '0.2553', '0.3662'],
      [15, 148, '0.0624', '0.1605'],
      [0, 20, '0.0000', '0.1611'],
      [1, 29, '0.0061', '0.1718'],
    ];
    for (const [successes, trials, low, high] of published) {
      expect([interval(successes, trials).low.toFixed(4), interval(successes, trials).high.toFixed(4)]).toEqual([low, high]);
    }
  });

  it('value: equals scipy 1.17.1 (binomtest.proportion_ci, wilson) to 12 figures', () => {
    expect(interval(31, 90).low).toBeCloseTo(0.2544591402493863, 12);
    expect(interval(31, 90).high).toBeCloseTo(0.44716527659284866, 12);
    expect(interval(20, 20).low).toBeCloseTo(0.8388748419471808, 12);
    expect(interval(20, 20).high).toBe(1);
  });

  it('law: is mirrored when success and failure change places, holds the share, and narrows with n', () => {
    for (const [successes, trials] of [
      [0, 1],
      [1, 3],
      [7, 50],
      [400, 1000],
    ] as const) {
      const { share, low, high } = interval(successes, trials);
      const mirrored = interval(trials - successes, trials);
      expect(low).toBeCloseTo(1 - mirrored.high, 12);
      expect(low <= share && share <= high).toBe(true);
      const wider = interval(successes * 10, trials * 10);
      expect(wider.high - wider.low).toBeLessThan(high - low);
    }
  });

  it('law: covers: at n=30 and a share of 5 % at least 93 %; at n=10 94.5 % in the mean and never under 89 %', () => {
    expect(coverage(30, 0.05)).toBeGreaterThanOrEqual(0.93);
    const grid = Array.from({ length: 91 }, (_, step) => coverage(10, 0.05 + step * 0.01));
    expect(grid.reduce((sum, value) => sum + value, 0) / grid.length).toBeGreaterThanOrEqual(0.945);
    expect(Math.min(...grid)).toBeGreaterThanOrEqual(0.89);
  });

  it('null: covers 95 % in simulated launches of unequal size', () => {
    const random = seededRandom(1998);
    let covered = 0;
    const runs = 2000;
    for (let run = 0; run < runs; run += 1) {
      const trials = 12 + Math.floor(random() * 300);
      const truth = 0.1 + random() * 0.5;
      let successes = 0;
      for (let trial = 0; trial < trials; trial += 1) if (random() < truth) successes += 1;
      const { low, high } = interval(successes, trials);
      if (low <= truth && truth <= high) covered += 1;
    }
    expectRate(covered, runs, 0.95);
  });

  it('refuses: when there is nothing to divide by, and counts that cannot be', () => {
    expect(shareInterval(0, 0)).toEqual({ refused: 'no_observations' });
    for (const [successes, trials] of [
      [3, 2],
      [-1, 4],
      [0.5, 4],
      [Number.NaN, 4],
    ] as const) {
      expect(() => shareInterval(successes, trials)).toThrow(RangeError);
    }
  });
});
