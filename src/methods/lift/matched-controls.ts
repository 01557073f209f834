import { allSteps } from '../numeric/all-steps.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { solveSymmetric, triangleOf } from '../numeric/symmetric-system.ts';
import { studentQuantile } from '../numeric/student.ts';

export type MatchedUnit = { name: string; features: readonly number[]; outcome: number };
export type Balance = { before: number; after: number; meanTreated: number; meanControl: number; meanMatched: number };
export type MatchedControls = {
  effect: number;
  standardError: number;
  low: number;
  high: number;
  matched: number;
  leftOut: string[];
  controlsUsed: number;
  treatedMean: number;
  matchedMean: number;
  balance: Balance[];
  pairs: { name: string; matches: string[] }[];
  detectable: number;
};
export type NoMatchedControls =
  | { refused: 'too_few'; needed: number }
  | { refused: 'no_overlap'; matched: number; of: number }
  | { refused: 'imbalance'; balance: Balance[]; most: number };

type Options = { neighbours?: number; caliper?: number; confidence?: number };

const fewest = 20;
const leastMatchedShare = 0.7;
const mostDifference = 0.1;

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const varianceOf = (values: readonly number[]) => {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
};

/** Turns features into places whose plain distance is Mahalanobis's; features that never vary are left out. */
function placesOf(units: readonly MatchedUnit[]): number[][] {
  const varying = units[0]!.features.map((_, at) => at).filter((at) => varianceOf(units.map(({ features }) => features[at]!)) > 0);
  const means = varying.map((at) => meanOf(units.map(({ features }) => features[at]!)));
  const centred = units.map(({ features }) => varying.map((at, index) => features[at]! - means[index]!));
  const covariance = varying.map((_, one) =>
    varying.map((_each, other) => centred.reduce((sum, row) => sum + row[one]! * row[other]!, 0) / (units.length - 1)),
  );
  const triangle = triangleOf(covariance);
  const inverse = varying.map((_, one) =>
    solveSymmetric(
      triangle,
      varying.map((_each, other) => (one === other ? 1 : 0)),
    ),
  );
  const root = triangleOf(inverse);
  return centred.map((row) => varying.map((_, column) => row.reduce((sum, value, index) => sum + value * root[index]![column]!, 0)));
}

const distance = (one: readonly number[], other: readonly number[]): number => {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at]! - other[at]!) ** 2;
  return sum;
};

/** The nearest of a pool, with all that tie with the last of them; ties must not depend on the order of rows. */
function nearest(from: readonly number[], pool: readonly number[], places: readonly (readonly number[])[], count: number): number[] {
  const found = pool.map((index) => ({ index, away: distance(from, places[index]!) }));
  const away = Float64Array.from(found, (one) => one.away).sort();
  const limit = away[count - 1] ?? away.at(-1) ?? 0;
  return found.filter(({ away }) => away <= limit + 1e-9).map(({ index }) => index);
}

type Matching = { of: number; matches: number[] };

/** Variance of the outcome about one unit: half of the squared difference to the nearest of its own arm. */
function localVariance(index: number, arm: readonly number[], places: readonly (readonly number[])[], outcomes: readonly number[]): number {
  const alike = nearest(
    places[index]!,
    arm.filter((other) => other !== index),
    places,
    1,
  );
  return (outcomes[index]! - meanOf(alike.map((other) => outcomes[other]!))) ** 2 * (alike.length / (alike.length + 1));
}

/** What the outcome rises with each feature among the matched controls: by this the rest of a difference in features is put right. */
function slopesOf(matchings: readonly Matching[], units: readonly MatchedUnit[]): number[] {
  const weights = new Map<number, number>();
  for (const { matches } of matchings) for (const index of matches) weights.set(index, (weights.get(index) ?? 0) + 1 / matches.length);
  const used = [...weights];
  const total = matchings.length;
  const mean = (of: (unit: MatchedUnit) => number) => used.reduce((sum, [index, weight]) => sum + weight * of(units[index]!), 0) / total;
  const varying = units[0]!.features
    .map((_, at) => at)
    .filter((at) => new Set(used.map(([index]) => units[index]!.features[at]!)).size > 1);
  const slopes = units[0]!.features.map(() => 0);
  if (used.length < 2 * (varying.length + 1)) return slopes;
  const middle = varying.map((at) => mean(({ features }) => features[at]!));
  const about = ({ features }: MatchedUnit) => varying.map((at, index) => features[at]! - middle[index]!);
  const squares = varying.map((_, one) => varying.map((_each, other) => mean((unit) => about(unit)[one]! * about(unit)[other]!)));
  const found = solveSymmetric(
    triangleOf(squares),
    varying.map((_, one) => mean((unit) => about(unit)[one]! * unit.outcome)),
  );
  for (const [index, at] of varying.entries()) slopes[at] = found[index]!;
  return slopes;
}

