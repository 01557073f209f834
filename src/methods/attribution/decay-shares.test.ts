import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { decayShares } from './decay-shares.ts';
import { expectMean } from '../simulation.fixture.ts';

const path = (daysBefore: number[], touches = daysBefore.map(() => 'ad')) => ({ touches, daysBefore, conversions: 1, value: 0, nulls: 0 });

describe('credit by time', () => {
  it('value: halves with each half-life: 21, 14, 7 and 0 days at 7 days are 1, 2, 4 and 8 of 15', () => {
    decayShares(path([21, 14, 7, 0]), 7).forEach((share, at) => expect(share).toBeCloseTo(2 ** at / 15, 14));
  });

  it('law: sums to 1, does not change when everything is later by the same days, and is equal with an endless half-life', () => {
    const random = seededRandom(6);
    for (let run = 0; run < 500; run += 1) {
      const days = Array.from({ length: 1 + Math.floor(random() * 8) }, () => random() * 400);
      const shares = decayShares(path(days), 1 + random() * 60);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      const later = decayShares(path(days.map((one) => one + 700)), 9);
      decayShares(path(days), 9).forEach((share, at) => expect(share).toBeCloseTo(later[at]!, 9));
      for (const share of decayShares(path(days), 1e12)) expect(share).toBeCloseTo(1 / days.length, 6);
    }
    expect(decayShares(path([5000, 4000]), 1).every(Number.isFinite)).toBe(true);
  });

  it('null: favours no channel whose touches come at random times, in paths of unequal length', () => {
    const random = seededRandom(16);
    const credits: number[] = [];
    const runs = 6000;
    for (let run = 0; run < runs; run += 1) {
      const days = Array.from({ length: 1 + Math.floor(random() ** 3 * 12) }, () => random() * 90);
      const touches = days.map(() => (random() < 0.25 ? 'ad' : 'fair'));
      const shares = decayShares(path(days, touches), 7);
      credits.push(shares.reduce((sum, share, at) => sum + (touches[at] === 'ad' ? share : 0), 0));
    }
    expectMean(credits, 0.25);
  });

  it('refuses: a half-life of nothing, missing days, and a touch after the conversion', () => {
    expect(() => decayShares(path([1, 0]), 0)).toThrow(RangeError);
    expect(() => decayShares({ touches: ['ad'], conversions: 1, value: 0, nulls: 0 }, 7)).toThrow(RangeError);
    expect(() => decayShares(path([1, -1]), 7)).toThrow(RangeError);
  });
});
