import { seededRandom } from '../numeric/random.ts';

export const lots = ['simple', 'stratified', 'pairs', 'stepped_wedge'] as const;
export type Lot = (typeof lots)[number];
export type LotPlan = { lot: Lot; treatedShare: number; waves: number; seed: number };
export type LotUnit = { key: string; stratum?: string; score?: number };
export type Drawn = { key: string; wave: number; group: string };
export type NoLot = { refused: 'too_few'; needed: number };

const fewest = 4;

/** The order of rows must not matter, in any locale. */
const byKey = (one: LotUnit, other: LotUnit) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const mixed = [...values];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1));
    [mixed[last], mixed[chosen]] = [mixed[chosen]!, mixed[last]!];
  }
  return mixed;
}

/** Deals strata after one another, so that what does not divide in one is made up for in the next. */
function stratified(units: readonly LotUnit[], share: number, random: () => number): Drawn[] {
  const strata = [...new Set(units.map(({ stratum = '' }) => stratum))].sort();
  const offset = random();
  let dealt = 0;
  return strata.flatMap((stratum) =>
    shuffled(
      units.filter((unit) => (unit.stratum ?? '') === stratum),
      random,
    ).map(({ key }) => {
      const treated = Math.floor((dealt + 1) * share + offset) > Math.floor(dealt * share + offset);
      dealt += 1;
      return { key, wave: treated ? 1 : 0, group: stratum };
    }),
  );
}

/** Neighbours in score make a pair, a coin decides within it; of an odd number the last one is in no pair and left out. */
function paired(units: readonly LotUnit[], random: () => number): Drawn[] {
  const ordered = units.toSorted((one, two) => (two.score ?? 0) - (one.score ?? 0) || byKey(one, two));
  const drawn: Drawn[] = [];
  for (let at = 0; at + 1 < ordered.length; at += 2) {
    const first = random() < 0.5 ? 1 : 0;
    const group = `pair ${at / 2 + 1}`;
    drawn.push({ key: ordered[at]!.key, wave: first, group }, { key: ordered[at + 1]!.key, wave: 1 - first, group });
  }
  return drawn;
}

/**
 * Draws a lot: who gets it, who is held out, or in which wave each gets it.
 *
 * Method: units are put in the order of their keys, so that the same units and seed give the same lot whatever order they come in, and
 * shuffled (Fisher and Yates). Simple: the first share of them. Stratified: within each stratum, what does not divide being
 * carried on, so that the whole has its share too. Pairs: neighbours in score, a coin for each. Stepped wedge: waves of equal size.
 * Shapes and units: keys are unique; treatedShare above 0 and below 1 (a half in pairs); waves 2 or more for a stepped wedge. wave 0
 * is held out, 1 and up get it, in that order; group is the stratum or pair.
 * Assumes: the units are those of the analysis: an account, not its people.
 * Do not use it for: secrets, or lots that somebody who knows the seed must not foresee.
 * Errors: RangeError for keys that come twice, a share or number of waves that cannot be.
 * Refusal: too_few under four units, or under two a wave.
 * Reference: R. A. Fisher, F. Yates, Statistical Tables (1938); G. W. Imbens, D. B. Rubin, Causal Inference (2015), chapters 4, 9 and 10.
 *
 * @example
 * randomAssignment([{ key: 'a' }], { lot: 'simple', treatedShare: 0.5, waves: 1, seed: 1 }) // { refused: 'too_few', needed: 4 }
 */
export function randomAssignment(units: readonly LotUnit[], { lot, treatedShare, waves, seed }: LotPlan): Drawn[] | NoLot {
  if (new Set(units.map(({ key }) => key)).size < units.length) throw new RangeError('Each unit needs a key of its own.');
  if (!(treatedShare > 0 && treatedShare < 1)) throw new RangeError('The share must be above 0 and below 1.');
  if (lot === 'stepped_wedge' && !(Number.isSafeInteger(waves) && waves >= 2))
    throw new RangeError('A stepped wedge has two waves or more.');
  const needed = lot === 'stepped_wedge' ? Math.max(fewest, 2 * waves) : fewest;
  if (units.length < needed) return { refused: 'too_few', needed };
  const random = seededRandom(seed);
  const ordered = units.toSorted(byKey);
  if (lot === 'stratified') return stratified(ordered, treatedShare, random);
  if (lot === 'pairs') return paired(ordered, random);
  const mixed = shuffled(ordered, random);
  if (lot === 'simple') {
    const treated = Math.min(units.length - 1, Math.max(1, Math.round(treatedShare * units.length)));
    return mixed.map(({ key }, at) => ({ key, wave: at < treated ? 1 : 0, group: '' }));
  }
  return mixed.map(({ key }, at) => ({ key, wave: Math.floor((at * waves) / mixed.length) + 1, group: '' }));
}
