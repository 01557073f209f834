import { describe, expect, it } from 'vitest';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';
import { studentQuantile } from './student.ts';
import { chiSquaredTail, studentTail } from './tail-probabilities.ts';
import { expectEven } from '../simulation.fixture.ts';

describe('tails of chi-squared and of Student', () => {
  it('value: equal pchisq and pt of R 4 to ten digits, far out too', () => {
    const chi: [number, number, number][] = [
      [0.1, 1, 0.751829634045849349],
      [1, 3, 0.801251956901200768],
      [7, 7, 0.428879857553054689],
      [30, 20, 0.069853660699409778],
      [200, 180, 0.146346174698732789],
    ];
    for (const [statistic, degrees, p] of chi) expect(chiSquaredTail(statistic, degrees) / p).toBeCloseTo(1, 10);
    const student: [number, number, number][] = [
      [0.1, 1, 0.93654896513889285],
      [1, 3.5, 0.38133725356344556],
      [2.5, 7, 0.040992218585752874],
      [8, 20.2, 1.0860926718700186e-7],
      [30, 180, 6.0145446637704124e-72],
    ];
    for (const [t, degrees, p] of student) expect(studentTail(t, degrees) / p).toBeCloseTo(1, 9);
  });

  it('law: turn back what the quantiles give, and fall as the statistic grows', () => {
    for (const tail of [0.5, 0.05, 0.001, 1e-6]) {
      expect(chiSquaredTail(normalQuantile(1 - tail / 2) ** 2, 1)).toBeCloseTo(tail, 10);
      expect(studentTail(studentQuantile(1 - tail / 2, 12), 12) / tail).toBeCloseTo(1, 3);
    }
    for (let at = 0; at < 40; at += 1) expect(chiSquaredTail(at + 1, 9)).toBeLessThan(chiSquaredTail(at, 9));
  });

  it('null: give p-values that are even under the null (Kolmogorov-Smirnov, 2,000 draws)', () => {
    const random = seededRandom(3);
    const drawn = Array.from({ length: 2000 }, () => {
      const squares = Array.from({ length: 5 }, () => normalQuantile(random() || 0.5) ** 2);
      return chiSquaredTail(
        squares.reduce((sum, one) => sum + one, 0),
        5,
      );
    });
    expectEven(drawn);
  });

  it('refuses: what cannot be', () => {
    expect(() => chiSquaredTail(-1, 2)).toThrow(RangeError);
    expect(() => chiSquaredTail(1, 0)).toThrow(RangeError);
    expect(() => studentTail(Number.NaN, 3)).toThrow(RangeError);
    expect(() => studentTail(1, 0)).toThrow(RangeError);
    expect([chiSquaredTail(0, 3), studentTail(0, 3)]).toEqual([1, 1]);
  });
});
