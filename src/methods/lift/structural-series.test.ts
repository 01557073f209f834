import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../numeric/normal.ts';
import { seededRandom } from '../numeric/random.ts';
import { type StructuralSeries, structuralSeries } from './structural-series.ts';
import { expectAtLeast, expectAtMost } from '../simulation.fixture.ts';

const reference = JSON.parse(readFileSync(join(import.meta.dirname, 'structural-series.reference.json'), 'utf8')) as { rows: number[][] };
const column = (index: number) => reference.rows.map((row) => row[index]!);
const published = {
  values: column(0),
  controls: [1, 2, 3].map((index) => ({ name: `control ${index}`, values: column(index) })),
  before: 90,
};
const priorOfCausalImpact = { noise: { variance: 0.2, worth: 50 }, step: { deviation: 0.01, worth: 32 } };

const random = seededRandom(2015);
const normal = () => normalQuantile(random() + 2 ** -34);

/** A series that hangs on the first of two controls; `step` says how restless its level is; `weekly` adds a season of seven. */
function world({
  before,
  after,
  step,
  effect = 0,
  weekly = 0,
}: {
  before: number;
  after: number;
  step: number;
  effect?: number;
  weekly?: number;
}) {
  const walk = (kept: number) => {
    let at = 0;
    return Array.from({ length: before + after }, () => (at = kept * at + normal()));
  };
  const [one, other] = [walk(0.9), walk(0.5)];
  let level = 0;
  const values = one.map((value, at) => {
    level += step * normal();
    return 50 + value + level + weekly * Math.cos((2 * Math.PI * at) / 7) + normal() + (at < before ? 0 : effect);
  });
  return {
    values,
    controls: [
      { name: 'one', values: one },
      { name: 'other', values: other },
    ],
    before,
  };
}

describe('structural series', () => {
  it('value: equals CausalImpact in R, with its priors, on the published comparison: -657 (736), from -2,076 to 832', () => {
    const { meanEffect, deviation } = structuralSeries({ ...published, draws: 10_000, prior: priorOfCausalImpact }) as StructuralSeries;
    expect(Math.abs(meanEffect.middle + 657)).toBeLessThan(60);
    expect(Math.abs(deviation - 736)).toBeLessThan(25);
    expect(Math.abs(meanEffect.low + 2076)).toBeLessThan(90);
    expect(Math.abs(meanEffect.high - 832)).toBeLessThan(90);
  });

  it('null: covers no effect at least 95 times in 100 where the level rests and where it wanders, over periods of unequal number', () => {
    for (const [step, before, after] of [
      [0.05, 30, 5],
      [0.2, 40, 12],
    ] as const) {
      let [covered, tails] = [0, 0];
      const runs = 500;
      for (let run = 0; run < runs; run += 1) {
        const { totalEffect, tail } = structuralSeries({ ...world({ before, after, step }), draws: 200, seed: run }) as StructuralSeries;
        if (totalEffect.low <= 0 && totalEffect.high >= 0) covered += 1;
        if (tail < 0.025) tails += 1;
      }
      expectAtLeast(covered, runs, 0.95);
      expectAtMost(tails, runs, 0.05);
    }
  });

  it('finds a planted effect, with a season in the way', () => {
    const found = structuralSeries({
      ...world({ before: 70, after: 21, step: 0.02, effect: 5, weekly: 3 }),
      season: 7,
    }) as StructuralSeries;
    expect(found.meanEffect.low).toBeLessThan(5);
    expect(found.meanEffect.high).toBeGreaterThan(5);
    expect(found.meanEffect.low).toBeGreaterThan(0);
    expect(found.detectable).toBeLessThan(5);
    expect(found.rehearsal).toMatchObject({ isPassed: true });
  });

  it('law: gives the same for the same seed; moves with units and shifts; what is added after the change is added to the effect', () => {
    const asked = world({ before: 40, after: 10, step: 0.1 });
    const plain = structuralSeries(asked) as StructuralSeries;
    expect(structuralSeries(asked)).toEqual(plain);
    const scaled = structuralSeries({ ...asked, values: asked.values.map((value) => 100 * value + 7) }) as StructuralSeries;
    expect(scaled.totalEffect.low).toBeCloseTo(100 * plain.totalEffect.low, 6);
    const lifted = structuralSeries({ ...asked, values: asked.values.map((value, at) => value + (at < 40 ? 0 : 3)) }) as StructuralSeries;
    expect(lifted.meanEffect.middle).toBeCloseTo(plain.meanEffect.middle + 3, 8);
  });

  it('the rehearsal fails where the series had left its controls before the change', () => {
    const asked = world({ before: 45, after: 10, step: 0 });
    const values = asked.values.map((value, at) => value + (at < 30 ? 0 : 25));
    expect((structuralSeries({ ...asked, values }) as StructuralSeries).rehearsal).toMatchObject({ isPassed: false });
  });

  it('refuses: a series without controls, too short, with more controls than it can bear, or that never moves', () => {
    const asked = world({ before: 40, after: 10, step: 0.1 });
    expect(structuralSeries({ ...asked, controls: [] })).toEqual({ refused: 'no_controls' });
    expect(structuralSeries({ ...asked, before: 8 })).toEqual({ refused: 'too_few_periods_before', needed: 12 });
    expect(structuralSeries({ ...asked, before: 50 })).toEqual({ refused: 'no_periods_after', needed: 1 });
    expect(structuralSeries({ ...asked, before: 12, season: 7 })).toEqual({ refused: 'too_many_controls', most: 0 });
    expect(structuralSeries({ ...asked, values: asked.values.map(() => 4) })).toEqual({ refused: 'no_variation', name: '' });
    expect(() => structuralSeries({ ...asked, values: [1] })).toThrow(RangeError);
    expect(() => structuralSeries({ ...asked, values: asked.values.map(() => Number.NaN) })).toThrow(RangeError);
    expect(() => structuralSeries({ ...asked, season: 0.5 })).toThrow(RangeError);
  });
});
