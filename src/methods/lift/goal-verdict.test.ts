import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { goalVerdict } from './goal-verdict.ts';
import { expectRate } from '../simulation.fixture.ts';

describe('verdict of a goal', () => {
  it('value: judges 403 of 1,284 by the interval of scipy 1.17.1 (wilson 0.2891 to 0.3398)', () => {
    const verdict = (target: number) => goalVerdict({ successes: 403, trials: 1284, target }).verdict;
    expect(verdict(0.289)).toBe('met');
    expect(verdict(0.2892)).toBe('cannot_tell');
    expect(verdict(0.3396)).toBe('cannot_tell');
    expect(verdict(0.3399)).toBe('missed');
  });

  it('law: names the count at which the same share would be told, and one fewer would not tell', () => {
    for (const [successes, trials, target] of [
      [26, 100, 0.3],
      [36, 100, 0.3],
      [9, 20, 0.5],
    ] as const) {
      const found = goalVerdict({ successes, trials, target });
      if (found.verdict !== 'cannot_tell' || found.needed === null) throw new Error('should not be able to tell');
      const scale = Math.ceil(found.needed / trials);
      expect(goalVerdict({ successes: successes * scale, trials: trials * scale, target }).verdict).not.toBe('cannot_tell');
      const before = Math.floor((found.needed - 1) / trials);
      expect(goalVerdict({ successes: successes * before, trials: trials * before, target }).verdict).toBe('cannot_tell');
    }
  });

  it('law: gives the mirrored verdict when failures are counted against the mirrored target', () => {
    expect(goalVerdict({ successes: 50, trials: 100, target: 0.3 }).verdict).toBe('met');
    expect(goalVerdict({ successes: 50, trials: 100, target: 0.7 }).verdict).toBe('missed');
  });

  it('law: against a target of everybody, one missing unit is a miss, and nobody missing still cannot be told', () => {
    expect(goalVerdict({ successes: 99, trials: 100, target: 1 }).verdict).toBe('missed');
    expect(goalVerdict({ successes: 100, trials: 100, target: 1 })).toEqual({
      verdict: 'cannot_tell',
      reason: 'interval_holds_target',
      needed: null,
    });
  });

  it('null: says met or missed in about 5 % of launches of unequal size that stand exactly on the target', () => {
    const random = seededRandom(30);
    const runs = 4000;
    const told = { met: 0, missed: 0, cannot_tell: 0 };
    for (let run = 0; run < runs; run += 1) {
      const trials = 40 + Math.floor(random() * 360);
      let successes = 0;
      for (let trial = 0; trial < trials; trial += 1) if (random() < 0.3) successes += 1;
      told[goalVerdict({ successes, trials, target: 0.3 }).verdict] += 1;
    }
    expectRate(told.met + told.missed, runs, 0.05);
  });

  it('refuses: to tell with too few, and says how many; never with a number instead', () => {
    expect(goalVerdict({ successes: 9, trials: 9, target: 0.3 })).toEqual({ verdict: 'cannot_tell', reason: 'too_few', needed: 20 });
    expect(goalVerdict({ successes: 9, trials: 9, target: 0.3, minimum: 40 })).toEqual({
      verdict: 'cannot_tell',
      reason: 'too_few',
      needed: 40,
    });
    expect(goalVerdict({ successes: 0, trials: 0, target: 0.3 })).toEqual({
      verdict: 'cannot_tell',
      reason: 'no_observations',
      needed: 20,
    });
    expect(goalVerdict({ successes: 30, trials: 100, target: 0.3 })).toEqual({
      verdict: 'cannot_tell',
      reason: 'interval_holds_target',
      needed: null,
    });
    for (const target of [0, 1.01, Number.NaN]) expect(() => goalVerdict({ successes: 1, trials: 40, target })).toThrow(RangeError);
  });
});
