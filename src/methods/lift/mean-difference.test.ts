import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type MeanDifference, meanDifference } from './mean-difference.ts';
import { drawn, momentsOf, money, normal } from './simulated.fixture.ts';
import { expectEven, expectRate } from '../simulation.fixture.ts';

const asked = [3.1, 4.7, 2.2, 5.9, 6.1, 3.3, 4.4, 5.2, 7.7, 1.9, 3.8, 4.1, 6.6, 5.5, 2.9, 4.9, 3.6, 5.1, 4.3, 6.9, 2.5, 3.9];
const held = [2.1, 3.7, 1.2, 4.9, 3.1, 2.3, 3.4, 4.2, 5.7, 0.9, 2.8, 3.1, 4.6, 3.5, 1.9, 3.9, 2.6, 4.1, 3.3, 3.9, 1.5, 2.2, 3.0, 2.7, 4.4];
const hillstrom = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data', 'hillstrom/hillstrom.csv');

describe('difference of two means', () => {
  it('value: equals t.test of R 4: difference, interval, degrees and p', () => {
    const found = meanDifference(momentsOf(asked), momentsOf(held)) as MeanDifference;
    expect(found.low).toBeCloseTo(0.49829888578638565, 4);
    expect(found.high).toBeCloseTo(2.14533747784997697, 4);
    expect(found.t).toBeCloseTo(3.24684325523587, 10);
    expect(found.degrees).toBeCloseTo(38.9051428874304, 9);
    expect(found.p).toBeCloseTo(0.0024045124004055, 10);
  });

  it.skipIf(!existsSync(hillstrom))('value: gives the lift of spend that the Hillstrom e-mails are known for', () => {
    const lines = readFileSync(hillstrom, 'utf8').trim().split(/\r?\n/).slice(1);
    const cells = lines.map((line) => line.split(','));
    const spend = (arm: string) => momentsOf(cells.filter((row) => row.at(-4) === arm).map((row) => Number(row.at(-1))));
    const of = (one: string, other: string) => meanDifference(spend(one), spend(other)) as MeanDifference;
    const mens = of('Mens E-Mail', 'No E-Mail');
    expect([mens.difference.toFixed(6), mens.low.toFixed(6), mens.high.toFixed(6), mens.t.toFixed(2)]).toEqual([
      '0.769827',
      '0.485140',
      '1.054515',
      '5.30',
    ]);
    const womens = of('Womens E-Mail', 'No E-Mail');
    expect([womens.difference.toFixed(6), womens.t.toFixed(2)]).toEqual(['0.424412', '3.26']);
  });

  it('law: changes its sign when the groups change places, and scales with the currency', () => {
    const [one, other] = [momentsOf(asked), momentsOf(held)];
    const there = meanDifference(one, other) as MeanDifference;
    const back = meanDifference(other, one) as MeanDifference;
    expect(back.low).toBeCloseTo(-there.high, 12);
    const cents = (values: number[]) => momentsOf(values.map((value) => value * 100));
    const scaled = meanDifference(cents(asked), cents(held)) as MeanDifference;
    expect(scaled.low).toBeCloseTo(there.low * 100, 8);
    expect(scaled.p).toBeCloseTo(there.p, 10);
  });

  it('null: alarms about 5 times in 100 where nothing is going on, with 60 against 240 of unequal spread', () => {
    const random = seededRandom(21);
    let alarms = 0;
    const pValues: number[] = [];
    for (let run = 0; run < 2000; run += 1) {
      const found = meanDifference(momentsOf(drawn(60, () => 3 * normal(random))), momentsOf(drawn(240, () => normal(random))));
      if ('refused' in found) continue;
      pValues.push(found.p);
      if (found.p < 0.05) alarms += 1;
    }
    expectRate(alarms, 2000, 0.05);
    expectEven(pValues);
  });

  it('null: of money of which one in ten spends alarms about 5 times in 100 with 1,500 against 4,000', () => {
    const random = seededRandom(23);
    let [alarms, asked] = [0, 0];
    for (let run = 0; run < 1000; run += 1) {
      const found = meanDifference(momentsOf(drawn(1500, () => money(random))), momentsOf(drawn(4000, () => money(random))));
      if ('refused' in found) continue;
      asked += 1;
      if (found.p < 0.05) alarms += 1;
    }
    expect(asked).toBeGreaterThan(990);
    expectRate(alarms, asked, 0.05);
  });

  it('null: of accounts with 20 events each (likeness 0.2) alarms about 5 times in 100, 40 against 90; event by event it would alarm far more', () => {
    const random = seededRandom(24);
    let [alarms, naive] = [0, 0];
    const accounts = (count: number) =>
      drawn(count, () => normal(random) * Math.sqrt(0.2)).map((level) =>
        drawn(20, () => 0).map(() => level + Math.sqrt(0.8) * normal(random)),
      );
    for (let run = 0; run < 1000; run += 1) {
      const groups = [accounts(40), accounts(90)] as const;
      const [one, other] = groups.map((group) => momentsOf(group.map((events) => events.reduce((sum, value) => sum + value, 0))));
      if ((meanDifference(one!, other!) as MeanDifference).p < 0.05) alarms += 1;
      const [first, second] = groups.map((group) => momentsOf(group.flat()));
      if ((meanDifference(first!, second!) as MeanDifference).p < 0.05) naive += 1;
    }
    expectRate(alarms, 1000, 0.05);
    expect(naive / 1000).toBeGreaterThan(0.25);
  });

  it('null: of skewed money refuses 50 in a group; where it answers, 100 against 400 and 1,200 of whom one in ten spends, it covers', () => {
    const random = seededRandom(22);
    const lognormal = () => Math.exp(1.2 * normal(random));
    const compare = (units: [number, number], one: () => number, runs: number) => {
      const found = drawn(runs, () => 0).map(() => meanDifference(momentsOf(drawn(units[0], one)), momentsOf(drawn(units[1], one))));
      const answered = found.filter((each): each is MeanDifference => !('refused' in each));
      const covered = answered.filter(({ low, high }) => low <= 0 && 0 <= high).length;
      return { refused: 1 - answered.length / runs, coverage: covered / answered.length };
    };
    expect(compare([50, 150], lognormal, 300).refused).toBeGreaterThan(0.8);
    const plain = compare([100, 400], lognormal, 2000);
    expect(plain.refused).toBeLessThan(0.05);
    expect(plain.coverage).toBeGreaterThan(0.92);
    const rare = compare([1200, 3600], () => money(random), 600);
    expect(rare.refused).toBeLessThan(0.05);
    expect(rare.coverage).toBeGreaterThan(0.92);
  });

  it('refuses: too few units and units that do not differ, and says how many skewed money needs', () => {
    const even = { n: 100, mean: 1, variance: 0 };
    expect(meanDifference(even, even)).toEqual({ refused: 'no_variance', needed: null });
    expect(meanDifference({ n: 19, mean: 1, variance: 1 }, even)).toEqual({ refused: 'too_few', needed: 20 });
    const skewed = { n: 100, mean: 1, variance: 1, skewness: 8, active: 50 };
    expect(meanDifference(skewed, skewed)).toEqual({ refused: 'too_skewed', needed: 200 });
    expect(() => meanDifference({ n: 20, mean: 0, variance: -1 }, even)).toThrow(RangeError);
  });
});
