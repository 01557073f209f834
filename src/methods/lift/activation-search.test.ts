import { describe, expect, it } from 'vitest';
import type { TwoByTwo } from '../numeric/fisher-exact.ts';
import { seededRandom } from '../numeric/random.ts';
import { activationSearch, type ActivationSearch, type Behaviour } from './activation-search.ts';
import { expectAtMost } from '../simulation.fixture.ts';

const table = (didStayed: number, didLeft: number, notStayed: number, notLeft: number): TwoByTwo => ({
  didStayed,
  didLeft,
  notStayed,
  notLeft,
});
const both = (name: string, half: TwoByTwo): Behaviour => ({ name, training: half, holdOut: half });
const found = (behaviours: Behaviour[], options = {}) => activationSearch(behaviours, options) as ActivationSearch;

/** Behaviours that 5 % to 60 % do. Nobody's staying depends on them, but on the first one where it is planted: 55 % stay instead of 35 %. */
function people(random: () => number, sizes: { training: number; holdOut: number }, count: number, isPlanted: boolean): Behaviour[] {
  const shares = Array.from({ length: count }, (_, index) => (index === 0 ? 0.3 : 0.05 + 0.55 * random()));
  const behaviours = shares.map((_, index) => ({ name: `behaviour ${index}`, training: table(0, 0, 0, 0), holdOut: table(0, 0, 0, 0) }));
  for (const half of ['training', 'holdOut'] as const) {
    for (let person = 0; person < sizes[half]; person += 1) {
      const did = shares.map((share) => random() < share);
      const stays = random() < (isPlanted ? (did[0] ? 0.55 : 0.35) : 0.4);
      for (const [index, each] of behaviours.entries())
        each[half][`${did[index] ? 'did' : 'not'}${stays ? 'Stayed' : 'Left'}` as keyof TwoByTwo] += 1;
    }
  }
  return behaviours;
}

describe('search for early behaviour that goes with staying', () => {
  it('value: has the figures of scipy 1.17.1 (fisher_exact, contingency.association) and of Newcombe 1998 for one behaviour', () => {
    const { chosen } = found([both('invited a colleague', table(56, 14, 48, 32))]);
    expect(chosen[0]!.difference.low).toBeCloseTo(0.0524, 4);
    expect(chosen[0]!.difference.high).toBeCloseTo(0.3339, 4);
    expect(chosen[0]!.pValue).toBeCloseTo(0.012521129749209154, 10);
    expect(chosen[0]!.matthews).toBeCloseTo(0.21638563370731517, 10);
    expect(chosen[0]!.lift).toBeCloseTo(56 / 70 / (104 / 150), 12);
    expect(chosen[0]!.reach.share).toBeCloseTo(56 / 104, 12);
    expect(chosen[0]!.isFinding).toBe(true);
  });

  it('law: does not look at the hold-out half to choose, nor care for the order of the candidates', () => {
    const behaviours = people(seededRandom(3), { training: 400, holdOut: 300 }, 20, true);
    const names = found(behaviours).chosen.map(({ name }) => name);
    const other = people(seededRandom(4), { training: 400, holdOut: 350 }, 20, false);
    const swapped = behaviours.map((each, index) => ({ ...each, holdOut: other[index]!.holdOut }));
    expect(found(swapped).chosen.map(({ name }) => name)).toEqual(names);
    expect(found(behaviours.toReversed())).toEqual(found(behaviours));
    expect(found(behaviours).chosen.length + found(behaviours).leftOut.length).toBe(20);
  });

  it('null: finds anything among 25 behaviours that say nothing in at most 5 % of searches, with halves of unequal size', () => {
    const random = seededRandom(25);
    const runs = 500;
    let any = 0;
    let uncorrected = 0;
    for (let run = 0; run < runs; run += 1) {
      const result = activationSearch(
        people(random, { training: 150 + Math.floor(250 * random()), holdOut: 120 + Math.floor(150 * random()) }, 25, false),
      );
      if ('refused' in result) continue;
      any += result.chosen.some(({ isFinding }) => isFinding) ? 1 : 0;
      uncorrected += result.chosen.some(({ pValue }) => pValue <= 0.05) ? 1 : 0;
    }
    expectAtMost(any, runs, 0.05);
    expect(any / runs).toBeLessThanOrEqual(0.06);
    expect(uncorrected / runs).toBeGreaterThan(0.1);
  });

  it('finds the planted one (55 % stay, else 35 %; three in ten do it) in at least 80 % of searches with 500 people in each half', () => {
    const random = seededRandom(400);
    let planted = 0;
    for (let run = 0; run < 200; run += 1) {
      const { chosen } = found(people(random, { training: 500, holdOut: 500 }, 25, true));
      planted += chosen.some(({ name, isFinding }) => name === 'behaviour 0' && isFinding) ? 1 : 0;
    }
    expect(planted / 200).toBeGreaterThanOrEqual(0.8);
  });

  it('refuses: too few people and no candidate, says why each is left out, and refuses counts that cannot be', () => {
    expect(activationSearch([both('one', table(20, 5, 9, 60))])).toEqual({ refused: 'too_few', needed: 30 });
    expect(activationSearch([both('rare', table(5, 1, 55, 60))])).toEqual({ refused: 'no_candidate' });
    expect(activationSearch([both('against', table(10, 40, 50, 21))])).toEqual({ refused: 'no_candidate' });
    const kinds = [
      both('good', table(40, 20, 20, 41)),
      both('fair', table(35, 25, 25, 36)),
      both('rare', table(5, 1, 55, 60)),
      both('against', table(10, 40, 50, 21)),
    ];
    expect(found(kinds, { most: 1 }).leftOut).toEqual([
      { name: 'fair', why: 'not_among_the_best' },
      { name: 'rare', why: 'too_few' },
      { name: 'against', why: 'not_towards_staying' },
    ]);
    expect(() => activationSearch([both('a', table(40, 20, 20, 40)), both('b', table(41, 20, 20, 40))])).toThrow(RangeError);
    expect(() => activationSearch([both('a', table(40, 20, 20, Number.NaN))])).toThrow(RangeError);
  });
});
