import { seededRandom } from '../numeric/random.ts';

/** `within` holds for all players together with the given confidence; it is zero where the values are exact. */
export type ShapleyValues = { values: number[]; isExact: boolean; within: number; orders: number };
export const mostExactPlayers = 12;

function exactValues(players: number, worth: (coalition: number) => number): number[] {
  const worths = Float64Array.from({ length: 2 ** players }, (_, coalition) => worth(coalition));
  // The weight of a coalition of `size` others: size! (players - size - 1)! / players!
  const weights = [1 / players];
  for (let size = 1; size < players; size += 1) weights.push((weights[size - 1]! * size) / (players - size));
  const values = Array.from({ length: players }, () => 0);
  for (let coalition = 0; coalition < worths.length; coalition += 1) {
    let size = 0;
    for (let rest = coalition; rest > 0; rest &= rest - 1) size += 1;
    for (let player = 0; player < players; player += 1)
      if ((coalition & (1 << player)) === 0) values[player]! += weights[size]! * (worths[coalition | (1 << player)]! - worths[coalition]!);
  }
  return values;
}

function sampledValues(players: number, worth: (coalition: number) => number, orders: number, seed: number): number[] {
  const random = seededRandom(seed);
  const order = Array.from({ length: players }, (_, player) => player);
  const sums = order.map(() => 0);
  for (let drawn = 0; drawn < orders; drawn += 1) {
    for (let at = players - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1));
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    let coalition = 0;
    let before = worth(0);
    for (const player of order) {
      coalition |= 1 << player;
      const after = worth(coalition);
      sums[player]! += after - before;
      before = after;
    }
  }
  return sums.map((sum) => sum / orders);
}

/**
 * Shapley values of a game: what each player adds on average, over all orders in which the players could have come.
 *
 * Method: up to 12 players exactly, over all coalitions. Beyond, over orders drawn at random; each order shares out the whole worth, so
 * the values still sum to it exactly. The error bound is Hoeffding's, for all players together: with what one player can add lying in a range of
 * width r, all values are within r times sqrt(ln(2 players / (1 - confidence)) / (2 orders)) of the exact ones with that confidence.
 * Shapes and units: `worth` of a coalition, as bits, in any unit; values in that unit; `range` is the width r, for a worth that only grows the worth of all.
 * Assumes: the worth of a coalition does not depend on the order of its players.
 * Do not use it for: more than 30 players, or a worth that takes long: it is asked 2^players times, or orders times players times.
 * Errors: RangeError for fewer than 1 or more than 30 players, for orders below 1, and for more than 12 players without a range.
 * Reference: L. S. Shapley, Contributions to the Theory of Games II (1953) 307-317; J. Castro, D. Gomez, J. Tejada, Computers and Operations
 * Research 36 (2009) 1726-1730; W. Hoeffding, JASA 58 (1963) 13-30.
 *
 * @example
 * shapleyValues(2, (coalition) => [0, 1, 3, 6][coalition]).values // [2, 4]
 */
export function shapleyValues(
  players: number,
  worth: (coalition: number) => number,
  { range, orders = 10_000, confidence = 0.95, seed = 1 }: { range?: number; orders?: number; confidence?: number; seed?: number } = {},
): ShapleyValues {
  if (!Number.isInteger(players) || players < 1 || players > 30) throw new RangeError('A game needs 1 to 30 players.');
  if (players <= mostExactPlayers) return { values: exactValues(players, worth), isExact: true, within: 0, orders: 0 };
  if (range === undefined || !(orders >= 1))
    throw new RangeError('Beyond 12 players the values are sampled, which needs orders and a range.');
  const within = range * Math.sqrt(Math.log((2 * players) / (1 - confidence)) / (2 * orders));
  return { values: sampledValues(players, worth, orders, seed), isExact: false, within, orders };
}
