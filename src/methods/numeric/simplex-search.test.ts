import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { type Point, simplexSearch } from './simplex-search.ts';

const valley = ([x, y]: Point) => 100 * (y - x * x) ** 2 + (1 - x) ** 2;

describe('search for the lowest point of a function of a few numbers', () => {
  it('law: finds the bottom in five dimensions, wherever it lies', () => {
    const bottom = [3, -1, 0.5, 2, -4];
    const bowl = (at: readonly number[]) => at.reduce((sum, each, index) => sum + (index + 1) * (each - bottom[index]!) ** 2, 7);
    const { at, value } = simplexSearch(bowl, [0, 0, 0, 0, 0], 1);
    expect(value).toBeCloseTo(7, 8);
    for (const [index, each] of at.entries()) expect(each).toBeCloseTo(bottom[index]!, 3);
  });

  it("value: finds the bottom of Rosenbrock's valley, as published: (1, 1)", () => {
    const { at, value, hasConverged } = simplexSearch(valley, [-1.2, 1], 0.5);
    expect(at[0]).toBeCloseTo(1, 5);
    expect(at[1]).toBeCloseTo(1, 5);
    expect(value).toBeLessThan(1e-10);
    expect(hasConverged).toBe(true);
  });

  it('law: is never higher than where it started, and finds the same place for a function moved up and stretched', () => {
    const random = seededRandom(1965);
    for (let run = 0; run < 200; run += 1) {
      const start: Point = [4 * random() - 2, 4 * random() - 2];
      const plain = simplexSearch(valley, start, 0.3);
      expect(plain.value).toBeLessThanOrEqual(valley(start));
      const stretched = simplexSearch((at) => 5 * valley(at) + 3, start, 0.3);
      expect(stretched.at[0]).toBeCloseTo(plain.at[0], 2);
    }
  });

  it('refuses: a start that is no number, and says so when it has not arrived', () => {
    expect(simplexSearch(([x, y]: Point) => -x - y, [0, 0], 1).hasConverged).toBe(false);
    expect(() => simplexSearch(() => Number.NaN, [0, 0], 1)).toThrow(RangeError);
  });
});
