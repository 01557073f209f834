import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../numeric/normal.ts';
import { seededRandom } from '../numeric/random.ts';
import { steppedWedgeError, type WedgeError } from './stepped-wedge-error.ts';
import { expectRate } from '../simulation.fixture.ts';

const errorOf = (plan: Parameters<typeof steppedWedgeError>[0]) => steppedWedgeError(plan) as WedgeError;

/** The effect in one simulated wedge by weighted least squares where units do not keep a level: periods of their own, then a difference. */
function estimated(waves: readonly number[], effect: number, normal: () => number): number {
  const periods = waves.length + 1;
  const rows = waves.flatMap((count, wave) =>
    Array.from({ length: count }, () => Array.from({ length: periods }, (_, period) => (period > wave ? 1 : 0))),
  );
  const values = rows.map((row) => row.map((got, period) => period + effect * got + normal()));
  let [over, under] = [0, 0];
  for (let period = 0; period < periods; period += 1) {
    const mean = rows.reduce((sum, row) => sum + row[period]!, 0) / rows.length;
    for (const [index, row] of rows.entries()) {
      over += (row[period]! - mean) * values[index]![period]!;
      under += (row[period]! - mean) ** 2;
    }
  }
  return over / under;
}

describe('error of a stepped wedge', () => {
  it('value: equals generalised least squares with the whole covariance written out (numpy 2.4.6), for equal and unequal waves', () => {
    expect(errorOf({ waves: [6, 6, 6, 6], variance: 0.2, likeness: 0.3 }).standardError.toFixed(10)).toBe('0.1132843031');
    expect(errorOf({ waves: [3, 10, 5], variance: 0.16, likeness: 0.05 }).standardError.toFixed(10)).toBe('0.1622643125');
    expect(errorOf({ waves: [5, 9], variance: 1, likeness: 0 }).standardError.toFixed(10)).toBe('0.5577733510');
  });

  it('law: halves with four times the units, and shrinks as units keep their level', () => {
    const plain = errorOf({ waves: [6, 6, 6], variance: 1, likeness: 0.2 });
    expect(errorOf({ waves: [24, 24, 24], variance: 1, likeness: 0.2 }).standardError).toBeCloseTo(plain.standardError / 2, 12);
    expect(errorOf({ waves: [6, 6, 6], variance: 1, likeness: 0.9 }).standardError).toBeLessThan(plain.standardError);
    expect(errorOf({ waves: [6, 6, 6], variance: 4, likeness: 0.2 }).detectable).toBeCloseTo(2 * plain.detectable, 12);
  });

  it('null: is the spread of simulated wedges with waves of unequal size, and what it calls detectable is seen in 8 of 10', () => {
    const random = seededRandom(2007);
    const normal = () => normalQuantile(random() + 2 ** -34);
    const waves = [4, 11, 7];
    const { standardError, detectable } = errorOf({ waves, variance: 1, likeness: 0 });
    let [alarms, seen] = [0, 0];
    for (let run = 0; run < 1500; run += 1) {
      if (Math.abs(estimated(waves, 0, normal)) > 1.96 * standardError) alarms += 1;
      if (estimated(waves, detectable, normal) > 1.96 * standardError) seen += 1;
    }
    expectRate(alarms, 1500, 0.05);
    expectRate(seen, 1500, 0.8);
  });

  it('refuses: one wave, too few units, and what never varies', () => {
    expect(steppedWedgeError({ waves: [9], variance: 1, likeness: 0 })).toEqual({ refused: 'too_few', needed: 4 });
    expect(steppedWedgeError({ waves: [1, 1], variance: 1, likeness: 0 })).toEqual({ refused: 'too_few', needed: 4 });
    expect(steppedWedgeError({ waves: [5, 5], variance: 0, likeness: 0 })).toEqual({ refused: 'no_variance' });
    expect(() => steppedWedgeError({ waves: [1.5, 5], variance: 1, likeness: 0 })).toThrow(RangeError);
    expect(() => steppedWedgeError({ waves: [5, 5], variance: 1, likeness: 1 })).toThrow(RangeError);
  });
});
