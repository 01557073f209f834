import { describe, expect, it } from 'vitest';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';
import { expectMean, expectRate } from '../simulation.fixture.ts';

describe('quantile of the normal distribution', () => {
  it('value: equals Wichura 1988 and scipy 1.17.1 (special.ndtri) to 14 figures', () => {
    const known: [number, number][] = [
      [1e-20, -9.262340089798409],
      [0.001, -3.090232306167813],
      [0.025, -1.9599639845400545],
      [0.25, -0.6744897501960817],
      [0.5, 0],
      [0.8, 0.8416212335729143],
      [0.9, 1.2815515655446004],
      [0.975, 1.959963984540054],
      [0.99, 2.3263478740408408],
    ];
    for (const [probability, z] of known) {
      expect(Math.abs(normalQuantile(probability) - z)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(z)));
    }
  });

  it('law: is symmetric about one half and grows with the probability', () => {
    let before = Number.NEGATIVE_INFINITY;
    for (let step = 1; step < 1000; step += 1) {
      const z = normalQuantile(step / 1000);
      expect(z).toBeCloseTo(-normalQuantile(1 - step / 1000), 12);
      expect(z).toBeGreaterThan(before);
      before = z;
    }
  });

  it('null: turns uniform numbers into normal ones: mean 0, variance 1, 5 % beyond 1.96', () => {
    const random = seededRandom(11);
    const count = 50_000;
    const values = Array.from({ length: count }, () => normalQuantile(random() || 0.5));
    expectMean(values, 0);
    expectMean(
      values.map((value) => value ** 2),
      1,
    );
    expectRate(values.filter((value) => Math.abs(value) > 1.959964).length, count, 0.05);
  });

  it('refuses: 0, 1 and anything outside', () => {
    for (const probability of [0, 1, -0.1, 1.1, Number.NaN]) expect(() => normalQuantile(probability)).toThrow(RangeError);
  });
});
