import { describe, expect, it } from 'vitest';
import { exactSum } from './exact-sum.ts';
import { seededRandom } from './random.ts';

describe('the sum that is rounded once', () => {
  it("value: equals Python 3.11's math.fsum where plain addition does not", () => {
    expect(exactSum(Array.from({ length: 10 }, () => 0.1))).toBe(1);
    expect(exactSum([1, 1e100, 1, -1e100])).toBe(2);
    expect(exactSum([1e16, 1, 1e-16])).toBe(10000000000000002);
    expect(exactSum([])).toBe(0);
  });

  it('law: is the same for any order, with numbers of very unequal size', () => {
    const random = seededRandom(7);
    const values = Array.from({ length: 500 }, () => (random() - 0.5) * 10 ** Math.floor(random() * 30));
    const sum = exactSum(values);
    for (let run = 0; run < 50; run += 1) expect(exactSum(values.toSorted(() => random() - 0.5))).toBe(sum);
  });

  it('refuses: what is not a number', () => {
    expect(() => exactSum([1, Number.NaN])).toThrow(RangeError);
  });
});
