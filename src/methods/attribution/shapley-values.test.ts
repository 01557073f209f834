import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { shapleyValues } from './shapley-values.ts';
import { expectAtLeast } from '../simulation.fixture.ts';

function orders(players: number): number[][] {
  if (players === 0) return [[]];
  return orders(players - 1).flatMap((order) => Array.from({ length: players }, (_, at) => order.toSpliced(at, 0, players - 1)));
}

/** By the definition: every order, what each player adds to those before it. */
function bruteForce(players: number, worth: (coalition: number) => number): number[] {
  const sums = Array.from({ length: players }, () => 0);
  const all = orders(players);
  for (const order of all) {
    let coalition = 0;
    for (const player of order) {
      sums[player]! += worth(coalition | (1 << player)) - worth(coalition);
      coalition |= 1 << player;
    }
  }
  return sums.map((sum) => sum / all.length);
}

const randomGame = (players: number, random: () => number) => {
  const worths = Array.from({ length: 2 ** players }, (_, coalition) => (coalition === 0 ? 0 : random() * 100));
  return (coalition: number) => worths[coalition]!;
};

describe('Shapley values', () => {
  it('value: equals the published glove game (two left gloves, one right: 1/6, 1/6, 2/3)', () => {
    const { values } = shapleyValues(3, (coalition) => (coalition & 4 && coalition & 3 ? 1 : 0));
    [1 / 6, 1 / 6, 2 / 3].forEach((value, at) => expect(values[at]).toBeCloseTo(value, 14));
  });

  it('law: equals all orders, one by one, up to 8 players; sums to the whole; an idle player has 0, equal players equal', () => {
    const random = seededRandom(1);
    for (let players = 1; players <= 8; players += 1) {
      const game = randomGame(players, random);
      const { values } = shapleyValues(players, game);
      bruteForce(players, game).forEach((value, at) => expect(Math.abs(values[at]! - value)).toBeLessThan(1e-11));
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(game(2 ** players - 1), 10);
    }
    const { values } = shapleyValues(4, (coalition) => (coalition & 1 ? 5 : 0) + (coalition & 2 ? 5 : 0) + (coalition & 3) ** 2);
    expect(values[2]).toBe(0);
    expect(values[3]).toBe(0);
  });

  it('null: keeps the sampled values of 14 unequal players within the stated bound in at least 95 of 100 of 500 samples', () => {
    const weights = Array.from({ length: 14 }, (_, player) => 1.5 ** player);
    const half = weights.reduce((sum, weight) => sum + weight, 0) / 2;
    const worth = (coalition: number) =>
      weights.reduce((sum, weight, player) => sum + (coalition & (1 << player) ? weight : 0), 0) > half ? 1 : 0;
    const exact = shapleyValues(14, worth, { range: 1, orders: 60_000, seed: 99 }).values;
    let held = 0;
    for (let seed = 1; seed <= 500; seed += 1) {
      const { values, within, isExact } = shapleyValues(14, worth, { range: 1, orders: 400, seed });
      expect(isExact).toBe(false);
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
      if (values.every((value, player) => Math.abs(value - exact[player]!) <= within)) held += 1;
    }
    expectAtLeast(held, 500, 0.95);
  });

  it('refuses: games without players, with too many, and samples without a range', () => {
    expect(() => shapleyValues(0, () => 0)).toThrow(RangeError);
    expect(() => shapleyValues(31, () => 0)).toThrow(RangeError);
    expect(() => shapleyValues(13, () => 0)).toThrow(RangeError);
  });
});
