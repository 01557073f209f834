import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { hasUpworthy, upworthyTests } from '../upworthy.fixture.ts';
import { chiSquaredTail } from './tail-probabilities.ts';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';
import { expectAtLeast, expectAtMost, expectRate } from '../simulation.fixture.ts';

// The fifteen p-values of Benjamini and Hochberg 1995, section 3.2: four findings at 5 %, where Bonferroni has three.
const published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];

describe('correction for many questions', () => {
  it('value: finds the four of the published example, with the values of scipy 1.17.1 (stats.false_discovery_control)', () => {
    const corrected = benjaminiHochberg(published);
    expect(corrected.filter((each) => each <= 0.05)).toHaveLength(4);
    const known = [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286, 0.06385714285714286, 0.0645, 0.0765, 0.486];
    for (const [index, value] of known.entries()) expect(corrected[index]).toBeCloseTo(value, 12);
  });

  it.skipIf(!hasUpworthy)(
    'value: of 4,872 headline tests of Upworthy 2,203 are under 0.05 and 1,711 findings, as scipy 1.17.1 (chi2_contingency, false_discovery_control) says',
    async () => {
      const tests = (await upworthyTests()).filter(({ headlines }) => headlines.some(({ clicks }) => clicks > 0));
      const pValues = tests.map(({ headlines }) => {
        const sum = (of: 'clicks' | 'impressions') => headlines.reduce((so, headline) => so + headline[of], 0);
        const share = sum('clicks') / sum('impressions');
        const squares = headlines.map(
          ({ clicks, impressions }) => (clicks - impressions * share) ** 2 / (impressions * share * (1 - share)),
        );
        return chiSquaredTail(
          squares.reduce((so, square) => so + square, 0),
          headlines.length - 1,
        );
      });
      const findings = benjaminiHochberg(pValues).filter((corrected) => corrected <= 0.05);
      expect([pValues.length, pValues.filter((p) => p < 0.05).length, findings.length]).toEqual([4872, 2203, 1711]);
    },
  );

  it('null: finds one planted segment among 20 in at least 80 of 100 runs, with segments of 60 to 1,200 (the planted one 400)', () => {
    const random = seededRandom(13);
    const runs = 600;
    let found = 0;
    for (let run = 0; run < runs; run += 1) {
      const pValues = Array.from({ length: 20 }, (_, segment) => {
        const units = segment === 7 ? 400 : 60 + Math.floor(1140 * random() ** 2);
        const error = Math.sqrt((2 * 0.3 * 0.7) / units);
        const difference = (segment === 7 ? 0.15 : 0) + error * normalQuantile(random() || 0.5);
        return 2 * upperTail(Math.abs(difference) / error);
      });
      if (benjaminiHochberg(pValues)[7]! <= 0.05) found += 1;
    }
    expectAtLeast(found, runs, 0.8);
  });

  it('law: is in the order of the questions, never under the p-value, and one question stays as it is', () => {
    const random = seededRandom(1995);
    const values = Array.from({ length: 40 }, () => random());
    const corrected = benjaminiHochberg(values);
    expect(benjaminiHochberg(values.toReversed())).toEqual(corrected.toReversed());
    for (const [index, value] of values.entries()) expect(corrected[index]).toBeGreaterThanOrEqual(value);
    expect(benjaminiHochberg([0.03])).toEqual([0.03]);
    expect(benjaminiHochberg([])).toEqual([]);
  });

  it('null: calls anything a finding in about 5 % of 2,000 runs of 20 questions where nothing is going on', () => {
    const random = seededRandom(20);
    let found = 0;
    for (let run = 0; run < 2000; run += 1) {
      if (Math.min(...benjaminiHochberg(Array.from({ length: 20 }, () => random()))) <= 0.05) found += 1;
    }
    expectRate(found, 2000, 0.05);
    expect(found / 2000).toBeLessThanOrEqual(0.06);
  });

  it('null: keeps the false part of the findings under 5 % where some are true', () => {
    const random = seededRandom(57);
    let part = 0;
    for (let run = 0; run < 1000; run += 1) {
      const effects = Array.from({ length: 30 }, (_, index) => (index < 10 ? 3 : 0));
      const values = effects.map((effect) => upperTail(effect + normalQuantile(random() || 0.5)));
      const found = benjaminiHochberg(values).map((each) => each <= 0.05);
      const all = found.filter(Boolean).length;
      part += all === 0 ? 0 : found.slice(10).filter(Boolean).length / all;
    }
    expectAtMost(part, 1000, 0.05);
  });

  it('refuses: what is no p-value', () => {
    expect(() => benjaminiHochberg([0.2, 1.2])).toThrow(RangeError);
    expect(() => benjaminiHochberg([Number.NaN])).toThrow(RangeError);
  });
});

/** Upper tail of the normal distribution, by halving the range of its quantile. */
function upperTail(z: number): number {
  let [low, high] = [1e-12, 1 - 1e-12];
  for (let step = 0; step < 45; step += 1) {
    const middle = (low + high) / 2;
    if (normalQuantile(middle) < z) low = middle;
    else high = middle;
  }
  return 1 - low;
}
