import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { simplexWeights } from './simplex-weights.ts';

const random = seededRandom(1976);
const vector = (length: number) => Array.from({ length }, () => 10 * random());
const squares = (target: readonly number[], donors: readonly (readonly number[])[], weights: readonly number[]) =>
  target.reduce(
    (sum, value, at) => sum + (value - donors.reduce((mixed, donor, index) => mixed + weights[index]! * donor[at]!, 0)) ** 2,
    0,
  );

/** All ways to share a hundred parts among the donors: slow, and cannot miss. */
function* shared(parts: number, donors: number): Generator<number[]> {
  if (donors === 1) return void (yield [parts]);
  for (let own = 0; own <= parts; own += 1) for (const rest of shared(parts - own, donors - 1)) yield [own, ...rest];
}

describe('weights of a mixture', () => {
  it('value: equals quadprog 1.5-8 in R (solve.QP) on a problem of four values and five donors', () => {
    const donors = [
      [10, 2, 7, 1],
      [3, 9, 4, 6],
      [8, 8, 1, 2],
      [1, 5, 9, 9],
      [6, 1, 2, 8],
    ];
    const { weights } = simplexWeights([6, 5, 5, 4], donors);
    expect(weights.map((weight) => weight.toFixed(6))).toEqual(['0.414491', '0.457091', '0.000000', '0.011623', '0.116794']);
  });

  it('law: is never beaten by brute force over every mixture in hundredths, and close to the best of them', () => {
    for (let run = 0; run < 12; run += 1) {
      const target = vector(2 + (run % 4));
      const donors = Array.from({ length: 4 }, () => vector(target.length));
      const found = simplexWeights(target, donors);
      let best = Number.POSITIVE_INFINITY;
      for (const parts of shared(40, 4))
        best = Math.min(
          best,
          squares(
            target,
            donors,
            parts.map((part) => part / 40),
          ),
        );
      expect(found.sumOfSquares).toBeLessThanOrEqual(best + 1e-9);
      expect(best - found.sumOfSquares).toBeLessThan(1);
      expect(squares(target, donors, found.weights)).toBeCloseTo(found.sumOfSquares, 8);
    }
  });

  it('law: certifies itself: no donor can bring it nearer by more than the gap, in problems of very different size', () => {
    for (let run = 0; run < 150; run += 1) {
      const length = 1 + Math.floor(random() * 60);
      const target = vector(length);
      const donors = Array.from({ length: 1 + Math.floor(random() * 50) }, () => vector(length));
      const { weights, gap, sumOfSquares } = simplexWeights(target, donors);
      expect(gap).toBeLessThan(1e-8 * (1 + sumOfSquares));
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
    }
  });

  it('law: does not care about the order of donors, a common shift, a common factor, or donors given twice', () => {
    const target = vector(12);
    const donors = Array.from({ length: 7 }, () => vector(12));
    const plain = simplexWeights(target, donors);
    const mirrored = simplexWeights(target, donors.toReversed());
    const moved = simplexWeights(
      target.map((value) => 3 * value + 40),
      donors.map((donor) => donor.map((value) => 3 * value + 40)),
    );
    const twice = simplexWeights(target, [...donors, ...donors]);
    plain.weights.forEach((weight, index) => {
      expect(mirrored.weights[6 - index]).toBeCloseTo(weight, 7);
      expect(moved.weights[index]).toBeCloseTo(weight, 7);
      expect(twice.weights[index]! + twice.weights[index + 7]!).toBeCloseTo(weight, 6);
    });
  });

  it('law: gives everything to a donor that is the target, and nothing to what has no importance', () => {
    const donors = [vector(5), vector(5), vector(5)];
    expect(simplexWeights(donors[1]!, donors).weights.map((weight) => Math.round(weight * 1e6) / 1e6)).toEqual([0, 1, 0]);
    const { weights } = simplexWeights(
      [1, 99],
      [
        [0, 0],
        [2, 0],
      ],
      [1, 0],
    );
    expect(weights.map((weight) => Math.round(weight * 1e6) / 1e6)).toEqual([0.5, 0.5]);
  });

  it('refuses: what cannot be', () => {
    for (const [target, donors, importance] of [
      [[1], []],
      [[], [[]]],
      [[1], [[1, 2]]],
      [[1], [[Number.NaN]]],
      [[1], [[2]], [-1]],
    ] as [number[], number[][], number[]?][])
      expect(() => simplexWeights(target, donors, importance)).toThrow(RangeError);
  });
});
