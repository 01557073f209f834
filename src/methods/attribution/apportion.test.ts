import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { apportion } from './apportion.ts';
import { expectMean } from '../simulation.fixture.ts';

describe('whole units shared out by weight', () => {
  it('value: equals the published example of largest remainders (Balinski and Young: 36 seats by 27,744 25,178 19,951 14,610 9,225 3,292)', () => {
    expect(apportion([27744, 25178, 19951, 14610, 9225, 3292], 36)).toEqual([10, 9, 7, 5, 4, 1]);
  });

  it('law: sums to the total exactly and is never a unit or more from the exact share, for unequal weights', () => {
    const random = seededRandom(5);
    for (let run = 0; run < 2000; run += 1) {
      const weights = Array.from({ length: 1 + Math.floor(random() * 30) }, () => (random() < 0.2 ? 0 : random() ** 8 * 1e6));
      weights.push(1);
      const total = Math.floor(random() * 1e9);
      const parts = apportion(weights, total) as number[];
      const sum = weights.reduce((so, weight) => so + weight, 0);
      expect(parts.reduce((so, part) => so + part, 0)).toBe(total);
      parts.forEach((part, at) => expect(Math.abs(part - (total * weights[at]!) / sum)).toBeLessThan(1));
      parts.forEach((part, at) => weights[at] === 0 && expect(part).toBe(0));
    }
  });

  it('null: favours nobody by size: over random weights small and large parts gain as often as they lose', () => {
    const random = seededRandom(9);
    const gains: number[] = [];
    const runs = 4000;
    for (let run = 0; run < runs; run += 1) {
      const weights = [random() * 0.1, 1 + random(), 3 + random()];
      const sum = weights[0]! + weights[1]! + weights[2]!;
      gains.push((apportion(weights, 1000) as number[])[0]! - (1000 * weights[0]!) / sum);
    }
    expectMean(gains, 0);
  });

  it('refuses: to share something among nobody, and totals or weights that cannot be', () => {
    expect(apportion([0, 0], 5)).toEqual({ refused: 'no_weights' });
    expect(apportion([0, 0], 0)).toEqual([0, 0]);
    expect(() => apportion([1], 0.5)).toThrow(RangeError);
    expect(() => apportion([-1, 2], 5)).toThrow(RangeError);
  });
});
