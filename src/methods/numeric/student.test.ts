import { describe, expect, it } from 'vitest';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';
import { studentQuantile } from './student.ts';
import { expectRate } from '../simulation.fixture.ts';

describe("quantile of Student's t", () => {
  it('value: equals scipy 1.17.1 (stats.t.ppf) to 0.03 %, and exactly for one and two degrees of freedom', () => {
    const known: [number, number, number][] = [
      [0.975, 1, 12.706204736174694],
      [0.975, 2, 4.302652729749462],
      [0.975, 3, 3.182446305284263],
      [0.975, 4, 2.7764451051977987],
      [0.975, 9, 2.2621571628540993],
      [0.975, 30, 2.0422724563012373],
      [0.95, 5, 2.015048372669157],
      [0.9995, 7, 5.407882520861727],
      [0.995, 12.5, 3.0324366528705617],
      [0.6, 3, 0.2766706623326898],
    ];
    for (const [probability, degrees, value] of known) {
      expect(Math.abs(studentQuantile(probability, degrees) / value - 1)).toBeLessThan(degrees <= 2 ? 1e-9 : 3e-4);
    }
  });

  it('law: is mirrored about a half, 0 there, falls with the degrees of freedom and ends at the normal quantile', () => {
    expect(studentQuantile(0.5, 4)).toBe(0);
    let before = Infinity;
    for (let degrees = 1; degrees < 300; degrees += 1) {
      const now = studentQuantile(0.975, degrees);
      expect(studentQuantile(0.025, degrees)).toBeCloseTo(-now, 12);
      expect(now).toBeLessThan(before);
      before = now;
    }
    expect(studentQuantile(0.975, 1e7)).toBeCloseTo(normalQuantile(0.975), 6);
  });

  it('null: makes the mean of three to twelve normal values cover 95 %', () => {
    const random = seededRandom(396);
    const runs = 2000;
    let covered = 0;
    for (let run = 0; run < runs; run += 1) {
      const values = Array.from({ length: 3 + Math.floor(random() * 10) }, () => normalQuantile(random() || 0.5));
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
      if (Math.abs(mean) <= studentQuantile(0.975, values.length - 1) * Math.sqrt(variance / values.length)) covered += 1;
    }
    expectRate(covered, runs, 0.95);
  });

  it('refuses: what is outside its range', () => {
    for (const [probability, degrees] of [
      [0, 5],
      [1, 5],
      [0.9, 0],
      [0.9, Number.NaN],
    ] as const) {
      expect(() => studentQuantile(probability, degrees)).toThrow(RangeError);
    }
  });
});
