import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../numeric/normal.ts';
import { seededRandom } from '../numeric/random.ts';
import { bassCurve, bassFit, type BassFit } from './bass-fit.ts';

const data = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data', 'bass_diffusion/tsChicken.csv');
const ibm = resolve(data, '../tsIbm.csv');
// Sales of video recorders in the USA, 1980 to 1989, in thousands (Cowpertwait and Metcalfe 2009, section 3.3).
const recorders = [840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890];
const known = { innovation: 0.01, imitation: 0.4, market: 5000 } as BassFit;

describe("Bass's curve through new adopters", () => {
  it('value: equals R 4.2.2 (nls, port) and scipy 1.17.1 (least_squares) on the video recorders', () => {
    const { market, innovation, imitation, left } = bassFit(recorders);
    expect(market / 67660.0278643).toBeCloseTo(1, 6);
    expect(innovation / 0.00878896567477).toBeCloseTo(1, 5);
    expect(imitation / 0.642158849237).toBeCloseTo(1, 6);
    expect(left / 3672146.26438).toBeCloseTo(1, 8);
  });

  it.skipIf(!existsSync(data))(
    'value: is within half a percent of the R package diffusion 0.4.0 on the growth of chickens, and leaves no more',
    () => {
      const weights = readFileSync(data, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => Number(line.split(',')[1]));
      const { market, innovation, imitation, left } = bassFit(weights.slice(1).map((weight, index) => weight - weights[index]!));
      expect(Math.abs(market / 4.31335 - 1)).toBeLessThan(0.005);
      expect(Math.abs(innovation / 0.0472846 - 1)).toBeLessThan(0.005);
      expect(Math.abs(imitation / 0.2765289 - 1)).toBeLessThan(0.005);
      expect(left / 12).toBeLessThan(9.33e-5);
    },
  );

  it.skipIf(!existsSync(ibm))(
    'value: finds the markets of three generations of IBM computers within 5 % of the R package diffusion 0.4.0 (seqdiffusion, another objective)',
    () => {
      const rows = readFileSync(ibm, 'utf8').trim().split('\n').slice(1);
      [15884.5, 88208.1, 162060.3].forEach((market, generation) => {
        const inUse = rows.map((row) => Number(row.split(',')[generation + 1])).filter((computers) => computers > 0);
        expect(Math.abs(bassFit(inUse).market / market - 1)).toBeLessThan(0.05);
      });
    },
  );

  it('law: finds the numbers that made a curve, scales with the count, and its curve adds up to the market in the end', () => {
    const found = bassFit(bassCurve(known, 20));
    expect(found.market).toBeCloseTo(5000, 2);
    expect(found.innovation).toBeCloseTo(0.01, 6);
    expect(found.imitation).toBeCloseTo(0.4, 6);
    const tenfold = bassFit(recorders.map((each) => each * 10));
    expect(tenfold.market / bassFit(recorders).market).toBeCloseTo(10, 5);
    expect(bassCurve(known, 200).reduce((sum, each) => sum + each, 0)).toBeCloseTo(5000, 6);
  });

  it('null: is within 2 % in the mean over 600 noisy launches of 15 to 30 periods that have passed their peak', () => {
    const random = seededRandom(1986);
    const found = Array.from({ length: 600 }, () => {
      const periods = 15 + Math.floor(random() * 16);
      return bassFit(bassCurve(known, periods).map((each) => each + 15 * normalQuantile(random() || 0.5)));
    });
    const mean = (value: (fit: BassFit) => number) => found.reduce((sum, fit) => sum + value(fit), 0) / found.length;
    expect(Math.abs(mean(({ market }) => market) / 5000 - 1)).toBeLessThan(0.02);
    expect(Math.abs(mean(({ imitation }) => imitation) / 0.4 - 1)).toBeLessThan(0.02);
    expect(found.every(({ hasConverged }) => hasConverged)).toBe(true);
  });

  it('refuses: fewer than four periods, and what is no number', () => {
    expect(() => bassFit([1, 2, 3])).toThrow(RangeError);
    expect(() => bassFit([1, 2, Number.NaN, 4, 5])).toThrow(RangeError);
  });
});
