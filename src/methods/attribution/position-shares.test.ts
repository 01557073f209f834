import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { positionRules, positionShares } from './position-shares.ts';
import { expectMean } from '../simulation.fixture.ts';

const path = (touches: number, stages: { lead?: number; opportunity?: number } = {}) => ({
  touches: Array.from({ length: touches }, (_, at) => `channel ${at}`),
  ...stages,
  conversions: 1,
  value: 0,
  nulls: 0,
});
const percent = (shares: readonly number[]) => shares.map((share) => Number((100 * share).toFixed(3)));

describe('credit by position', () => {
  it("value: equals the vendors' own examples: U 40/20/40, W 30/30/30/10, full path 22.5 four times and 10", () => {
    expect(percent(positionShares(path(4), positionRules.u))).toEqual([40, 10, 10, 40]);
    expect(percent(positionShares(path(6, { lead: 2, opportunity: 4 }), positionRules.w))).toEqual([30, 3.333, 30, 3.333, 30, 3.333]);
    expect(percent(positionShares(path(6, { lead: 1, opportunity: 3 }), positionRules.full_path))).toEqual([22.5, 22.5, 5, 22.5, 5, 22.5]);
    expect(percent(positionShares(path(4), {}))).toEqual([25, 25, 25, 25]);
    expect(percent(positionShares(path(3), positionRules.last))).toEqual([0, 0, 100]);
  });

  it('law: keeps the proportions of what a short path, or a path without a stage, does have', () => {
    expect(percent(positionShares(path(2), positionRules.u))).toEqual([50, 50]);
    expect(percent(positionShares(path(3, { opportunity: 2 }), positionRules.w))).toEqual([42.857, 14.286, 42.857]);
    expect(percent(positionShares(path(2, { lead: 0, opportunity: 1 }), positionRules.w))).toEqual([66.667, 33.333]);
    expect(percent(positionShares(path(2), { lead: 1 }))).toEqual([50, 50]);
    for (const rule of [{}, ...Object.values(positionRules)]) expect(positionShares(path(1), rule)).toEqual([1]);
  });

  it('law: gives shares that are never below zero and sum to 1, for rules of one own and any stages', () => {
    const random = seededRandom(4);
    for (let run = 0; run < 2000; run += 1) {
      const raw = Array.from({ length: 5 }, () => (random() < 0.3 ? 0 : random()));
      const sum = raw.reduce((so, share) => so + share, 0);
      if (sum === 0) continue;
      const [first, lead, opportunity, last, between] = raw.map((share) => share / sum);
      const touches = 1 + Math.floor(random() * 9);
      const stage = () => (random() < 0.4 ? undefined : Math.floor(random() * touches));
      const stages = { lead: stage(), opportunity: stage() };
      const known = Object.fromEntries(Object.entries(stages).filter(([, at]) => at !== undefined));
      const shares = positionShares(path(touches, known), { first, lead, opportunity, last, between });
      expect(shares.every((share) => share >= 0)).toBe(true);
      expect(shares.reduce((so, share) => so + share, 0)).toBeCloseTo(1, 12);
    }
  });

  it('null: is no better than chance where channels come in random order: first, last and U agree on average', () => {
    const random = seededRandom(12);
    const credits: Record<'first' | 'last' | 'u', number[]> = { first: [], last: [], u: [] };
    const runs = 6000;
    for (let run = 0; run < runs; run += 1) {
      const touches = Array.from({ length: 2 + Math.floor(random() ** 2 * 8) }, () => (random() < 0.3 ? 'ad' : 'fair'));
      for (const rule of ['first', 'last', 'u'] as const) {
        const shares = positionShares({ touches, conversions: 1, value: 0, nulls: 0 }, positionRules[rule]);
        credits[rule].push(shares.reduce((sum, share, at) => sum + (touches[at] === 'ad' ? share : 0), 0));
      }
    }
    for (const credit of Object.values(credits)) expectMean(credit, 0.3);
  });

  it('refuses: a rule that does not sum to 1 or is below zero, and a stage outside of the path', () => {
    expect(() => positionShares(path(3), { first: 0.5 })).toThrow(RangeError);
    expect(() => positionShares(path(3), { first: 1.5, last: -0.5 })).toThrow(RangeError);
    expect(() => positionShares(path(3, { lead: 3 }), positionRules.w)).toThrow(RangeError);
  });
});
