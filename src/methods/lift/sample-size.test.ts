import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../numeric/normal.ts';
import { seededRandom } from '../numeric/random.ts';
import { unitsPerGroup } from './sample-size.ts';
import { expectRate } from '../simulation.fixture.ts';

/** Binomial count by the normal approximation, good at these sizes. */
function heads(random: () => number, trials: number, chance: number): number {
  const z = normalQuantile(random() || 0.5);
  return Math.round(trials * chance + z * Math.sqrt(trials * chance * (1 - chance)));
}

function rejects(a: number, m: number, b: number, n: number): boolean {
  const pooled = (a + b) / (m + n);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n));
  return Math.abs(a / m - b / n) > 1.959964 * error;
}

function rejected(seed: number, m: number, n: number, one: number, two: number): number {
  const random = seededRandom(seed);
  let count = 0;
  for (let run = 0; run < 4000; run += 1) if (rejects(heads(random, m, one), m, heads(random, n, two), n)) count += 1;
  return count;
}

describe('sample size for two shares', () => {
  it('value: equals R power.prop.test (formula solved with scipy 1.17.1): 1,093.74, 8,157.73 and 518.04, rounded up', () => {
    expect(unitsPerGroup({ base: 0.2, changed: 0.25 })).toBe(1094);
    expect(unitsPerGroup({ base: 0.05, changed: 0.06 })).toBe(8158);
    expect(unitsPerGroup({ base: 0.5, changed: 0.6, power: 0.9 })).toBe(519);
  });

  it('law: does not care which share is the base, and grows as the difference shrinks', () => {
    expect(unitsPerGroup({ base: 0.25, changed: 0.2 })).toBe(1094);
    expect(unitsPerGroup({ base: 0.2, changed: 0.24 })).toBeGreaterThan(1094);
    expect(unitsPerGroup({ base: 0.8, changed: 0.75 })).toBe(1094);
  });

  it('null: finds the change in 80 % of simulated tests, and a false one in 5 %, also with unequal groups', () => {
    expectRate(rejected(3, 1094, 1094, 0.2, 0.25), 4000, 0.8);
    expectRate(rejected(4, 1094, 1094, 0.2, 0.2), 4000, 0.05);
    expectRate(rejected(5, 400, 2400, 0.2, 0.2), 4000, 0.05);
  });

  it('refuses: no difference, and shares that cannot be', () => {
    expect(unitsPerGroup({ base: 0.2, changed: 0.2 })).toEqual({ refused: 'no_difference' });
    for (const changed of [0, 1, -0.2, Number.NaN]) expect(() => unitsPerGroup({ base: 0.2, changed })).toThrow(RangeError);
    expect(() => unitsPerGroup({ base: 0.2, changed: 0.3, power: 1 })).toThrow(RangeError);
  });
});
