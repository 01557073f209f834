import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type Headline, hasUpworthy, upworthyTests } from '../upworthy.fixture.ts';
import { shareDifference, type DifferenceEstimate } from './share-difference.ts';
import { expectAtLeast } from '../simulation.fixture.ts';

const difference = (a: number, m: number, b: number, n: number) =>
  shareDifference({ successes: a, trials: m }, { successes: b, trials: n }) as DifferenceEstimate;

function heads(random: () => number, trials: number, chance: number): number {
  let count = 0;
  for (let trial = 0; trial < trials; trial += 1) if (random() < chance) count += 1;
  return count;
}

function covers(seed: number, m: number, n: number, chance: number, least: number): void {
  const random = seededRandom(seed);
  const runs = 4000;
  let covered = 0;
  for (let run = 0; run < runs; run += 1) {
    const { low, high } = difference(heads(random, m, chance), m, heads(random, n, chance), n);
    if (low <= 0 && 0 <= high) covered += 1;
  }
  expectAtLeast(covered, runs, least);
  expect(covered / runs).toBeGreaterThanOrEqual(least);
}

describe('interval for the difference of two shares', () => {
  it('value: equals the eight published examples of Newcombe 1998 (table II, method 10)', () => {
    const published: [number, number, number, number, string, string][] = [
      [56, 70, 48, 80, '0.0524', '0.3339'],
      [9, 10, 3, 10, '0.1705', '0.8090'],
      [6, 7, 2, 7, '0.0582', '0.8062'],
      [5, 56, 0, 29, '-0.0381', '0.1926'],
      [0, 10, 0, 20, '-0.1611', '0.2775'],
      [0, 10, 0, 10, '-0.2775', '0.2775'],
      [10, 10, 0, 20, '0.6791', '1.0000'],
      [10, 10, 0, 10, '0.6075', '1.0000'],
    ];
    for (const [a, m, b, n, low, high] of published) {
      const found = difference(a, m, b, n);
      expect([found.low.toFixed(4), found.high.toFixed(4)]).toEqual([low, high]);
    }
  });

  it.skipIf(!hasUpworthy)(
    'value: of 1,150 winners of the Upworthy Research Archive holds up 110 and reverses 12, where the published audit by BCa bootstrap has 115 and 11',
    async () => {
      const judged = { holdsUp: 0, reverses: 0, neither: 0 };
      for (const { headlines } of await upworthyTests()) {
        const winners = headlines.filter(({ winner }) => winner);
        if (winners.length !== 1) continue;
        const rate = ({ clicks, impressions }: Headline) => clicks / impressions;
        const best = headlines.filter(({ winner }) => !winner).reduce((one, other) => (rate(other) > rate(one) ? other : one));
        const { low, high } = difference(winners[0]!.clicks, winners[0]!.impressions, best.clicks, best.impressions);
        judged[low > 0 ? 'holdsUp' : high < 0 ? 'reverses' : 'neither'] += 1;
      }
      // The same interval worked apart in Python 3.11; the audit has 115, 11 and 1,024.
      expect(judged).toEqual({ holdsUp: 110, reverses: 12, neither: 1028 });
    },
  );

  it('law: changes its sign, and nothing else, when the groups change places', () => {
    const there = difference(56, 70, 48, 80);
    const back = difference(48, 80, 56, 70);
    expect(back.difference).toBeCloseTo(-there.difference, 12);
    expect(back.low).toBeCloseTo(-there.high, 12);
    expect(back.high).toBeCloseTo(-there.low, 12);
  });

  it('null: covers no difference: 12 against 300 at 5 % at least 93 %, 20 against 20 at 20 % at least 94 %, 40 against 900 at 30 % 95 %', () => {
    covers(12, 12, 300, 0.05, 0.93);
    covers(20, 20, 20, 0.2, 0.94);
    covers(21, 40, 900, 0.3, 0.95);
  });

  it('refuses: an empty group, and counts that cannot be', () => {
    expect(shareDifference({ successes: 0, trials: 0 }, { successes: 1, trials: 2 })).toEqual({ refused: 'no_observations' });
    expect(shareDifference({ successes: 1, trials: 2 }, { successes: 0, trials: 0 })).toEqual({ refused: 'no_observations' });
    expect(() => difference(3, 2, 0, 1)).toThrow(RangeError);
  });
});
