import { describe, expect, it } from 'vitest';
import { type AbsorbingChain, chainWorth } from './absorbing-chain.ts';
import { seededRandom } from './random.ts';
import { expectRate } from '../simulation.fixture.ts';

function randomChain(states: number, random: () => number): AbsorbingChain {
  const next = Array.from({ length: states }, () => {
    const targets = [...new Set(Array.from({ length: Math.min(4, states) }, () => Math.floor(random() * states)))];
    const weights = targets.map(() => random() ** 3);
    const sum = weights.reduce((so, weight) => so + weight, 0) * (1 + 10 ** -(1 + 2 * random()));
    return targets.map((state, at) => ({ state, chance: weights[at]! / sum }));
  });
  const reward = next.map((row) => random() * Math.max(0, 1 - row.reduce((sum, { chance }) => sum + chance, 0)));
  return { next, reward };
}

/** Plain Gaussian elimination with pivots. */
function solved({ next, reward }: AbsorbingChain): number[] {
  const size = next.length;
  const rows = next.map((row, state) => {
    const line = Array.from({ length: size + 1 }, (_, at): number => (at === state ? 1 : 0));
    for (const { state: to, chance } of row) line[to]! -= chance;
    line[size] = reward[state]!;
    return line;
  });
  for (let at = 0; at < size; at += 1) {
    let pivot = at;
    for (let row = at; row < size; row += 1) if (Math.abs(rows[row]![at]!) > Math.abs(rows[pivot]![at]!)) pivot = row;
    [rows[at], rows[pivot]] = [rows[pivot]!, rows[at]!];
    for (let row = 0; row < size; row += 1) {
      if (row === at) continue;
      const factor = rows[row]![at]! / rows[at]![at]!;
      for (let column = at; column <= size; column += 1) rows[row]![column]! -= factor * rows[at]![column]!;
    }
  }
  return rows.map((row, at) => row[size]! / row[at]!);
}

describe('what a chain that ends is worth', () => {
  it("value: is the gambler's ruin: from 3 of 10 with a chance of 0.4 a game (Kemeny and Snell, chapter 7)", () => {
    const next = Array.from({ length: 9 }, (_, at) =>
      [
        { state: at - 1, chance: 0.6 },
        { state: at + 1, chance: 0.4 },
      ].filter(({ state }) => state >= 0 && state < 9),
    );
    const reward = Array.from({ length: 9 }, (_, at) => (at === 8 ? 0.4 : 0));
    expect(chainWorth({ next, reward }, 2)).toBeCloseTo((1 - 1.5 ** 3) / (1 - 1.5 ** 10), 14);
  });

  it('law: equals elimination with pivots, in 200 chains of 1 to 40 states from any start, and beyond 500 states', () => {
    const random = seededRandom(11);
    for (let run = 0; run < 200; run += 1) {
      const chain = randomChain(1 + Math.floor(random() * 40), random);
      const start = Math.floor(random() * chain.next.length);
      expect(chainWorth(chain, start)).toBeCloseTo(solved(chain)[start]!, 11);
    }
    const large = randomChain(620, random);
    expect(chainWorth(large, 5)).toBeCloseTo(solved(large)[5]!, 9);
  });

  it('null: equals the share that converts among 200,000 walks, within what chance allows', () => {
    const random = seededRandom(3);
    const chain = randomChain(9, random);
    let worth = 0;
    for (let walk = 0; walk < 200_000; walk += 1) {
      let state = 0;
      for (;;) {
        let left = random();
        const step = chain.next[state]!.find(({ chance }) => (left -= chance) < 0);
        if (step) state = step.state;
        else {
          if (left < chain.reward[state]!) worth += 1;
          break;
        }
      }
    }
    expectRate(worth, 200_000, chainWorth(chain, 0));
  });

  it('refuses: chances above 1, a reward below zero, and a start that is no state', () => {
    expect(() => chainWorth({ next: [[{ state: 0, chance: 1.2 }]], reward: [0] }, 0)).toThrow(RangeError);
    expect(() => chainWorth({ next: [[]], reward: [-1] }, 0)).toThrow(RangeError);
    expect(() => chainWorth({ next: [[]], reward: [1] }, 3)).toThrow(RangeError);
  });
});
