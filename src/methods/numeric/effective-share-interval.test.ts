import { describe, expect, it } from 'vitest';
import { effectiveShareInterval } from './effective-share-interval.ts';
import { seededRandom } from './random.ts';
import { shareInterval, type ShareEstimate } from './share-interval.ts';
import { expectRate } from '../simulation.fixture.ts';

const interval = (share: number, effectiveTrials: number, degrees?: number) =>
  effectiveShareInterval({ share, effectiveTrials, degrees }) as ShareEstimate;

describe('interval for a share of an effective number of trials', () => {
  it('value: equals the roots of the score equation found by scipy 1.17.1 (optimize.brentq), for numbers that are not whole', () => {
    expect(interval(0.25, 36.5).low).toBeCloseTo(0.13808137940111637, 12);
    expect(interval(0.25, 36.5).high).toBeCloseTo(0.4095304191430101, 12);
    expect(interval(0.9, 7.25).low).toBeCloseTo(0.537044087824947, 12);
    expect(interval(0.9, 7.25).high).toBeCloseTo(0.9858808126560004, 12);
  });

  it('law: is the interval of a plain count where the trials are one, mirrored, and wider with few degrees of freedom', () => {
    for (const [successes, trials] of [
      [0, 7],
      [3, 11],
      [50, 50],
    ] as const) {
      expect(interval(successes / trials, trials)).toEqual(shareInterval(successes, trials));
    }
    expect(interval(0.2, 31.5).low).toBeCloseTo(1 - interval(0.8, 31.5).high, 12);
    expect(interval(0.2, 31.5, 4).high).toBeGreaterThan(interval(0.2, 31.5, 40).high);
    expect(interval(0.2, 31.5, 1e9).high).toBeCloseTo(interval(0.2, 31.5).high, 6);
  });

  it('null: covers 95 % of the true share when trials come in copies of unequal number and only the copies are counted', () => {
    const random = seededRandom(1978);
    const runs = 2000;
    let covered = 0;
    for (let run = 0; run < runs; run += 1) {
      const truth = 0.15 + random() * 0.4;
      const weights = Array.from({ length: 60 + Math.floor(random() * 60) }, () => 1 + Math.floor(random() * 4));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const share = weights.reduce((sum, weight) => sum + (random() < truth ? weight : 0), 0) / total;
      const effectiveTrials = total ** 2 / weights.reduce((sum, weight) => sum + weight * weight, 0);
      const { low, high } = interval(share, effectiveTrials);
      if (low <= truth && truth <= high) covered += 1;
    }
    expectRate(covered, runs, 0.95);
  });

  it('refuses: nothing to go by, and a share or a number that cannot be', () => {
    expect(effectiveShareInterval({ share: 0.5, effectiveTrials: 0 })).toEqual({ refused: 'no_observations' });
    expect(() => interval(1.2, 5)).toThrow(RangeError);
    expect(() => interval(Number.NaN, 5)).toThrow(RangeError);
    expect(() => interval(0.5, Infinity)).toThrow(RangeError);
  });
});
