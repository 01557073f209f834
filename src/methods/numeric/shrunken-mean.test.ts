import { describe, expect, it } from 'vitest';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';
import { type Group, shrunkenMeans, type ShrunkenMeans, starGroup } from './shrunken-mean.ts';
import { expectRate } from '../simulation.fixture.ts';

const shrunk = (groups: Group[]) => shrunkenMeans(groups) as ShrunkenMeans;
const rounded = (value: number) => Math.min(5, Math.max(1, Math.round(value)));

/** Subjects of 2 to 200 answers whose true means differ by `apart` (standard deviation) around 3.4 stars. */
function subjects(random: () => number, count: number, apart: number): { truth: number; group: Group }[] {
  return Array.from({ length: count }, () => {
    const truth = 3.4 + apart * normalQuantile(random() || 0.5);
    const counts = [0, 0, 0, 0, 0];
    const answers = 2 + Math.floor(random() ** 3 * 200);
    for (let answer = 0; answer < answers; answer += 1) counts[rounded(truth + 1.1 * normalQuantile(random() || 0.5)) - 1]! += 1;
    return { truth, group: starGroup(counts) };
  });
}

describe('means pulled together for ranking', () => {
  it('value: equals R 4.2.2 (actuar 3.3-2, cm) on the claims of five states of Hachemeister 1975', () => {
    const states: [number, number, number][] = [
      [100155, 2060.92139184, 5887387162.118],
      [19895, 1511.22412666, 372540869.619],
      [13735, 1805.84273753, 834752830.313],
      [4152, 1352.97591522, 283476771.592],
      [36110, 1599.82860703, 273443792.249],
    ];
    const { overall, groups } = shrunk(states.map(([weight, mean, squaresWithin]) => ({ weight, mean, squaresWithin, degrees: 11 })));
    expect(overall).toBeCloseTo(1683.71343705, 5);
    const credibility = [0.984740401933, 0.927635217975, 0.898475355207, 0.727909209401, 0.958791149399];
    const premium = [2055.16535006, 1523.70627801, 1793.44360368, 1442.96654902, 1603.28540446];
    for (const [index, group] of groups.entries()) {
      expect(group.credibility).toBeCloseTo(credibility[index]!, 9);
      expect(group.shrunken).toBeCloseTo(premium[index]!, 5);
    }
  });

  it('law: keeps every mean between itself and the overall mean, does not care for order, and moves with the scale', () => {
    const groups = subjects(seededRandom(1), 12, 0.6).map(({ group }) => group);
    const { overall, groups: found } = shrunk(groups);
    for (const { mean, shrunken } of found) {
      expect(Math.min(mean, overall) - 1e-12 <= shrunken && shrunken <= Math.max(mean, overall) + 1e-12).toBe(true);
    }
    expect(shrunk(groups.toReversed()).groups[0]!.shrunken).toBeCloseTo(found.at(-1)!.shrunken, 10);
    const moved = shrunk(groups.map((group) => ({ ...group, mean: 10 * group.mean + 3, squaresWithin: 100 * group.squaresWithin })));
    expect(moved.groups[2]!.shrunken).toBeCloseTo(10 * found[2]!.shrunken + 3, 8);
  });

  it('null: finds no difference about 95 times in 100 where subjects of 2 to 200 answers are all alike', () => {
    const random = seededRandom(1970);
    const runs = 2000;
    let ranked = 0;
    for (let run = 0; run < runs; run += 1) {
      if (!('refused' in shrunkenMeans(subjects(random, 15, 0).map(({ group }) => group)))) ranked += 1;
    }
    expectRate(ranked, runs, 0.05);
  });

  it('comes nearer to the truth than the plain mean, and puts a subject of under ten answers on top less often', () => {
    const random = seededRandom(4);
    const wrong = { plain: 0, shrunken: 0 };
    const few = { plain: 0, shrunken: 0 };
    for (let run = 0; run < 400; run += 1) {
      const drawn = subjects(random, 15, 0.4);
      const found = shrunkenMeans(drawn.map(({ group }) => group));
      if ('refused' in found) continue;
      for (const [index, { truth }] of drawn.entries()) {
        wrong.plain += (found.groups[index]!.mean - truth) ** 2;
        wrong.shrunken += (found.groups[index]!.shrunken - truth) ** 2;
      }
      const top = (value: 'mean' | 'shrunken') => found.groups.reduce((best, group) => (group[value] > best[value] ? group : best));
      few.plain += top('mean').weight < 10 ? 1 : 0;
      few.shrunken += top('shrunken').weight < 10 ? 1 : 0;
    }
    expect(wrong.shrunken).toBeLessThan(0.7 * wrong.plain);
    expect(few.shrunken).toBeLessThan(0.5 * few.plain);
  });

  it('refuses: under five subjects, answers that are all alike, and means that do not differ', () => {
    const alike = [3, 9, 5, 7, 2].map((count) => starGroup([0, count, count, count, 0]));
    expect(shrunkenMeans(alike.slice(1))).toEqual({ refused: 'too_few_groups', needed: 5 });
    expect(shrunkenMeans(alike)).toEqual({ refused: 'no_difference_seen' });
    expect(shrunkenMeans([4, 5, 6, 7, 8].map((count) => starGroup([0, 0, 0, count, 0])))).toEqual({ refused: 'no_spread_within' });
    expect(shrunkenMeans([1, 2, 3, 4, 5].map((star) => starGroup([1, 2, 3, 4, 5].map((each) => (each === star ? 1 : 0)))))).toEqual({
      refused: 'no_spread_within',
    });
    expect(() => starGroup([0, 0])).toThrow(RangeError);
    expect(() => shrunkenMeans([{ weight: 0, mean: 3, squaresWithin: 1, degrees: 1 }])).toThrow(RangeError);
  });
});
