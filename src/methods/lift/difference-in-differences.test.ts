import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type DifferenceInDifferences, differenceInDifferences, type PanelUnit } from './difference-in-differences.ts';
import { type MeanDifference, meanDifference } from './mean-difference.ts';
import { drawn, momentsOf, normal } from './simulated.fixture.ts';

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
  it('of two periods is t.test of the changes, and by hand 2 where the one changed by 3 and the other by 1', () => {
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

  it('does not see what is constant of an account, nor what happens to all of them at once', () => {
    const units = panel(seededRandom(60), plan);
    const there = differenceInDifferences(units, 12) as DifferenceInDifferences;
    const shifted = units.map(({ treated, outcomes }, place) => ({
      treated,
      outcomes: Array.from(outcomes, (value, at) => value + 100 * place + (at > 15 ? 40 : 0)),
    }));
    expect((differenceInDifferences(shifted, 12) as DifferenceInDifferences).difference).toBeCloseTo(there.difference, 8);
  });

  it('alarms about 5 times in 100 with noise that drags on, 22 accounts against 30; one period taken for one unit would alarm far more', () => {
    const random = seededRandom(61);
    let [alarms, naive, trend] = [0, 0, 0];
    for (let run = 0; run < 2000; run += 1) {
      const units = panel(random, plan);
      // One sample in thousands looks skewed by chance, and is refused.
      const found = differenceInDifferences(units, 12) as Partial<DifferenceInDifferences>;
      if ((found.p ?? 1) < 0.05) alarms += 1;
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
    for (const rate of [alarms / 2000, trend / 2000]) {
      expect(rate).toBeGreaterThan(0.034);
      expect(rate).toBeLessThan(0.066);
    }
    expect(naive / 2000).toBeGreaterThan(0.2);
  });

  it('covers a planted effect, and sees groups that were moving apart before', () => {
    const random = seededRandom(62);
    let [covered, seen] = [0, 0];
    for (let run = 0; run < 500; run += 1) {
      const { low, high } = differenceInDifferences(panel(random, { ...plan, effect: 2 }), 12) as DifferenceInDifferences;
      if (low <= 2 && 2 <= high) covered += 1;
      const apart = differenceInDifferences(panel(random, { ...plan, drift: 0.3 }), 12) as DifferenceInDifferences;
      if ((apart.trendBefore?.p ?? 1) < 0.05) seen += 1;
    }
    expect(covered / 500).toBeGreaterThan(0.92);
    expect(seen / 500).toBeGreaterThan(0.9);
  });

  it('refuses without a control, without a before or an after, with too few accounts, and rows that do not fit', () => {
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
