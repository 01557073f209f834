import { describe, expect, it } from 'vitest';
import { fisherExact } from './fisher-exact.ts';
import { seededRandom } from './random.ts';
import { expectAtMost } from '../simulation.fixture.ts';

const p = (didStayed: number, didLeft: number, notStayed: number, notLeft: number) =>
  fisherExact({ didStayed, didLeft, notStayed, notLeft });

describe("Fisher's exact test", () => {
  it('value: equals scipy 1.17.1 (stats.fisher_exact), from the lady tasting tea to a hundred thousand', () => {
    expect(p(3, 1, 1, 3)).toBeCloseTo(0.48571428571428565, 12);
    expect(p(8, 2, 1, 5)).toBeCloseTo(0.034965034965034975, 12);
    expect(p(0, 12, 7, 30)).toBeCloseTo(0.17117548351010048, 12);
    expect(p(120, 380, 300, 1700) / 3.5313960478027275e-6).toBeCloseTo(1, 8);
    expect(p(5, 995, 40, 99960) / 8.289254604877116e-5).toBeCloseTo(1, 8);
    expect(p(50, 50, 5000, 5000)).toBe(1);
  });

  it('law: is the same when rows, columns or both change places, and 1 when a row or column is empty', () => {
    const random = seededRandom(1935);
    for (let run = 0; run < 300; run += 1) {
      const [a, b, c, d] = [0, 0, 0, 0].map(() => Math.floor(random() ** 3 * 60)) as [number, number, number, number];
      for (const other of [p(c, d, a, b), p(b, a, d, c), p(a, c, b, d)]) expect(other).toBeCloseTo(p(a, b, c, d), 9);
    }
    expect(p(0, 0, 4, 9)).toBe(1);
    expect(p(3, 0, 7, 0)).toBe(1);
  });

  it('null: calls at most 5 % of null tables a finding, in groups as unequal as 12 and 300', () => {
    const random = seededRandom(12);
    let found = 0;
    for (let run = 0; run < 2000; run += 1) {
      const share = 0.1 + 0.5 * random();
      const draw = (count: number) => Array.from({ length: count }, () => random() < share).filter(Boolean).length;
      const [few, many] = [draw(12), draw(300)];
      if (p(few, 12 - few, many, 300 - many) <= 0.05) found += 1;
    }
    expectAtMost(found, 2000, 0.05);
    expect(found / 2000).toBeGreaterThan(0.02);
  });

  it('refuses: what is no count', () => {
    expect(() => p(1, 2, 3, -1)).toThrow(RangeError);
    expect(() => p(1, 2, 3, Number.NaN)).toThrow(RangeError);
  });
});
