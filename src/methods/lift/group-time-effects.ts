import { allSteps } from '../numeric/all-steps.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { seededRandom } from '../numeric/random.ts';
import { solveSymmetric, triangleOf } from '../numeric/symmetric-system.ts';
import { chiSquaredTail } from '../numeric/tail-probabilities.ts';

/** An account over the periods, in their order, and the place of the first period in which it had it; null if it never got it. */
export type StagedUnit = { from: number | null; outcomes: ArrayLike<number> };
export type Estimate = { effect: number; error: number; low: number; high: number };
export type GroupTimeEffect = Estimate & { group: number; period: number };
export type GroupTimeEffects = {
  cells: GroupTimeEffect[];
  /** Of all that got it: each group's mean over its periods, weighted by its size. */
  overall: Estimate & { p: number };
  groups: (Estimate & { group: number; units: number })[];
  /** By periods since it began; the band of all of them together holds 95 times in 100. */
  byExposure: (Estimate & { exposure: number; bandLow: number; bandHigh: number })[];
  /** Wald's test that no cell before it began shows an effect, or of their mean where there are too many; null without such cells. */
  trendBefore: { p: number; cells: number } | null;
  treated: number;
  control: number;
};
export type NoGroupTimeEffects = {
  refused: 'no_control' | 'no_treated' | 'no_periods_before' | 'no_periods_after' | 'too_few' | 'no_variance';
  needed: number | null;
};

const fewest = 20;
type Cell = { group: number; period: number; effect: number; influence: Float64Array };

/** ATT of a group in a period, and how much each account moves it. Before it began the period before is the base, then the last one without it. */
const cellOf = (units: readonly StagedUnit[], group: number, period: number): Cell => {
  const base = period >= group ? group - 1 : period - 1;
  const change = (unit: StagedUnit) => unit.outcomes[period]! - unit.outcomes[base]!;
  const means = [group, null].map((of) => {
    const members = units.filter(({ from }) => from === of);
    return { n: members.length, mean: members.reduce((sum, unit) => sum + change(unit), 0) / members.length };
  });
  const [treated, control] = [means[0]!, means[1]!];
  const influence = new Float64Array(units.length);
  for (const [place, unit] of units.entries()) {
    if (unit.from === group) influence[place] = (units.length / treated.n) * (change(unit) - treated.mean);
    else if (unit.from === null) influence[place] = -(units.length / control.n) * (change(unit) - control.mean);
  }
  return { group, period, effect: treated.mean - control.mean, influence };
};

/** Mean of cells weighted by the sizes of their groups; that the sizes are those of a sample is in the influence too. */
const weighted = (
  units: readonly StagedUnit[],
  cells: readonly Cell[],
  sizes: ReadonlyMap<number, number>,
): Pick<Cell, 'effect' | 'influence'> => {
  const n = units.length;
  const shares = cells.map(({ group }) => sizes.get(group)! / n);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const effect = cells.reduce((sum, cell, place) => sum + (shares[place]! / whole) * cell.effect, 0);
  const influence = new Float64Array(n);
  for (const [place, cell] of cells.entries()) {
    const weight = shares[place]! / whole;
    for (let at = 0; at < n; at += 1) {
      const isIn = units[at]!.from === cell.group ? 1 : 0;
      influence[at]! += weight * cell.influence[at]! + ((isIn - shares[place]!) / whole) * (cell.effect - effect);
    }
  }
  return { effect, influence };
};

const mean = (cells: readonly Pick<Cell, 'effect' | 'influence'>[]): Pick<Cell, 'effect' | 'influence'> => {
  const influence = new Float64Array(cells[0]!.influence.length);
  for (const cell of cells) for (let at = 0; at < influence.length; at += 1) influence[at]! += cell.influence[at]! / cells.length;
  return { effect: cells.reduce((sum, cell) => sum + cell.effect, 0) / cells.length, influence };
};

const errorOf = (influence: Float64Array): number => {
  let sum = 0;
  for (const value of influence) sum += value * value;
  return Math.sqrt(sum) / influence.length;
};

type Options = { draws?: number; seed?: number; confidence?: number };

/** A plain loop: with many cells this is most of the work, and a callback for each account makes it five times as long. */
const productOf = (one: Float64Array, other: Float64Array): number => {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += one[at]! * other[at]!;
  return sum;
};

