import { describe, expect, it } from 'vitest';
import { revenueShare, type RevenueShare } from '../retention/revenue-retention.ts';
import { estimateDifference } from './estimate-difference.ts';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';
import { expectRate } from '../simulation.fixture.ts';

const random = seededRandom(2008);
const normal = () => normalQuantile(random() + 2 ** -34);

describe('interval for the difference of two estimates', () => {
  it('value: equals the published example of Newcombe 1998 (table II, method 10) from the Wilson intervals of 56 of 70 and 48 of 80', () => {
    const found = estimateDifference({ value: 0.8, low: 0.6918, high: 0.8769 }, { value: 0.6, low: 0.4905, high: 0.7004 });
    expect(found.difference).toBeCloseTo(0.2, 12);
    expect(found.low).toBeCloseTo(0.0524, 3);
    expect(found.high).toBeCloseTo(0.3339, 3);
  });

  it('law: is the usual formula where both intervals are even; changes its sign and nothing else when they change places', () => {
    const [one, two] = [
      { value: 10, low: 7, high: 13 },
      { value: 4, low: 0, high: 8 },
    ];
    expect(estimateDifference(one, two)).toEqual({ difference: 6, low: 1, high: 11 });
    const back = estimateDifference(two, one);
    expect([back.difference, back.low, back.high]).toEqual([-6, -11, -1]);
  });

  it('null: covers no difference of kept revenue between 60 and 400 accounts of skewed size about 95 % of the time', () => {
    const keptBy = (count: number): RevenueShare | null => {
      const pairs = Array.from({ length: count }, (): [number, number] => {
        const start = 100 * Math.exp(0.7 * normal());
        const moved = random();
        return [start, moved < 0.12 ? 0 : moved < 0.4 ? start * (0.6 + 0.9 * random()) : start];
      });
      const sum = (of: (x: number, y: number) => number) => pairs.reduce((total, [x, y]) => total + of(x, y), 0);
      const found = revenueShare({
        accounts: count,
        changed: pairs.filter(([x, y]) => x !== y).length,
        sumX: sum((x) => x),
        sumY: sum((_, y) => y),
        sumXX: sum((x) => x * x),
        sumXY: sum((x, y) => x * y),
        sumYY: sum((_, y) => y * y),
        sumX4: sum((x) => x ** 4),
      });
      return 'refused' in found ? null : found;
    };
    let [covered, given] = [0, 0];
    for (let run = 0; run < 2000; run += 1) {
      const [few, many] = [keptBy(60), keptBy(400)];
      if (!few || !many) continue;
      given += 1;
      const { low, high } = estimateDifference({ ...few, value: few.share }, { ...many, value: many.share });
      if (low <= 0 && 0 <= high) covered += 1;
    }
    expect(given).toBeGreaterThan(1500);
    expectRate(covered, given, 0.95);
  });

  it('refuses: an interval that does not hold its estimate, or has no end', () => {
    const good = { value: 1, low: 0, high: 2 };
    expect(() => estimateDifference({ value: 3, low: 0, high: 2 }, good)).toThrow(RangeError);
    expect(() => estimateDifference(good, { value: 1, low: 0, high: Number.POSITIVE_INFINITY })).toThrow(RangeError);
  });
});
