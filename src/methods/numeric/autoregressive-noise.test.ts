import { describe, expect, it } from 'vitest';
import { autoregressiveNoise, noiseFrom } from './autoregressive-noise.ts';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';
import { expectRate } from '../simulation.fixture.ts';

const normal = (random: () => number) => normalQuantile(random() || 0.5);
const line = (count: number) => [Array.from({ length: count }, () => 1), Array.from({ length: count }, (_, index) => index)];

describe('what residuals say about the noise', () => {
  it('value: equals numpy 2.4.6: the restricted likelihood by full matrices, over the same grid', () => {
    const residuals = [0.151, -1.152, 0.308, 0.601, 0.798, 1.048, -0.709, -0.873, -1.873, 1.12, 0.826, -0.245];
    const columns = [...line(12), Array.from({ length: 12 }, (_, index) => index * index)];
    expect(autoregressiveNoise(residuals, columns).autocorrelation).toBeCloseTo(0.4986977430027043, 9);
  });

  it('law: does not care for the unit, nor for what the fitted numbers could have taken up', () => {
    const residuals = [1, 3, 2, 4, 1, -2, -1, -4, -2, -1, 1, -1];
    const plain = autoregressiveNoise(residuals, line(12));
    const moved = autoregressiveNoise(
      residuals.map((each, index) => 7 * each + 3 - 2 * index),
      line(12),
    );
    expect(moved.autocorrelation).toBeCloseTo(plain.autocorrelation, 9);
    const [one, seven] = [plain.draw(seededRandom(2)), moved.draw(seededRandom(2))];
    expect(seven.autocorrelation).toBe(one.autocorrelation);
    expect(seven.deviation / one.deviation).toBeCloseTo(7, 6);
  });

  it('null: draws pairs that hold the truth 90 times in 100 between their 5 % and 95 %, when the truth is as likely as was taken', () => {
    const random = seededRandom(1977);
    const runs = 2000;
    const held = { autocorrelation: 0, deviation: 0 };
    for (let run = 0; run < runs; run += 1) {
      const count = 10 + Math.floor(random() * 20);
      const truth = { autocorrelation: Math.floor(20 * random()) * 0.05, deviation: 2 };
      const { draw } = autoregressiveNoise(noiseFrom(truth, random, count), line(count));
      const draws = Array.from({ length: 39 }, () => draw(random));
      for (const key of ['autocorrelation', 'deviation'] as const) {
        const alike = draws.filter((each) => each[key] === truth[key]).length;
        const below = draws.filter((each) => each[key] < truth[key]).length + Math.floor((alike + 1) * random());
        held[key] += below >= 2 && below <= 37 ? 1 : 0;
      }
    }
    for (const each of Object.values(held)) {
      expectRate(each, runs, 0.9);
    }
  });

  it('law: goes on from the last value, and begins anywhere in its usual range', () => {
    const random = seededRandom(4);
    expect(noiseFrom({ autocorrelation: 0.5, deviation: 0 }, random, 2, 12)).toEqual([6, 3]);
    const starts = Array.from({ length: 4000 }, () => noiseFrom({ autocorrelation: 0.8, deviation: 1 }, random, 1)[0]!);
    expect(starts.reduce((sum, each) => sum + each * each, 0) / 4000).toBeCloseTo(1 / (1 - 0.64), 0);
    expect(Math.abs(normal(random))).toBeLessThan(6);
  });

  it('refuses: too few residuals, and residuals that are all taken up', () => {
    expect(() => autoregressiveNoise([1, 2, 1, 2, 1], line(5))).toThrow(RangeError);
    expect(() => autoregressiveNoise([0, 0, 0, 0, 0, 0, 0], [])).toThrow(RangeError);
  });
});