/** What each treated unit did beyond its matches, had these had its features. */
function differencesOf(matchings: readonly Matching[], units: readonly MatchedUnit[]): number[] {
  const slopes = slopesOf(matchings, units);
  return matchings.map(({ of, matches }) => {
    const own = units[of]!;
    const expected = matches.map((index) => {
      const { outcome, features } = units[index]!;
      return outcome + slopes.reduce((sum, slope, at) => sum + slope * (own.features[at]! - features[at]!), 0);
    });
    return own.outcome - meanOf(expected);
  });
}

/** Abadie and Imbens: how much the effects of the pairs vary, and what controls used again and again add to it. */
function* standardErrorOf(matchings: readonly Matching[], controls: readonly number[], places: number[][], units: readonly MatchedUnit[]) {
  const outcomes = units.map(({ outcome }) => outcome);
  const differences = differencesOf(matchings, units);
  const effect = meanOf(differences);
  const [used, squared] = [new Map<number, number>(), new Map<number, number>()];
  for (const { matches } of matchings)
    for (const index of matches) {
      used.set(index, (used.get(index) ?? 0) + 1 / matches.length);
      squared.set(index, (squared.get(index) ?? 0) + 1 / matches.length ** 2);
    }
  let sum = differences.reduce((total, difference) => total + (difference - effect) ** 2, 0);
  for (const [index, weight] of used) {
    sum += (weight ** 2 - squared.get(index)!) * localVariance(index, controls, places, outcomes);
    yield;
  }
  return { effect, used, standardError: Math.sqrt(sum) / matchings.length };
}

/** How far apart the arms are in each feature, before and after, in standard deviations before. */
function balanceOf(
  treated: readonly MatchedUnit[],
  controls: readonly MatchedUnit[],
  matchings: readonly Matching[],
  units: readonly MatchedUnit[],
): Balance[] {
  return treated[0]!.features.map((_, at) => {
    const [one, two] = [treated, controls].map((arm) => arm.map(({ features }) => features[at]!));
    const spread = Math.sqrt((varianceOf(one!) + varianceOf(two!)) / 2) || 1;
    const kept = meanOf(matchings.map(({ of }) => units[of]!.features[at]!));
    const meanMatched = meanOf(matchings.map(({ matches }) => meanOf(matches.map((index) => units[index]!.features[at]!))));
    const [meanTreated, meanControl] = [meanOf(one!), meanOf(two!)];
    return { before: (meanTreated - meanControl) / spread, after: (kept - meanMatched) / spread, meanTreated, meanControl, meanMatched };
  });
}

function checked(units: readonly MatchedUnit[]): void {
  const count = units[0]?.features.length ?? 0;
  if (count === 0 || units.some(({ features }) => features.length !== count))
    throw new RangeError('Every unit needs the same features, one at least.');
  if (units.some(({ features, outcome }) => ![...features, outcome].every(Number.isFinite)))
    throw new RangeError('Features and outcomes must be finite numbers.');
}

/** Whoever has nobody near enough in every feature is left out, and named. */
function* matchAll(
  units: readonly MatchedUnit[],
  treatedCount: number,
  places: number[][],
  neighbours: number,
  caliper: number,
): Generator<void, Matching[]> {
  const spreads = units[0]!.features.map((_, at) => Math.sqrt(varianceOf(units.map(({ features }) => features[at]!))));
  const pool = units.map((_, index) => index).slice(treatedCount);
  const matchings: Matching[] = [];
  for (const [of, place] of places.slice(0, treatedCount).entries()) {
    const near = pool.filter((index) =>
      spreads.every((spread, at) => Math.abs(units[index]!.features[at]! - units[of]!.features[at]!) <= caliper * spread + 1e-12),
    );
    if (near.length > 0) matchings.push({ of, matches: nearest(place, near, places, neighbours) });
    yield;
  }
  return matchings;
}

