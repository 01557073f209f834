import { describe, expect, it } from 'vitest';
import type { EstimatedDifference } from '../numeric/estimate-difference.ts';
import { seededRandom } from '../numeric/random.ts';
import { expectAtLeast } from '../simulation.fixture.ts';
import { shareDifferenceInDifferences, type SharesInTime } from './share-difference-in-differences.ts';

type Pair = [successes: number, trials: number];
const inTime = ([a, m]: Pair, [b, n]: Pair): SharesInTime => ({
  before: { successes: a, trials: m },
  after: { successes: b, trials: n },
});
const found = (exposed: SharesInTime, others: SharesInTime) => shareDifferenceInDifferences(exposed, others) as EstimatedDifference;

const random = seededRandom(2001);
function heads(trials: number, chance: number): number {
  let count = 0;
  for (let trial = 0; trial < trials; trial += 1) if (random() < chance) count += 1;
  return count;
}

describe('interval for the difference of two changes of shares', () => {
  it('value: equals what R 4.2.2 makes of the four intervals of prop.test (correct = FALSE), joined twice', () => {
    const usual = found(inTime([48, 400], [96, 400]), inTime([60, 500], [70, 500]));
    expect([usual.difference, usual.low, usual.high].map((value) => value.toFixed(8))).toEqual(['0.10000000', '0.03248108', '0.16713360']);
    const small = found(inTime([1, 25], [9, 30]), inTime([10, 280], [12, 300]));
    expect([small.difference, small.low, small.high].map((value) => value.toFixed(8))).toEqual(['0.25571429', '0.04828871', '0.44051886']);
  });

  it('value: comes to the interaction of a linear model of the share, as R 4.2.2 (glm, identity link) fits it, where there are many', () => {
    const { difference, low, high } = found(inTime([4800, 40_000], [9600, 40_000]), inTime([6000, 50_000], [7000, 50_000]));
    expect(difference).toBeCloseTo(0.1, 12);
    expect(low).toBeCloseTo(0.0932901641, 5);
    expect(high).toBeCloseTo(0.1067098359, 5);
  });

  it('law: changes its sign, and nothing else, when the groups change places, and when before and after do', () => {
    const [exposed, others] = [inTime([48, 400], [96, 400]), inTime([60, 500], [70, 500])];
    const back = ({ before, after }: SharesInTime): SharesInTime => ({ before: after, after: before });
    const there = found(exposed, others);
    for (const turned of [found(others, exposed), found(back(exposed), back(others))]) {
      expect(turned.difference).toBeCloseTo(-there.difference, 12);
      expect(turned.low).toBeCloseTo(-there.high, 12);
      expect(turned.high).toBeCloseTo(-there.low, 12);
    }
  });

  it.each([
    { sizes: [40, 60, 900, 700] as const, base: [0.06, 0.1] as const, season: 0.04 },
    { sizes: [300, 25, 120, 1200] as const, base: [0.3, 0.1] as const, season: 0.05 },
  ])('null: holds no difference in 94 % or more of 4,000 worlds of unequal sizes $sizes where both groups rise alike', (world) => {
    const [eb, ea, ob, oa] = world.sizes;
    let covered = 0;
    for (let run = 0; run < 4000; run += 1) {
      const exposed = inTime([heads(eb, world.base[0]), eb], [heads(ea, world.base[0] + world.season), ea]);
      const others = inTime([heads(ob, world.base[1]), ob], [heads(oa, world.base[1] + world.season), oa]);
      const { low, high } = found(exposed, others);
      if (low <= 0 && 0 <= high) covered += 1;
    }
    expectAtLeast(covered, 4000, 0.94);
  });

  it('refuses: an empty sample wherever it stands, and counts that cannot be', () => {
    const [full, empty] = [inTime([1, 2], [1, 2]), inTime([1, 2], [0, 0])];
    expect(shareDifferenceInDifferences(empty, full)).toEqual({ refused: 'no_observations' });
    expect(shareDifferenceInDifferences(full, empty)).toEqual({ refused: 'no_observations' });
    expect(() => shareDifferenceInDifferences(inTime([3, 2], [0, 1]), full)).toThrow(RangeError);
  });
});
