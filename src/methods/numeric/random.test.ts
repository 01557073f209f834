import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';

function draw(seed: number, count: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random());
}

describe('seeded random numbers', () => {
  it('value: gives the same numbers as sfc32 written a second time with unsigned 64-bit arithmetic', () => {
    const mask = 0xffffffffn;
    let [a, b, c, counter] = [0n, 42n, 0n, 1n];
    const next = () => {
      const mixed = (a + b + counter) & mask;
      counter = (counter + 1n) & mask;
      a = b ^ (b >> 9n);
      b = (c + ((c << 3n) & mask)) & mask;
      c = ((((c << 21n) & mask) | (c >> 11n)) + mixed) & mask;
      return Number(mixed) / 4294967296;
    };
    for (let round = 0; round < 12; round += 1) next();
    expect(draw(42, 200)).toEqual(Array.from({ length: 200 }, next));
  });

  it('law: is the same for one seed and different for another', () => {
    expect(draw(1, 50)).toEqual(draw(1, 50));
    expect(draw(1, 50)).not.toEqual(draw(2, 50));
  });

  it('null: fills ten equal bins evenly: chi-squared on 9 degrees stays under 27.9 (p 0.001)', () => {
    const bins = Array.from({ length: 10 }, () => 0);
    for (const value of draw(20260301, 100_000)) bins[Math.floor(value * 10)]! += 1;
    const chiSquared = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(27.9);
  });

  it('refuses: a seed that is not an integer', () => {
    expect(() => seededRandom(0.5)).toThrow(RangeError);
    expect(() => seededRandom(Number.NaN)).toThrow(RangeError);
  });
});
