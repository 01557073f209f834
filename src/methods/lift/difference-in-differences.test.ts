import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type DifferenceInDifferences, differenceInDifferences, type PanelUnit } from './difference-in-differences.ts';
import { type MeanDifference, meanDifference } from './mean-difference.ts';
import { drawn, momentsOf, normal } from './simulated.fixture.ts';
import { expectEven, expectRate } from '../simulation.fixture.ts';

type Plan = { treated: number; control: number; periods: number; begins: number; effect?: number; drift?: number };

/** Accounts of unequal size whose noise drags on from period to period (0.8). */
const panel = (random: () => number, { treated, control, periods, begins, effect = 0, drift = 0 }: Plan): PanelUnit[] =>
  drawn(treated + control, () => normal(random)).map((level, place) => {
    const isTreated = place < treated;
    let noise = normal(random) / 0.6;
    const outcomes = Array.from({ length: periods }, (_, at) => {
      noise = 0.8 * noise + normal(random);
      const added = (isTreated ? drift * at : 0) + (isTreated && at >= begins ? effect : 0);
      return 5 * level + 0.3 * at + noise + added;
    });
    return { treated: isTreated, outcomes };
  });
const plan: Plan = { treated: 22, control: 30, periods: 24, begins: 12 };

describe('difference in differences', () => {
  it('value: equals scipy 1.17.1 (ttest_ind of unlike variances: of changes, and of slopes of numpy 2.4.6) and two-way fixed effects of statsmodels 0.15.0', () => {
    // 52 accounts over 8 periods, made by arithmetic so that any tool can make them again.
    const units = Array.from({ length: 52 }, (_, i): PanelUnit => {
      const gets = (t: number) => (i < 22 && t >= 5 ? 2.5 : 0);
      return {
        treated: i < 22,
        outcomes: drawn(8, () => 0).map((_zero, t) => ((7 * i * i + 31 * t * i + 13 * t * t) % 97) / 10 + 0.3 * t + gets(t)),
      };
    });
    const { difference, t, degrees, p, low, high, trendBefore } = differenceInDifferences(units, 5) as DifferenceInDifferences;
    expect(difference).toBeCloseTo(3.719434343434, 10);
    expect([t, degrees]).toEqual([expect.closeTo(6.248054012929, 9), expect.closeTo(48.7361557, 6)]);
    expect(p / 9.889300506930851e-8).toBeCloseTo(1, 8);
    // The quantile of Student's t is within 0.03 %.
    expect([low, high]).toEqual([expect.closeTo(2.522980726, 3), expect.closeTo(4.91588796, 3)]);
    expect([trendBefore!.difference, trendBefore!.p]).toEqual([expect.closeTo(0.174545454545, 10), expect.closeTo(0.476227864135, 9)]);
  });

  it('law: of two periods is t.test of the changes, and by hand 2 where the one changed by 3 and the other by 1', () => {
    const units: PanelUnit[] = Array.from({ length: 40 }, (_, place) => {
      const wobble = place % 4 === 0 ? 0.1 : -0.1;
      return { treated: place < 20, outcomes: [place, place + (place < 20 ? 3 : 1) + wobble] };
    });
    const found = differenceInDifferences(units, 1) as DifferenceInDifferences;
    const changes = (isTreated: boolean) =>
      momentsOf(units.filter(({ treated }) => treated === isTreated).map(({ outcomes }) => outcomes[1]! - outcomes[0]!));
    const apart = meanDifference(changes(true), changes(false)) as MeanDifference;
    expect(found.difference).toBeCloseTo(2, 12);
    expect([found.low, found.high, found.p]).toEqual([apart.low, apart.high, apart.p].map((value) => expect.closeTo(value, 9)));
    expect(found.trendBefore).toBeNull();
  });

  it('law: does not see what is constant of an account, nor what happens to all of them at once', () => {
    const units = panel(seededRandom(60), plan);
    const there = differenceInDifferences(units, 12) as DifferenceInDifferences;
    const shifted = units.map(({ treated, outcomes }, place) => ({
      treated,
      outcomes: Array.from(outcomes, (value, at) => value + 100 * place + (at > 15 ? 40 : 0)),
    }));
    expect((differenceInDifferences(shifted, 12) as DifferenceInDifferences).difference).toBeCloseTo(there.difference, 8);
  });

  it('null: alarms about 5 times in 100 with noise that drags on, 22 accounts against 30; one period taken for one unit would alarm far more', () => {
    const random = seededRandom(61);
    let [alarms, naive, trend] = [0, 0, 0];
    const pValues: number[] = [];
    for (let run = 0; run < 2000; run += 1) {
      const units = panel(random, plan);
      // One sample in thousands looks skewed by chance, and is refused.
      const found = differenceInDifferences(units, 12) as Partial<DifferenceInDifferences>;
      if ((found.p ?? 1) < 0.05) alarms += 1;
      if (found.p !== undefined) pValues.push(found.p);
      if ((found.trendBefore?.p ?? 1) < 0.05) trend += 1;
      const flat = (isTreated: boolean) =>
        momentsOf(
          units
            .filter(({ treated }) => treated === isTreated)
            .flatMap(({ outcomes }) => {
              const before =
                Array.from(outcomes)
                  .slice(0, 12)
                  .reduce((sum, value) => sum + value, 0) / 12;
              return Array.from(outcomes)
                .slice(12)
                .map((value) => value - before);
            }),
        );
      if ((meanDifference(flat(true), flat(false)) as MeanDifference).p < 0.05) naive += 1;
    }
    for (const count of [alarms, trend]) expectRate(count, 2000, 0.05);
    expectEven(pValues);
    expect(naive / 2000).toBeGreaterThan(0.2);
  });

  it('null: covers a planted effect, and sees groups that were moving apart before', () => {
    const random = seededRandom(62);
    let [covered, seen] = [0, 0];
    for (let run = 0; run < 500; run += 1) {
      const { low, high } = differenceInDifferences(panel(random, { ...plan, effect: 2 }), 12) as DifferenceInDifferences;
      if (low <= 2 && 2 <= high) covered += 1;
      const apart = differenceInDifferences(panel(random, { ...plan, drift: 0.3 }), 12) as DifferenceInDifferences;
      if ((apart.trendBefore?.p ?? 1) < 0.05) seen += 1;
    }
    expectRate(covered, 500, 0.95);
    expect(seen / 500).toBeGreaterThan(0.9);
  });

  it('refuses: without a control, without a before or an after, with too few accounts, and rows that do not fit', () => {
    const units = panel(seededRandom(63), plan);
    const only = (isTreated: boolean) => units.filter(({ treated }) => treated === isTreated);
    expect(differenceInDifferences(only(true), 12)).toEqual({ refused: 'no_control', needed: null });
    expect(differenceInDifferences(only(false), 12)).toEqual({ refused: 'no_treated', needed: null });
    expect(differenceInDifferences(units, 0)).toEqual({ refused: 'no_periods_before', needed: 1 });
    expect(differenceInDifferences(units, 24)).toEqual({ refused: 'no_periods_after', needed: 1 });
    expect(differenceInDifferences(units.slice(15, 40), 12)).toEqual({ refused: 'too_few', needed: 20 });
    expect(() => differenceInDifferences([...units, { treated: true, outcomes: [1] }], 12)).toThrow(RangeError);
    expect(() => differenceInDifferences([{ treated: true, outcomes: [Number.NaN, 1] }], 1)).toThrow(RangeError);
  });
});
