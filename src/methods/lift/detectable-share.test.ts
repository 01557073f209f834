import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { detectableShare } from './detectable-share.ts';
import { goalVerdict } from './goal-verdict.ts';
import { expectRate } from '../simulation.fixture.ts';

const found = (plan: Parameters<typeof detectableShare>[0]) => {
  const answer = detectableShare(plan);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer;
};

describe('smallest detectable distance from a fixed share', () => {
  it('value: gives back the share of Rosner’s published case: 341 women show 5% against 2% with a power of 90%', () => {
    // B. Rosner, Fundamentals of Biostatistics, example on breast cancer among sisters: n = 341 for 0.02 and 0.05.
    expect(found({ from: 0.02, trials: 341, power: 0.9 }).share).toBeCloseTo(0.05, 4);
    // One fewer does not quite show it.
    expect(found({ from: 0.02, trials: 340, power: 0.9 }).share).toBeGreaterThan(0.05);
  });

  it('law: shrinks with the root of the count, and is the mirror image below the mirrored share', () => {
    const [few, many] = [found({ from: 0.3, trials: 400 }), found({ from: 0.3, trials: 40_000 })];
    expect(few.difference / many.difference).toBeGreaterThan(9.8);
    expect(few.difference / many.difference).toBeLessThan(10.4);
    expect(found({ from: 0.3, trials: 274 }).difference).toBeCloseTo(found({ from: 0.7, trials: 274, side: 'below' }).difference, 8);
    expect(found({ from: 0.3, trials: 274 }).difference).toBeLessThan(found({ from: 0.3, trials: 274, power: 0.95 }).difference);
  });

  it('null: keeps what it promises: launches of unequal size at that distance above the target are met in about 80%, on it in about 2.5%', () => {
    const random = seededRandom(41);
    const runs = 3000;
    const met = { there: 0, onTarget: 0 };
    for (let run = 0; run < runs; run += 1) {
      const trials = 60 + Math.floor(random() * 400);
      const target = 0.1 + random() * 0.4;
      const { share } = found({ from: target, trials });
      const draw = (truth: number) => Array.from({ length: trials }, () => random() < truth).filter(Boolean).length;
      if (goalVerdict({ successes: draw(share), trials, target }).verdict === 'met') met.there += 1;
      if (goalVerdict({ successes: draw(target), trials, target }).verdict === 'met') met.onTarget += 1;
    }
    expectRate(met.there, runs, 0.8);
    expectRate(met.onTarget, runs, 0.025);
  });

  it('refuses: fewer than five units, and a share above which there is no room', () => {
    expect(detectableShare({ from: 0.3, trials: 4 })).toEqual({ refused: 'too_few', needed: 5 });
    expect(detectableShare({ from: 0.98, trials: 20 })).toEqual({ refused: 'no_room', needed: null });
    expect(detectableShare({ from: 1, trials: 500 })).toEqual({ refused: 'no_room', needed: null });
    for (const from of [-0.1, 1.1, Number.NaN]) expect(() => detectableShare({ from, trials: 40 })).toThrow(RangeError);
    expect(() => detectableShare({ from: 0.3, trials: 40, power: 1 })).toThrow(RangeError);
    expect(() => detectableShare({ from: 0.3, trials: Number.NaN })).toThrow(RangeError);
  });
});
