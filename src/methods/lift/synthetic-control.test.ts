import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../numeric/normal.ts';
import { seededRandom } from '../numeric/random.ts';
import { type SyntheticControl, syntheticControl } from './synthetic-control.ts';
import { type Donor, syntheticFit } from './synthetic-fit.ts';
import { madeByArithmetic } from './synthetic.fixture.ts';
import { expectRate } from '../simulation.fixture.ts';

const file = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data', 'synthetic_control/smoking.csv');

type Row = { state: string; year: number; measured: number[] };

const meanOver = (rows: readonly Row[], column: number, from: number): number => {
  const values = rows.filter(({ year }) => year >= from && year < 1989).flatMap(({ measured }) => measured[column]!);
  const known = values.filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

/** Cigarette sales of 39 states; predictors over the windows of the paper, or over all years before as in the quick start of Synth. */
function prop99([most, beer]: readonly [number, number]): { california: Donor; donors: Donor[] } {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  const rows = lines
    .map((line) => line.replaceAll('"', '').split(','))
    .map(([, state, year, ...measured]): Row => ({ state: state!, year: Number(year), measured: measured.map(Number) }))
    .sort((one, two) => one.year - two.year);
  const units = [...new Set(rows.map(({ state }) => state))].map((name) => {
    const own = rows.filter(({ state }) => state === name);
    const sales = own.map(({ measured }) => measured[0]!);
    const means = [meanOver(own, 1, most), meanOver(own, 4, most), meanOver(own, 3, most), meanOver(own, 2, beer)];
    return { name, values: sales, predictors: [...means, sales[5]!, sales[10]!, sales[18]!] };
  });
  return { california: units.find(({ name }) => name === 'California')!, donors: units.filter(({ name }) => name !== 'California') };
}

const weightOf = ({ weights }: SyntheticControl, state: string) => weights.find(({ name }) => name === state)!.weight;

describe.skipIf(!existsSync(file))('California, Proposition 99', () => {
  it('value: gives the figures of Abadie, Diamond and Hainmueller (2010): five states, 26 packs less in 2000, first of 39', () => {
    const { california, donors } = prop99([1980, 1984]);
    const found = syntheticControl(california, donors, 19) as SyntheticControl;
    const published: [string, number][] = [
      ['Utah', 0.334],
      ['Nevada', 0.234],
      ['Montana', 0.199],
      ['Colorado', 0.164],
      ['Connecticut', 0.069],
    ];
    for (const [state, weight] of published) expect(Math.abs(weightOf(found, state) - weight), state).toBeLessThan(0.02);
    expect(found.gaps.at(-1)).toBeCloseTo(-26, 0);
    expect([found.rank, found.of, found.p.toFixed(4)]).toEqual([1, 39, '0.0256']);
    expect(found.isSignKept).toBe(true);
  });

  it('value: follows California before at least as closely as Synth 1.2-0 in R does with its quick start (1.752), to about the same weights', () => {
    const { california, donors } = prop99([1970, 1970]);
    const { rootMeanSquare, weights, counterfactual } = syntheticFit(california, donors, 19);
    const weight = (state: string) => weights[donors.findIndex(({ name }) => name === state)]!;
    const gaps = california.values.map((value, at) => value - counterfactual[at]!).slice(19);
    expect(rootMeanSquare).toBeLessThanOrEqual(1.752);
    expect(Math.abs(weight('Utah') - 0.341)).toBeLessThan(0.02);
    expect(Math.abs(weight('Nevada') - 0.249)).toBeLessThan(0.02);
    expect(Math.abs(gaps.at(-1)! + 25.74)).toBeLessThan(0.6);
    expect(Math.abs(gaps.reduce((sum, gap) => sum + gap, 0) / 12 + 18.93)).toBeLessThan(0.6);
  });

  it('value: equals quadprog 1.5-8 in R where there are no predictors', () => {
    const { california, donors } = prop99([1980, 1984]);
    const bare = ({ name, values }: Donor) => ({ name, values });
    const found = syntheticControl(bare(california), donors.map(bare), 19) as SyntheticControl;
    expect([weightOf(found, 'Utah'), weightOf(found, 'Montana')].map((weight) => weight.toFixed(3))).toEqual(['0.394', '0.232']);
    expect(found.rootMeanSquareBefore).toBeCloseTo(1.6564, 4);
  });
});

const random = seededRandom(2010);
const normal = () => normalQuantile(random() + 2 ** -34);

/** Accounts that share two slow currents; noise and size differ from one to the next by a factor of seven. */
function world(count: number, periods: number): Donor[] {
  const currents = [0, 1].map(() => {
    let at = 0;
    return Array.from({ length: periods }, () => (at = 0.9 * at + normal()));
  });
  return Array.from({ length: count }, (_, index) => {
    const [base, one, two, noise] = [90 + 20 * random(), 1 + random(), 1 + random(), 0.3 + 1.8 * random()];
    return {
      name: `unit ${index}`,
      values: Array.from({ length: periods }, (_each, at) => base + one * currents[0]![at]! + two * currents[1]![at]! + noise * normal()),
    };
  });
}

describe('synthetic control', () => {
  it('value: equals scipy 1.17.1 (SLSQP for the unit and each placebo): mean effect, ratios, rank', () => {
    const { treated, donors } = madeByArithmetic();
    const found = syntheticControl(treated, donors, 10) as SyntheticControl;
    expect(found.meanEffect).toBeCloseTo(3.037721, 4);
    expect(found.ratio / 693.829112).toBeCloseTo(1, 3);
    const ratios = [0.553403, 2.289554, 1.302163, 10.126854, 8.04384, 3.107195, 6.765718];
    ratios.forEach((ratio, index) => expect(found.placebos[index]!.ratio / ratio).toBeCloseTo(1, 3));
    expect([found.rank, found.of, found.p]).toEqual([1, 8, 0.125]);
  });

  it('null: raises a false alarm about as often as it says, and its interval covers, with donors of unequal noise', () => {
    let [alarms, covered, half, runs] = [0, 0, 0, 0];
    for (let run = 0; run < 500; run += 1) {
      const [treated, ...donors] = world(20, 30);
      const found = syntheticControl(treated!, donors, 22);
      if ('refused' in found) continue;
      runs += 1;
      if (found.p <= 0.05) alarms += 1;
      if (found.p <= 0.5) half += 1;
      if ('low' in found.interval && found.interval.low <= 0 && found.interval.high >= 0) covered += 1;
    }
    expect(runs).toBeGreaterThan(450);
    expectRate(alarms, runs, 0.05);
    expectRate(half, runs, 0.5);
    expectRate(covered, runs, 0.95);
  });

  it('finds a planted 10 % within two points, and keeps its sign whichever donor is left out', () => {
    let [near, kept] = [0, 0];
    for (let run = 0; run < 60; run += 1) {
      const [treated, ...donors] = world(20, 40);
      const values = treated!.values.map((value, at) => (at < 30 ? value : 1.1 * value));
      const found = syntheticControl({ values }, donors, 30) as SyntheticControl;
      const expected = found.counterfactual.slice(30).reduce((sum, value) => sum + value, 0) / 10;
      if (Math.abs(found.meanEffect / expected - 0.1) < 0.02) near += 1;
      if (found.isSignKept) kept += 1;
    }
    expect(near).toBeGreaterThanOrEqual(50);
    expect(kept).toBe(60);
  });

  it('law: moves with its data: order, units and a shift of all change nothing but the units', () => {
    const [treated, ...donors] = world(9, 30);
    const plain = syntheticControl(treated!, donors, 20) as SyntheticControl;
    const mirrored = syntheticControl(treated!, donors.toReversed(), 20) as SyntheticControl;
    const hundredfold = (unit: Donor) => ({ ...unit, values: unit.values.map((value) => 100 * value) });
    const scaled = syntheticControl(hundredfold(treated!), donors.map(hundredfold), 20) as SyntheticControl;
    expect(mirrored.meanEffect).toBeCloseTo(plain.meanEffect, 7);
    expect(scaled.meanEffect).toBeCloseTo(100 * plain.meanEffect, 5);
    expect([mirrored.p, scaled.p]).toEqual([plain.p, plain.p]);
  });

  it('law: shows no p under 0.10 with 9 donors and gives no 95 % interval, whatever the effect; 19 donors can', () => {
    const lifted = (unit: Donor) => ({ values: unit.values.map((value, at) => (at < 20 ? value : value + 500)) });
    const [treated, ...nine] = world(10, 30);
    const few = syntheticControl(lifted(treated!), nine, 20) as SyntheticControl;
    expect([few.p, few.interval]).toEqual([0.1, { refused: 'too_few_donors', needed: 19 }]);
    const [other, ...nineteen] = world(20, 30);
    const enough = syntheticControl(lifted(other!), nineteen, 20) as SyntheticControl;
    expect(enough.p).toBe(0.05);
    expect(enough.detectable).toBeLessThan(500);
    expect('low' in enough.interval && enough.interval.low <= 500 && enough.interval.high >= 500).toBe(true);
  });

  it('refuses: a unit that no mixture follows, too few donors or periods, and values that cannot be', () => {
    const [treated, ...donors] = world(10, 30);
    const far = { values: treated!.values.map((value) => value * 3) };
    expect(syntheticControl(far, donors, 20)).toMatchObject({ refused: 'poor_fit', most: 0.1 });
    expect(syntheticControl(treated!, donors.slice(0, 2), 20)).toEqual({ refused: 'too_few_donors', needed: 3 });
    expect(syntheticControl(treated!, donors, 4)).toEqual({ refused: 'too_few_periods_before', needed: 5 });
    expect(syntheticControl(treated!, donors, 30)).toEqual({ refused: 'no_periods_after', needed: 1 });
    expect(() => syntheticControl({ values: [1, 2] }, donors, 1)).toThrow(RangeError);
    expect(() => syntheticControl({ values: treated!.values.map(() => Number.NaN) }, donors, 20)).toThrow(RangeError);
  });
});
