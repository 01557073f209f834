import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type DifferenceInDifferences, differenceInDifferences } from './difference-in-differences.ts';
import { type GroupTimeEffects, groupTimeEffects, type StagedUnit } from './group-time-effects.ts';
import { drawn, normal } from './simulated.fixture.ts';

/** Teen employment (log) of 500 counties, 2003 to 2007, and the year in which the minimum wage rose: `mpdta` of the R package did 2.5.1. */
const counties = (): StagedUnit[] =>
  readFileSync(join(import.meta.dirname, 'group-time-effects.fixture.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number))
    .map(([year, ...outcomes]) => ({ from: year === 0 ? null : year! - 2003, outcomes }));

const sizes: [from: number | null, units: number][] = [
  [null, 60],
  [3, 25],
  [5, 40],
  [7, 30],
];
const staged = (random: () => number, effect: (exposure: number) => number): StagedUnit[] =>
  sizes.flatMap(([from, units]) =>
    drawn(units, () => normal(random)).map((level) => {
      let noise = normal(random);
      const outcomes = Array.from({ length: 10 }, (_, at) => {
        noise = 0.6 * noise + normal(random);
        return 4 * level + 0.5 * at + noise + (from !== null && at >= from ? effect(at - from) : 0);
      });
      return { from, outcomes };
    }),
  );

describe('group-time effects of a staged roll-out', () => {
  it('equal the published example of the R package did 2.5.1: every cell, the averages, the Wald test', () => {
    const found = groupTimeEffects(counties(), { draws: 1000 }) as GroupTimeEffects;
    const four = (values: { effect: number }[]) => values.map(({ effect }) => effect.toFixed(4));
    expect(four(found.cells)).toEqual(
      '-0.0105 -0.0704 -0.1373 -0.1008 0.0065 -0.0028 -0.0046 -0.0412 0.0305 -0.0027 -0.0311 -0.0261'.split(' '),
    );
    expect(found.overall.effect.toFixed(4)).toBe('-0.0310');
    expect(found.overall.error).toBeCloseTo(0.0126, 3);
    expect(four(found.groups)).toEqual(['-0.0797', '-0.0229', '-0.0261']);
    expect(four(found.byExposure)).toEqual('0.0305 -0.0006 -0.0245 -0.0199 -0.0510 -0.1373 -0.1008'.split(' '));
    const errors = [0.0154, 0.0132, 0.0153, 0.0123, 0.0167, 0.0413, 0.0351];
    for (const [place, { error }] of found.byExposure.entries()) expect(error / errors[place]!).toBeCloseTo(1, 0);
    expect(found.trendBefore).toMatchObject({ p: expect.closeTo(0.16812, 4), cells: 5 });
    expect(found.byExposure[3]!.bandLow).toBeCloseTo(-0.0522, 2);
  });

  it('with one group of two periods is the plain difference in differences', () => {
    const random = seededRandom(70);
    const units = drawn(60, () => normal(random)).map((level, place) => ({
      from: place < 25 ? 1 : null,
      outcomes: [level, level + (place < 25 ? 1 : 0) + normal(random)],
    }));
    const plain = differenceInDifferences(
      units.map(({ from, outcomes }) => ({ treated: from !== null, outcomes })),
      1,
    ) as DifferenceInDifferences;
    const found = groupTimeEffects(units) as GroupTimeEffects;
    expect(found.overall.effect).toBeCloseTo(plain.difference, 10);
    expect(found.overall.error / plain.error).toBeCloseTo(1, 1);
  });

  it('does not mind the order of accounts, nor what is constant of one, and says the same again', () => {
    const units = staged(seededRandom(71), () => 0);
    const there = groupTimeEffects(units) as GroupTimeEffects;
    expect(groupTimeEffects(units)).toEqual(there);
    const moved = units
      .toReversed()
      .map(({ from, outcomes }, place) => ({ from, outcomes: Array.from(outcomes, (value) => value + place) }));
    expect((groupTimeEffects(moved) as GroupTimeEffects).overall.effect).toBeCloseTo(there.overall.effect, 9);
  });

  it('alarms about 5 times in 100 where nothing is going on, with groups of 25, 40, 30 and 60; and covers effects that grow', () => {
    const random = seededRandom(72);
    let [alarms, trend, covered, held] = [0, 0, 0, 0];
    const runs = 600;
    const truth = [7, 5, 3].map((periods, place) => ({ mean: (periods - 1) / 2, units: [25, 40, 30][place]! }));
    const overall = truth.reduce((sum, { mean, units }) => sum + mean * units, 0) / 95;
    for (let run = 0; run < runs; run += 1) {
      const none = groupTimeEffects(
        staged(random, () => 0),
        { draws: 100, seed: run },
      ) as GroupTimeEffects;
      if (none.overall.p < 0.05) alarms += 1;
      if (none.trendBefore!.p < 0.05) trend += 1;
      if (none.byExposure.every(({ bandLow, bandHigh }) => bandLow <= 0 && 0 <= bandHigh)) held += 1;
      const { low, high } = (
        groupTimeEffects(
          staged(random, (exposure) => exposure),
          { draws: 20 },
        ) as GroupTimeEffects
      ).overall;
      if (low <= overall && overall <= high) covered += 1;
    }
    // The 99.9% band of 600 runs; Wald's test of a dozen cells is a little eager with 25 accounts in a group.
    expect(alarms / runs).toBeGreaterThan(0.024);
    expect(alarms / runs).toBeLessThan(0.08);
    expect(trend / runs).toBeLessThan(0.12);
    expect(covered / runs).toBeGreaterThan(0.92);
    expect(held / runs).toBeGreaterThan(0.91);
  });

  it('refuses without a control, without a before, with few accounts, and what is no number', () => {
    const units = staged(seededRandom(73), () => 0);
    expect(groupTimeEffects(units.filter(({ from }) => from !== null))).toEqual({ refused: 'no_control', needed: null });
    expect(groupTimeEffects(units.filter(({ from }) => from === null))).toEqual({ refused: 'no_treated', needed: null });
    expect(groupTimeEffects(units.map((unit) => ({ ...unit, from: unit.from && 0 })))).toEqual({ refused: 'no_periods_before', needed: 1 });
    expect(groupTimeEffects(units.map((unit) => ({ ...unit, from: unit.from && 10 })))).toEqual({ refused: 'no_periods_after', needed: 1 });
    expect(groupTimeEffects(units.slice(55, 75))).toEqual({ refused: 'too_few', needed: 20 });
    const flat = units.map(({ from }) => ({ from, outcomes: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] }));
    expect(groupTimeEffects(flat)).toEqual({ refused: 'no_variance', needed: null });
    expect(() => groupTimeEffects([{ from: 1, outcomes: [1, Number.NaN] }])).toThrow(RangeError);
  });
});
