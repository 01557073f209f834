import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { detectableDifference } from './detectable-difference.ts';
import { unitsPerGroup } from './sample-size.ts';
import { shareDifference } from './share-difference.ts';
import { expectRate } from '../simulation.fixture.ts';

const found = (plan: Parameters<typeof detectableDifference>[0]) => {
  const answer = detectableDifference(plan);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer;
};

describe('smallest detectable difference of two shares', () => {
  it('value: is what R’s power.prop.test solves: 0.8026 against 0.5 with 50 in each group and a power of 90%', () => {
    // power.prop.test(n = 50, p1 = .5, power = .90), an example of the help page of R's stats package; its equation solved in Python 3.11: 0.80263.
    expect(found({ base: 0.5, trials: [50, 50], power: 0.9 }).share).toBeCloseTo(0.8026, 4);
  });

  it('law: is the inverse of the sample size, and the same whichever group is named first where both stand apart as far', () => {
    for (const base of [0.05, 0.2, 0.5]) {
      const { share } = found({ base, trials: [300, 300] });
      const needed = unitsPerGroup({ base, changed: share });
      expect(Math.abs((needed as number) - 300)).toBeLessThanOrEqual(1);
    }
    expect(found({ base: 0.3, trials: [80, 400] }).difference).toBeCloseTo(
      found({ base: 0.7, trials: [80, 400], side: 'below' }).difference,
      8,
    );
    expect(found({ base: 0.3, trials: [240, 240] }).difference).toBeLessThan(found({ base: 0.3, trials: [80, 400] }).difference);
  });

  it('null: keeps what it promises with groups of unequal size: about 80% of such differences show, and about 5% of none', () => {
    const random = seededRandom(42);
    const runs = 3000;
    const shown = { there: 0, none: 0 };
    for (let run = 0; run < runs; run += 1) {
      const trials: [number, number] = [60 + Math.floor(random() * 200), 150 + Math.floor(random() * 500)];
      const base = 0.1 + random() * 0.4;
      const { share } = found({ base, trials });
      const draw = (truth: number, count: number) => Array.from({ length: count }, () => random() < truth).filter(Boolean).length;
      const shows = (truth: number): boolean => {
        const difference = shareDifference(
          { successes: draw(truth, trials[0]), trials: trials[0] },
          { successes: draw(base, trials[1]), trials: trials[1] },
        );
        return !('refused' in difference) && (difference.low > 0 || difference.high < 0);
      };
      if (shows(share)) shown.there += 1;
      if (shows(base)) shown.none += 1;
    }
    expectRate(shown.there, runs, 0.8);
    expectRate(shown.none, runs, 0.05);
  });

  it('refuses: a group under five, and a base above which there is no room', () => {
    expect(detectableDifference({ base: 0.3, trials: [4, 400] })).toEqual({ refused: 'too_few', needed: 5 });
    expect(detectableDifference({ base: 0.95, trials: [20, 20] })).toEqual({ refused: 'no_room', needed: null });
    for (const base of [-0.1, 1.1, Number.NaN]) expect(() => detectableDifference({ base, trials: [40, 40] })).toThrow(RangeError);
    expect(() => detectableDifference({ base: 0.3, trials: [40, Number.NaN] })).toThrow(RangeError);
    expect(() => detectableDifference({ base: 0.3, trials: [40, 40], significance: 0 })).toThrow(RangeError);
  });
});
