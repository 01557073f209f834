import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type DifferenceInDifferences, differenceInDifferences } from './difference-in-differences.ts';
import { type GroupTimeEffects, groupTimeEffects, type StagedUnit } from './group-time-effects.ts';
import { drawn, normal } from './simulated.fixture.ts';
import { expectAtLeast, expectRate } from '../simulation.fixture.ts';

/** 240 accounts over five periods, made by arithmetic, so that any tool can make them again. */
const made = (): StagedUnit[] => {
  const groups: [from: number | null, units: number][] = [
    [null, 90],
    [2, 60],
    [3, 50],
    [4, 40],
  ];
  return groups
    .flatMap(([from, units]) => Array.from({ length: units }, () => from))
    .map((from, i) => ({
      from,
      outcomes: [0, 1, 2, 3, 4].map(
        (t) => ((7 * i * i + 31 * t * i + 13 * t * t) % 97) / 10 + 0.3 * t + (from !== null && t >= from ? 1 + 0.5 * (t - from) : 0),
      ),
    }));
};

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
  it('value: equal numpy 2.4.6 and scipy 1.17.1: each cell by its own regression with robust errors, the averages, the Wald test', () => {
    const found = groupTimeEffects(made()) as GroupTimeEffects;
    const ten = (values: { effect: number }[]) => values.map(({ effect }) => effect.toFixed(10));
    const cells = found.cells.toSorted((one, other) => one.group - other.group || one.period - other.period);
    expect(ten(cells)).toEqual(
      '0.5083333333 0.6461111111 1.2233333333 1.8544444444 0.0620000000 -0.2182222222 0.9542222222 1.8180000000 0.0275000000 -0.3497222222 0.4047222222 0.8927777778'.split(
        ' ',
      ),
    );
    expect(cells.map(({ error }) => error.toFixed(8))).toEqual(
      '0.59194106 0.59992105 0.63284669 0.63273042 0.65230659 0.69235074 0.66503352 0.76971984 0.65605180 0.68530885 0.70408978 0.70388100'.split(
        ' ',
      ),
    );
    expect(ten(found.groups)).toEqual(['1.2412962963', '1.3861111111', '0.8927777778']);
    expect(found.overall.effect).toBeCloseTo(1.1966296296, 9);
    expect(ten(found.byExposure)).toEqual('0.0275000000 -0.1209876543 0.2385185185 0.8145925926 1.4936363636 1.8544444444'.split(' '));
    expect(found.trendBefore).toEqual({ p: expect.closeTo(0.9713053364, 8), cells: 6 });
  });

  it('law: with one group of two periods is the plain difference in differences', () => {
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

  it('law: does not mind the order of accounts, nor what is constant of one, and says the same again', () => {
    const units = staged(seededRandom(71), () => 0);
    const there = groupTimeEffects(units) as GroupTimeEffects;
    expect(groupTimeEffects(units)).toEqual(there);
    const moved = units
      .toReversed()
      .map(({ from, outcomes }, place) => ({ from, outcomes: Array.from(outcomes, (value) => value + place) }));
    expect((groupTimeEffects(moved) as GroupTimeEffects).overall.effect).toBeCloseTo(there.overall.effect, 9);
  });

  it('null: alarms about 5 times in 100 where nothing is going on, with groups of 25, 40, 30 and 60; and covers effects that grow', () => {
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
    // Wald's test of a dozen cells is a little eager with 25 accounts in a group.
    expectRate(alarms, runs, 0.05);
    expect(trend / runs).toBeLessThan(0.12);
    expectRate(covered, runs, 0.95);
    expectAtLeast(held, runs, 0.95);
  });

  it('refuses: without a control, without a before, with few accounts, and what is no number', () => {
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