/**
 * What those who got it did beyond what others like them did, who did not get it: matched controls, with their balance.
 *
 * Method: each treated unit is compared with the controls nearest to it (Mahalanobis distance, with replacement, ties shared); the effect is the
 * mean difference, for those who were treated; what is left of a difference in features is put right by how the outcome goes with them among
 * the matched controls (bias correction). No match may differ by more than the caliper in any feature, in standard deviations; a treated
 * unit without one is left out and named. The standard error is Abadie and Imbens's, which counts that controls are used again.
 * Shapes and units: features are numbers known before (yes and no as 1 and 0), the same for every unit; outcomes in one unit, in which the
 * effect comes. Balance is the difference of means in standard deviations before matching. `detectable` is what would be seen in 8 of 10.
 * Assumes: among units alike in the features it was as good as chance who got it. That is a belief, not a finding: who chose it may differ
 * in what nobody measured.
 * Do not use it for: features that the treatment may have changed; people of the same accounts as if independent (match accounts).
 * Errors: RangeError when units differ in their features, values are not finite, or features follow from each other.
 * Refusal: too_few under 20 in either arm; no_overlap when over three in ten treated have no match; imbalance when a feature still
 * differs by more than 0.1 standard deviations after matching.
 * Reference: A. Abadie, G. W. Imbens, Econometrica 74 (2006) 235-267 and Journal of Business & Economic Statistics 29 (2011) 1-11; P. C. Austin, Multivariate Behavioral Research 46 (2011) 399-424.
 *
 * @example
 * matchedControls([], []) // { refused: 'too_few', needed: 20 }
 */
export function matchedControls(
  treated: readonly MatchedUnit[],
  controls: readonly MatchedUnit[],
  options: Options = {},
): MatchedControls | NoMatchedControls {
  return allSteps(matchedControlsInSteps(treated, controls, options));
}

/**
 * The same, stopping after each unit, so that a server can serve others between two.
 *
 * Method: as matchedControls.
 * Shapes and units: as matchedControls; a generator that yields nothing and returns the answer.
 * Assumes: as matchedControls.
 * Do not use it for: scripts and tests, where matchedControls is the same in one call.
 * Errors: as matchedControls, at the first step.
 * Refusal: as matchedControls.
 * Reference: as matchedControls.
 *
 * @example
 * matchedControlsInSteps([], []).next() // { done: true, value: { refused: 'too_few', needed: 20 } }
 */
export function* matchedControlsInSteps(
  treated: readonly MatchedUnit[],
  controls: readonly MatchedUnit[],
  { neighbours = 1, caliper = 0.5, confidence = 0.95 }: Options = {},
): Generator<void, MatchedControls | NoMatchedControls> {
  if (Math.min(treated.length, controls.length) < fewest) return { refused: 'too_few', needed: fewest };
  const units = [...treated, ...controls];
  checked(units);
  const places = placesOf(units);
  const matchings = yield* matchAll(units, treated.length, places, neighbours, caliper);
  if (matchings.length < Math.max(fewest * leastMatchedShare, leastMatchedShare * treated.length))
    return { refused: 'no_overlap', matched: matchings.length, of: treated.length };
  const balance = balanceOf(treated, controls, matchings, units);
  if (balance.some(({ after }) => Math.abs(after) > mostDifference)) return { refused: 'imbalance', balance, most: mostDifference };
  const arm = units.map((_, index) => index).slice(treated.length);
  const { effect, standardError, used } = yield* standardErrorOf(matchings, arm, places, units);
  const half = studentQuantile(0.5 + confidence / 2, matchings.length - 1) * standardError;
  const treatedMean = meanOf(matchings.map(({ of }) => units[of]!.outcome));
  const kept = new Set(matchings.map(({ of }) => of));
  return {
    effect,
    standardError,
    low: effect - half,
    high: effect + half,
    matched: matchings.length,
    leftOut: treated.filter((_, index) => !kept.has(index)).map(({ name }) => name),
    controlsUsed: used.size,
    treatedMean,
    matchedMean: treatedMean - effect,
    balance,
    pairs: matchings.map(({ of, matches }) => ({ name: units[of]!.name, matches: matches.map((index) => units[index]!.name) })),
    detectable: (normalQuantile(0.5 + confidence / 2) + normalQuantile(0.8)) * standardError,
  };
}
