import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type MatchedControls, matchedControls, type MatchedUnit } from './matched-controls.ts';
import { expectAtMost } from '../simulation.fixture.ts';

/** 160 accounts of which the larger get it more often: what R was given too, rounded to six places. */
function accounts(seed: number, effect: number, count = 160): { treated: MatchedUnit[]; controls: MatchedUnit[] } {
  const random = seededRandom(seed);
  const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
  const all = Array.from({ length: count }, (_, index) => {
    const [size, age] = [rounded(10 * random()), rounded(20 * random())];
    const plan = random() < 0.4 ? 1 : 0;
    const isTreated = random() < 0.15 + 0.04 * size;
    const outcome = rounded(5 + 2 * size + 0.3 * age + 3 * plan + (isTreated ? effect : 0) + 4 * random());
    return { name: `account ${index}`, features: [size, age, plan], outcome, isTreated };
  });
  return { treated: all.filter(({ isTreated }) => isTreated), controls: all.filter(({ isTreated }) => !isTreated) };
}

const { treated, controls } = accounts(2006, 2);
const wide = { caliper: 99 };

describe('matched controls', () => {
  it('value: equals Matching 4.10-8 in R (Match, Mahalanobis, ties, BiasAdjust, Var.calc=1): estimate, Abadie-Imbens error, and what a caliper drops', () => {
    const one = matchedControls(treated, controls, wide) as MatchedControls;
    expect([one.effect.toFixed(10), one.standardError.toFixed(10)]).toEqual(['1.8192747455', '0.2406440880']);
    const three = matchedControls(treated, controls, { ...wide, neighbours: 3 }) as MatchedControls;
    expect([three.effect.toFixed(10), three.standardError.toFixed(10)]).toEqual(['1.7956741859', '0.2073314590']);
    const near = matchedControls(treated, controls) as MatchedControls;
    expect([near.effect.toFixed(10), near.leftOut.length]).toEqual(['1.7779580776', 4]);
  });

  it('law: does not care about the order of rows or the units of a feature, and moves with the units of the outcome', () => {
    const plain = matchedControls(treated, controls) as MatchedControls;
    const mirrored = matchedControls(treated.toReversed(), controls.toReversed()) as MatchedControls;
    expect(mirrored.effect).toBeCloseTo(plain.effect, 10);
    expect(mirrored.standardError).toBeCloseTo(plain.standardError, 10);
    const inCents = (unit: MatchedUnit) => ({ ...unit, outcome: 100 * unit.outcome, features: unit.features.map((value) => 1000 * value) });
    const scaled = matchedControls(treated.map(inCents), controls.map(inCents)) as MatchedControls;
    expect(scaled.effect).toBeCloseTo(100 * plain.effect, 6);
    expect(scaled.high).toBeCloseTo(100 * plain.high, 6);
  });

  it('null: undoes the advantage of the large ones: where nothing happened it says nothing, with arms of unequal size', () => {
    let [alarms, naive, runs] = [0, 0, 0];
    for (let seed = 0; seed < 600; seed += 1) {
      const world = accounts(seed, 0, 300);
      const found = matchedControls(world.treated, world.controls, { neighbours: 2 });
      if ('refused' in found) continue;
      runs += 1;
      if (found.low > 0 || found.high < 0) alarms += 1;
      const mean = (units: MatchedUnit[]) => units.reduce((sum, { outcome }) => sum + outcome, 0) / units.length;
      if (mean(world.treated) - mean(world.controls) > 1) naive += 1;
    }
    expect(runs).toBeGreaterThan(500);
    expectAtMost(alarms, runs, 0.05);
    expect(naive / runs).toBeGreaterThan(0.8);
  });

  it('would see what it calls detectable in about 8 of 10', () => {
    let [seen, runs] = [0, 0];
    const effect = (matchedControls(treated, controls) as MatchedControls).detectable;
    for (let seed = 500; seed < 650; seed += 1) {
      const world = accounts(seed, effect);
      const found = matchedControls(world.treated, world.controls);
      if ('refused' in found) continue;
      runs += 1;
      if (found.low > 0) seen += 1;
    }
    expect(seen / runs).toBeGreaterThan(0.68);
    expect(seen / runs).toBeLessThan(0.97);
  });

  it('refuses: arms that are too small, that do not overlap, or that stay unlike each other', () => {
    expect(matchedControls(treated.slice(0, 19), controls)).toEqual({ refused: 'too_few', needed: 20 });
    const far = controls.map((unit) => ({ ...unit, features: unit.features.map((value) => value + 100) }));
    expect(matchedControls(treated, far)).toMatchObject({ refused: 'no_overlap', matched: 0 });
    const small = controls.filter(({ features }) => features[0]! < 5);
    expect(matchedControls(treated, small, wide)).toMatchObject({ refused: 'imbalance', most: 0.1 });
    const broken = treated.map((unit) => ({ ...unit, outcome: Number.NaN }));
    expect(() => matchedControls(broken, controls)).toThrow(RangeError);
    expect(() =>
      matchedControls(
        treated.map((unit) => ({ ...unit, features: [] })),
        controls,
      ),
    ).toThrow(RangeError);
  });
});
