import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type RankStability, rankStability } from './rank-stability.ts';
import { expectAtMost } from '../simulation.fixture.ts';

const plain = (conversions: Float64Array) => [...conversions];
const stable = (counts: number[], draws = 400) =>
  rankStability(
    counts,
    counts.map(() => 0),
    plain,
    { draws },
  ) as RankStability[];

describe('how firm a ranking is', () => {
  it('value: equals the Poisson law: of 60 and 50 conversions the first is ahead in 81 to 87 of 100 draws', () => {
    // P(X > Y) for Poisson 60 and 50 is 0.826, a tie 0.024 (normal: 10 / sqrt(110) = 0.953, 0.830); ties keep the order of the channels.
    const [first] = stable([60, 50], 4000);
    expect(first!.kept).toBeGreaterThan(0.81);
    expect(first!.kept).toBeLessThan(0.87);
  });

  it('law: is the same for the same seed, holds each rank of the data in its range, and shares the first place out whole', () => {
    const counts = [5, 400, 40, 3, 90];
    const ranks = stable(counts);
    expect(ranks).toEqual(stable(counts));
    expect(ranks.map(({ rank }) => rank)).toEqual([4, 1, 3, 5, 2]);
    for (const { rank, low, high } of ranks) expect(low <= rank && rank <= high).toBe(true);
    expect(ranks.reduce((sum, { first }) => sum + first, 0)).toBeCloseTo(1, 9);
  });

  it('null: does not call a rank firm where channels of unequal journeys truly do the same', () => {
    let firm = 0;
    for (let run = 0; run < 500; run += 1) {
      const random = seededRandom(run + 1);
      const journeys = Array.from({ length: 120 }, (_, at) => ({ channel: at % 4, size: at % 4 === 0 ? 1 : 1 + (at % 3) }));
      const conversions = journeys.map(({ size }) => (random() < 0.5 / size ? size : 0));
      const ranks = rankStability(
        conversions,
        conversions.map(() => 0),
        (drawn) => [0, 1, 2, 3].map((channel) => journeys.reduce((sum, one, at) => sum + (one.channel === channel ? drawn[at]! : 0), 0)),
        { draws: 60, seed: run },
      ) as RankStability[];
      if (ranks.some(({ low, high, rank }) => rank === 1 && low === high)) firm += 1;
    }
    expectAtMost(firm, 500, 0.05);
  });

  it('refuses: fewer than 20 conversions, and too few draws', () => {
    expect(rankStability([10, 9], [0, 0], plain)).toEqual({ refused: 'too_few_conversions', needed: 20 });
    expect(() => rankStability([100], [0], plain, { draws: 5 })).toThrow(RangeError);
  });
});