const unitsOfCell = 5;

/** All cells before together (Wald); with too many for the accounts there are, their mean, which is how fast the groups moved apart. */
const trendOf = (
  units: readonly StagedUnit[],
  before: readonly Cell[],
  sizes: ReadonlyMap<number, number>,
): GroupTimeEffects['trendBefore'] => {
  if (before.length === 0) return null;
  const treated = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const isThin = [...sizes].some(([group, size]) => size < unitsOfCell + before.filter((cell) => cell.group === group).length);
  const tested = isThin || before.length * unitsOfCell > treated ? [weighted(units, before, sizes)] : before;
  const covariance = tested.map((one) => tested.map((other) => productOf(one.influence, other.influence) / units.length ** 2));
  if (covariance.some((row, place) => !(row[place]! > 0))) return null;
  const effects = tested.map(({ effect }) => effect);
  const solved = solveSymmetric(triangleOf(covariance), effects);
  const statistic = effects.reduce((sum, effect, at) => sum + effect * solved[at]!, 0);
  return { p: chiSquaredTail(Math.max(0, statistic), tested.length), cells: tested.length };
};

/** The multiple of the standard errors within which all the effects lie together, 95 times in 100: multiplier bootstrap. */
function* bandOf(found: readonly Pick<Cell, 'influence'>[], draws: number, seed: number, confidence: number): Generator<void, number> {
  const random = seededRandom(seed);
  const n = found[0]!.influence.length;
  const errors = found.map(({ influence }) => errorOf(influence));
  const farthest: number[] = [];
  const signs = new Int8Array(n);
  for (let draw = 0; draw < draws; draw += 1) {
    for (let at = 0; at < n; at += 1) signs[at] = random() < 0.5 ? -1 : 1;
    let most = 0;
    for (const [place, { influence }] of found.entries()) {
      let sum = 0;
      for (let at = 0; at < n; at += 1) sum += signs[at]! * influence[at]!;
      if (errors[place]! > 0) most = Math.max(most, Math.abs(sum / n / errors[place]!));
    }
    farthest.push(most);
    yield;
  }
  const place = Math.min(draws - 1, Math.ceil(confidence * draws) - 1);
  return Math.max(normalQuantile(0.5 + confidence / 2), farthest.toSorted((a, b) => a - b)[place]!);
}

const refusalOf = (units: readonly StagedUnit[], periods: number): NoGroupTimeEffects | null => {
  const treated = units.filter(({ from }) => from !== null).length;
  if (treated === 0) return { refused: 'no_treated', needed: null };
  if (units.length === treated) return { refused: 'no_control', needed: null };
  if (!units.some(({ from }) => from !== null && from >= 1)) return { refused: 'no_periods_before', needed: 1 };
  if (!units.some(({ from }) => from !== null && from >= 1 && from < periods)) return { refused: 'no_periods_after', needed: 1 };
  const usable = units.filter(({ from }) => from !== null && from >= 1 && from < periods).length;
  return Math.min(usable, units.length - treated) < fewest ? { refused: 'too_few', needed: fewest } : null;
};

/**
 * Group-time average effects: what a staged roll-out changed, when accounts got it at different times (Callaway and Sant'Anna).
 *
 * Method: accounts that began in the same period are a group. The effect on a group in a period is its mean change since the last period
 * without it, less the change of accounts that never got it. Accounts that already have it are never a control, which is what makes the
 * usual regression wrong when effects grow. The effects are averaged by group and by time since it began; standard errors come from
 * what each account contributes, so an account is one unit; the band over exposures is a multiplier bootstrap. Cells before it began
 * should be 0, and Wald's test asks whether they are.
 * Shapes and units: one row of outcomes for each account, `from` the place of its first period with it; effects in the unit of the outcome.
 * Assumes: without it the groups would have moved like those that never got it; nobody acts on it before; accounts do not influence each other.
 * Do not use it for: a roll-out to everybody, accounts that lose it again, groups that chose their own day.
 * Errors: RangeError when rows are of different length, or hold what is no number.
 * Refusal: no_treated, no_control, no_periods_before, no_periods_after; too_few under 20 accounts with it or without; no_variance.
 * Reference: B. Callaway, P. H. C. Sant'Anna, Journal of Econometrics 225 (2021) 200-230.
 *
 * @example
 * groupTimeEffects([{ from: 1, outcomes: [1, 2] }]) // { refused: 'no_control', needed: null }
 */
