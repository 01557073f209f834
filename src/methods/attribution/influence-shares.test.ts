import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { influenceShares } from './influence-shares.ts';
import { expectMean } from '../simulation.fixture.ts';

const path = (touches: string[], daysBefore: number[]) => ({ touches, daysBefore, conversions: 1, value: 0, nulls: 0 });

describe('campaign influence', () => {
  it('value: is the even distribution of Salesforce: four campaigns have 25% each, a second visit changes nothing', () => {
    expect(influenceShares(path(['a', 'b', 'c', 'd'], [9, 8, 7, 6]), null)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(influenceShares(path(['a', 'b', 'a'], [9, 8, 7]), null)).toEqual([0.5, 0.5, 0]);
  });

  it('law: counts the last second of the time frame and nothing before it', () => {
    const second = 1 / 86_400;
    expect(influenceShares(path(['a', 'b'], [30, 1]), 30)).toEqual([0.5, 0.5]);
    expect(influenceShares(path(['a', 'b'], [30 + second, 1]), 30)).toEqual([0, 1]);
  });

  it('null: gives each of the campaigns that came as much as any other, and campaigns drawn alike the same on average', () => {
    const random = seededRandom(3);
    const credits: Record<string, number[]> = { a: [], b: [], c: [], d: [] };
    const runs = 5000;
    for (let run = 0; run < runs; run += 1) {
      const touches = Array.from({ length: 1 + Math.floor(random() ** 3 * 12) }, () => 'abcd'[Math.floor(random() * 4)]!);
      const shares = influenceShares(path(touches, []), null);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      for (const [campaign, so] of Object.entries(credits))
        so.push(shares.reduce((sum, share, at) => sum + (touches[at] === campaign ? share : 0), 0));
    }
    for (const credit of Object.values(credits)) expectMean(credit, 0.25);
  });

  it('refuses: a frame without days, and gives nothing where nothing lies in the frame', () => {
    expect(influenceShares(path(['a'], [31]), 30)).toEqual([0]);
    expect(() => influenceShares({ touches: ['a'], conversions: 1, value: 0, nulls: 0 }, 30)).toThrow(RangeError);
    expect(() => influenceShares(path(['a'], [1]), -1)).toThrow(RangeError);
  });
});
