import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';
import { expectAtMost, expectRate } from '../simulation.fixture.ts';

// The fifteen p-values of Benjamini and Hochberg 1995, section 3.2: four findings at 5 %, where Bonferroni has three.
const published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];

describe('correction for many questions', () => {
  it('value: finds the four of the published example, with the values of scipy 1.17.1 (stats.false_discovery_control)', () => {
    const corrected = benjaminiHochberg(published);
    expect(corrected.filter((each) => each <= 0.05)).toHaveLength(4);
    const known = [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286, 0.06385714285714286, 0.0645, 0.0765, 0.486];
    for (const [index, value] of known.entries()) expect(corrected[index]).toBeCloseTo(value, 12);
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
