import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type AdjustedMeanDifference, adjustedMeanDifference, type PairedMoments } from './adjusted-mean-difference.ts';
import { type MeanDifference, meanDifference } from './mean-difference.ts';
import { drawn, momentsOf, normal } from './simulated.fixture.ts';
import { expectEven, expectRate } from '../simulation.fixture.ts';

const pairedOf = (after: number[], before: number[]): PairedMoments => {
  const [y, x] = [momentsOf(after), momentsOf(before)];
  const covariance = after.reduce((sum, value, place) => sum + (value - y.mean) * (before[place]! - x.mean), 0) / (after.length - 1);
  return { ...y, before: x, covariance };
};

const y1 = [3.1, 4.7, 2.2, 5.9, 6.1, 3.3, 4.4, 5.2, 7.7, 1.9, 3.8, 4.1, 6.6, 5.5, 2.9, 4.9, 3.6, 5.1, 4.3, 6.9, 2.5, 3.9];
const x1 = [2.8, 4.1, 2.5, 5.0, 5.2, 3.0, 3.9, 4.9, 6.3, 2.2, 3.1, 3.9, 5.1, 5.6, 2.4, 4.2, 3.3, 4.6, 4.4, 5.5, 2.9, 3.4];
const y0 = [2.1, 3.7, 1.2, 4.9, 3.1, 2.3, 3.4, 4.2, 5.7, 0.9, 2.8, 3.1, 4.6, 3.5, 1.9, 3.9, 2.6, 4.1, 3.3, 3.9, 1.5, 2.2, 3.0, 2.7, 4.4];
const x0 = [2.6, 4.2, 2.0, 5.1, 3.4, 2.9, 3.9, 4.4, 5.6, 1.7, 3.0, 3.8, 4.7, 4.1, 2.2, 4.3, 3.3, 4.2, 3.9, 4.0, 2.1, 2.9, 3.5, 3.1, 4.8];

type Drawn = { after: number[]; before: number[] };
const group = (random: () => number, units: number, effect: number): Drawn => {
  const before = drawn(units, () => 10 + 3 * normal(random));
  return { before, after: before.map((value) => value + effect + 2 * normal(random)) };
};

describe('difference of means with what was known before taken out', () => {
  it('value: equals lm(y ~ group + before) and t.test of what is left, in R 4', () => {
    const found = adjustedMeanDifference(pairedOf(y1, x1), pairedOf(y0, x0)) as AdjustedMeanDifference;
    expect(found.difference).toBeCloseTo(0.80075197876055548, 10);
    expect(found.slope).toBeCloseTo(1.22420509048139703, 10);
    expect(found.t).toBeCloseTo(8.0178464405459, 8);
    expect([found.low, found.high].map((value) => value.toFixed(4))).toEqual(['0.5965', '1.0050']);
  });

  it('law: without a link to what was before it is the plain difference; with one it is narrower, and adding the same to all before changes nothing', () => {
    const unlinked = (one: PairedMoments): PairedMoments => ({ ...one, covariance: 0 });
    const plain = meanDifference(momentsOf(y1), momentsOf(y0)) as MeanDifference;
    const none = adjustedMeanDifference(unlinked(pairedOf(y1, x1)), unlinked(pairedOf(y0, x0))) as AdjustedMeanDifference;
    expect([none.low, none.varianceLeft]).toEqual([plain.low, 1]);
    const linked = adjustedMeanDifference(pairedOf(y1, x1), pairedOf(y0, x0)) as AdjustedMeanDifference;
    expect(linked.varianceLeft).toBeLessThan(0.2);
    const moved = (values: number[]) => values.map((value) => value + 1000);
    const shifted = adjustedMeanDifference(pairedOf(y1, moved(x1)), pairedOf(y0, moved(x0))) as AdjustedMeanDifference;
    expect(shifted.difference).toBeCloseTo(linked.difference, 8);
  });

  it('null: alarms about 5 times in 100 where nothing is going on, 80 against 240, and covers a true effect of 1', () => {
    const random = seededRandom(31);
    let [alarms, covered] = [0, 0];
    const pValues: number[] = [];
    const of = (one: Drawn, other: Drawn) =>
      adjustedMeanDifference(pairedOf(one.after, one.before), pairedOf(other.after, other.before)) as AdjustedMeanDifference;
    for (let run = 0; run < 2000; run += 1) {
      const { p } = of(group(random, 80, 0), group(random, 240, 0));
      pValues.push(p);
      if (p < 0.05) alarms += 1;
      const { low, high } = of(group(random, 80, 1), group(random, 240, 0));
      if (low <= 1 && 1 <= high) covered += 1;
    }
    expectRate(alarms, 2000, 0.05);
    expectEven(pValues);
    expectRate(covered, 2000, 0.95);
  });

  it('refuses: a covariate that says the same of everybody, and too few units', () => {
    const one = pairedOf(y1, x1);
    const flat = { ...one, before: { mean: 1, variance: 0 }, covariance: 0 };
    expect(adjustedMeanDifference(flat, flat)).toEqual({ refused: 'no_variance', needed: null });
    expect(adjustedMeanDifference({ ...one, n: 5 }, one)).toEqual({ refused: 'too_few', needed: 20 });
  });
});
