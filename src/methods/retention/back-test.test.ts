import { describe, expect, it } from 'vitest';
import { shareDifference } from '../lift/share-difference.ts';
import { seededRandom } from '../numeric/random.ts';
import { shareInterval } from '../numeric/share-interval.ts';
import { backTest, type BackTest, type ScoreCount } from './back-test.ts';
import { expectRate } from '../simulation.fixture.ts';

const tested = (rows: ScoreCount[], line = 1) => backTest(rows, line) as BackTest;
const rule = (aboveHappened: number, aboveNot: number, belowHappened: number, belowNot: number): ScoreCount[] => [
  { score: 1, happened: aboveHappened, not: aboveNot },
  { score: 0, happened: belowHappened, not: belowNot },
];

describe('back-test of a score with a line', () => {
  it('value: has the intervals of Newcombe 1998 for the shares and their difference, and for many people the ratio of scipy 1.17.1', () => {
    const { difference, precision, below, reach, above } = tested(rule(56, 14, 48, 32));
    expect(difference.low.toFixed(4)).toBe('0.0524');
    expect(difference).toEqual(shareDifference({ successes: 56, trials: 70 }, { successes: 48, trials: 80 }));
    expect(precision).toEqual(shareInterval(56, 70));
    expect(below).toEqual(shareInterval(48, 80));
    expect(reach).toEqual(shareInterval(56, 104));
    expect(above).toEqual(shareInterval(70, 150));
    const lifted = (ratio: number) => ratio / (0.25 * ratio + 0.75);
    const { lift } = tested(rule(30000, 70000, 45000, 255000));
    expect(lift.low).toBeCloseTo(lifted(1.974690354058608), 3);
    expect(lift.high).toBeCloseTo(lifted(2.0256340401819175), 3);
  });

  it('law: adds up: precision and below, weighed by the people on each side, are the share of all; order and scale of scores say nothing', () => {
    const rows = [3, 9, 1, 7, 5].map((score) => ({ score, happened: score * 3, not: 60 - score * 4 }));
    const { people, happened, above, precision, below, lift } = tested(rows, 5);
    expect(above.share * precision.share + (1 - above.share) * below.share).toBeCloseTo(happened / people, 12);
    expect(lift.low < lift.lift && lift.lift < lift.high && lift.high <= 1 / above.share).toBe(true);
    expect(tested(rows.toReversed(), 5)).toEqual(tested(rows, 5));
    expect(
      tested(
        rows.map((row) => ({ ...row, score: row.score * 10 })),
        50,
      ),
    ).toEqual({ ...tested(rows, 5), line: 50 });
  });

  it('null: covers the true lift about 95 times in 100, at sizes as unequal as 20 above and 400 below', () => {
    const random = seededRandom(2012);
    const drawn = (count: number, share: number) => Array.from({ length: count }, () => random() < share).filter(Boolean).length;
    const runs = 2000;
    let covered = 0;
    let told = 0;
    for (let run = 0; run < runs; run += 1) {
      const sizes = [20 + Math.floor(80 * random()), 100 + Math.floor(300 * random())] as const;
      const shares = [0.1 + 0.5 * random(), 0.05 + 0.2 * random()] as const;
      const [one, two] = [drawn(sizes[0], shares[0]), drawn(sizes[1], shares[1])];
      const found = backTest(rule(one, sizes[0] - one, two, sizes[1] - two), 1);
      if ('refused' in found) continue;
      const truth = (shares[0] * (sizes[0] + sizes[1])) / (shares[0] * sizes[0] + shares[1] * sizes[1]);
      told += 1;
      covered += found.lift.low <= truth && truth <= found.lift.high ? 1 : 0;
    }
    expectRate(covered, told, 0.95);
  });

  it('null: has 1 outside of the lift in about 5 % of scores that say nothing', () => {
    const random = seededRandom(5);
    let outside = 0;
    for (let run = 0; run < 2000; run += 1) {
      const counts = { above: 30 + Math.floor(60 * random()), below: 200 + Math.floor(300 * random()) };
      const happened = (count: number) => Array.from({ length: count }, () => random() < 0.2).filter(Boolean).length;
      const [one, two] = [happened(counts.above), happened(counts.below)];
      const { lift } = tested(rule(one, counts.above - one, two, counts.below - two));
      outside += lift.low > 1 || lift.high < 1 ? 1 : 0;
    }
    expectRate(outside, 2000, 0.05);
  });

  it('refuses: too few on either side, and stays finite when it happened to nobody on one', () => {
    const { lift } = tested(rule(10, 30, 0, 80));
    expect(lift).toMatchObject({ lift: 3, high: 3 });
    expect(lift.low).toBeGreaterThan(1);
    expect(tested(rule(0, 40, 10, 70)).lift).toMatchObject({ lift: 0, low: 0 });
    expect(backTest(rule(5, 14, 20, 90), 1)).toEqual({ refused: 'too_few', of: 'above', needed: 20 });
    expect(backTest(rule(5, 94, 2, 9), 1)).toEqual({ refused: 'too_few', of: 'below', needed: 20 });
    expect(backTest(rule(2, 94, 2, 90), 1)).toEqual({ refused: 'too_few', of: 'happened', needed: 5 });
    expect(backTest([], 1)).toEqual({ refused: 'too_few', of: 'above', needed: 20 });
    expect(() => backTest(rule(5, 94, 2.5, 9), 1)).toThrow(RangeError);
    expect(() => backTest(rule(5, 94, 2, 9), Number.NaN)).toThrow(RangeError);
  });
});