export function groupTimeEffects(given: readonly StagedUnit[], options: Options = {}): GroupTimeEffects | NoGroupTimeEffects {
  return allSteps(groupTimeEffectsInSteps(given, options));
}

/**
 * The same, stopping now and then, so that a server can serve others between two steps.
 *
 * Method: as groupTimeEffects.
 * Shapes and units: as groupTimeEffects; a generator that yields nothing and returns the answer.
 * Assumes: as groupTimeEffects.
 * Do not use it for: scripts and tests, where groupTimeEffects is the same in one call.
 * Errors: as groupTimeEffects, at the first step.
 * Refusal: as groupTimeEffects.
 * Reference: as groupTimeEffects.
 *
 * @example
 * groupTimeEffectsInSteps([{ from: 1, outcomes: [1, 2] }]).next() // { done: true, value: { refused: 'no_control', needed: null } }
 */
export function* groupTimeEffectsInSteps(
  given: readonly StagedUnit[],
  { draws = 200, seed = 1, confidence = 0.95 }: Options = {},
): Generator<void, GroupTimeEffects | NoGroupTimeEffects> {
  const periods = given[0]?.outcomes.length ?? 0;
  for (const { outcomes } of given) {
    if (outcomes.length !== periods) throw new RangeError('Every account must have the same periods.');
    for (let at = 0; at < periods; at += 1) if (!Number.isFinite(outcomes[at])) throw new RangeError('An outcome must be a number.');
  }
  const refused = refusalOf(given, periods);
  if (refused) return refused;
  // Who had it from the first period on has no time before; who gets it after the last one has not got it yet.
  const units = given
    .filter(({ from }) => from !== 0)
    .map((unit) => (unit.from !== null && unit.from >= periods ? { ...unit, from: null } : unit));
  const sizes = new Map<number, number>();
  for (const { from } of units) if (from !== null) sizes.set(from, (sizes.get(from) ?? 0) + 1);
  const groups = [...sizes.keys()].toSorted((a, b) => a - b);
  const cells: Cell[] = [];
  for (const group of groups)
    for (let period = 1; period < periods; period += 1) {
      cells.push(cellOf(units, group, period));
      yield;
    }
  const z = normalQuantile(0.5 + confidence / 2);
  const estimate = ({ effect, influence }: Pick<Cell, 'effect' | 'influence'>): Estimate => {
    const error = errorOf(influence);
    return { effect, error, low: effect - z * error, high: effect + z * error };
  };
  const byGroup = groups.map((group) => ({
    group,
    period: 0,
    ...mean(cells.filter((cell) => cell.group === group && cell.period >= group)),
  }));
  const overall = estimate(weighted(units, byGroup, sizes));
  if (overall.error === 0) return { refused: 'no_variance', needed: null };
  const exposures = [...new Set(cells.map(({ group, period }) => period - group))].toSorted((a, b) => a - b);
  const exposed = exposures.map((exposure) => ({
    exposure,
    ...weighted(
      units,
      cells.filter(({ group, period }) => period - group === exposure),
      sizes,
    ),
  }));
  const band = yield* bandOf(exposed, draws, seed, confidence);
  return {
    cells: cells.map((cell) => ({ group: cell.group, period: cell.period, ...estimate(cell) })),
    overall: { ...overall, p: chiSquaredTail((overall.effect / overall.error) ** 2, 1) },
    groups: byGroup.map((one) => ({ group: one.group, units: sizes.get(one.group)!, ...estimate(one) })),
    byExposure: exposed.map((one) => {
      const found = estimate(one);
      return { exposure: one.exposure, ...found, bandLow: found.effect - band * found.error, bandHigh: found.effect + band * found.error };
    }),
    trendBefore: trendOf(
      units,
      cells.filter(({ group, period }) => period < group),
      sizes,
    ),
    treated: units.filter(({ from }) => from !== null).length,
    control: units.filter(({ from }) => from === null).length,
  };
}
