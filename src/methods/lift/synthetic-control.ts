import { allSteps } from '../numeric/all-steps.ts';
import { type Donor, type SyntheticFit, syntheticFit, type Treated } from './synthetic-fit.ts';

export type Placebo = { name: string; gaps: number[]; rootMeanSquareBefore: number; ratio: number };
export type WithoutDonor = { name: string; meanEffect: number };
export type EffectInterval = { low: number; high: number; confidence: number } | { refused: 'too_few_donors'; needed: number };
export type SyntheticControl = {
  weights: { name: string; weight: number }[];
  importance: number[];
  counterfactual: number[];
  gaps: number[];
  rootMeanSquareBefore: number;
  fitIndex: number;
  meanEffect: number;
  totalEffect: number;
  interval: EffectInterval;
  ratio: number;
  rank: number;
  of: number;
  p: number;
  detectable: number;
  placebos: Placebo[];
  withoutDonor: WithoutDonor[];
  isSignKept: boolean;
};
export type NoSyntheticControl =
  | { refused: 'too_few_donors' | 'too_few_periods_before' | 'no_periods_after'; needed: number }
  | { refused: 'poor_fit'; fitIndex: number; most: number };

const fewest = { donors: 3, periodsBefore: 5 };
const worstFitIndex = 0.1;

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rootMeanSquareOf = (values: readonly number[]) => Math.sqrt(meanOf(values.map((value) => value * value)));
const gapsOf = (values: readonly number[], fit: SyntheticFit) => values.map((value, at) => value - fit.counterfactual[at]!);

/** What rounding leaves of a gap is not a gap: a fit that is exact must not make any change endless. */
const noLessThan = (values: readonly number[]) => 1e-9 * (rootMeanSquareOf(values) || 1);

function measured(name: string, values: readonly number[], fit: SyntheticFit, before: number): Placebo {
  const gaps = gapsOf(values, fit);
  const rootMeanSquareBefore = Math.max(fit.rootMeanSquare, noLessThan(values));
  return { name, gaps, rootMeanSquareBefore, ratio: (rootMeanSquareOf(gaps.slice(before)) / rootMeanSquareBefore) ** 2 };
}

/** The effects that the placebos do not tell from nothing: their mean gaps after, each in units of its own gap before. */
function intervalOf(effect: number, own: Placebo, placebos: readonly Placebo[], before: number, confidence: number) {
  const scaled = placebos
    .map(({ gaps, rootMeanSquareBefore }) => Math.abs(meanOf(gaps.slice(before))) / rootMeanSquareBefore)
    .sort((one, two) => two - one);
  const detectable = scaled[0]! * own.rootMeanSquareBefore;
  const allowed = Math.floor((1 - confidence) * (placebos.length + 1) + 1e-9);
  if (allowed < 1)
    return { detectable, interval: { refused: 'too_few_donors' as const, needed: Math.ceil(1 / (1 - confidence) - 1e-9) - 1 } };
  const half = scaled[allowed - 1]! * own.rootMeanSquareBefore;
  return { detectable, interval: { low: effect - half, high: effect + half, confidence } };
}

function* withoutEach(treated: Treated, donors: readonly Donor[], fit: SyntheticFit, before: number): Generator<void, WithoutDonor[]> {
  const found: WithoutDonor[] = [];
  for (const [index, { name }] of donors.entries()) {
    if (fit.weights[index]! < 1e-6) continue;
    const refit = syntheticFit(treated, donors.toSpliced(index, 1), before);
    found.push({ name, meanEffect: meanOf(gapsOf(treated.values, refit).slice(before)) });
    yield;
  }
  return found;
}

function refusal(treated: Treated, donors: readonly Donor[], before: number): NoSyntheticControl | null {
  const { length } = treated.values;
  if (donors.some(({ values }) => values.length !== length))
    throw new RangeError('Every donor needs as many periods as the unit that changed.');
  if (!Number.isSafeInteger(before) || before < 0 || before > length)
    throw new RangeError('The periods before must be a count of the periods given.');
  const predictors = treated.predictors?.length ?? 0;
  if (donors.some((donor) => (donor.predictors?.length ?? 0) !== predictors))
    throw new RangeError('Every donor needs the same predictors.');
  if (![treated, ...donors].every((unit) => [...unit.values, ...(unit.predictors ?? [])].every(Number.isFinite)))
    throw new RangeError('Outcomes and predictors must be finite numbers.');
  if (donors.length < fewest.donors) return { refused: 'too_few_donors', needed: fewest.donors };
  if (before < fewest.periodsBefore) return { refused: 'too_few_periods_before', needed: fewest.periodsBefore };
  return before === length ? { refused: 'no_periods_after', needed: 1 } : null;
}

/**
 * What a change did to one unit, against a mixture of units that it did not touch: the synthetic control, with placebos.
 *
 * Method: the mixture of donors that follows the unit before the change (syntheticFit) goes on after it as what would have happened; the gap is
 * the effect. Every donor is then treated as if it had changed, against the other donors: p is the unit's rank, by the squared gaps after over
 * those before, among itself and the placebos, divided by their number. So 9 donors can give no p under 0.10, and 19 are needed for 0.05.
 * The interval of the mean effect holds the effects that the placebos' mean gaps after, each in units of its own gap before, would not
 * reject. Each donor with a weight is left out in turn. `detectable` is the mean effect that would stand out from every placebo.
 * Shapes and units: outcomes in one unit, one a period, the first `before` from before the change; predictors are as many numbers for every
 * unit. Effects and gaps in units of the outcome, totalEffect is their sum; fitIndex is the root mean square gap before as a share of the
 * root mean square outcome before.
 * Assumes: the change touched none of the donors; nobody knew of it long before; whatever else happened after happened to the donors too.
 * Do not use it for: a unit above or below every donor (it refuses), sums of accounts of very different size (give means), several
 * units that changed at different times (difference-in-differences).
 * Errors: RangeError for lengths that differ or values that are not finite.
 * Refusal: too_few_donors under 3, too_few_periods_before under 5, no_periods_after, poor_fit when fitIndex is above 0.10. The interval
 * alone is refused where there are too few donors for its confidence.
 * Reference: A. Abadie, A. Diamond, J. Hainmueller, JASA 105 (2010) 493-505; A. Abadie, Journal of Economic Literature 59 (2021) 391-425;
 * B. Adhikari, J. Alm, Southern Economic Journal 83 (2016) 450-471 (the fit index); S. Firpo, V. Possebom, Journal of Causal Inference 6
 * (2018) (intervals from placebos).
 *
 * @example
 * syntheticControl({ values: [1, 2] }, [], 1) // { refused: 'too_few_donors', needed: 3 }
 */
export function syntheticControl(
  treated: Treated,
  donors: readonly Donor[],
  before: number,
  confidence = 0.95,
): SyntheticControl | NoSyntheticControl {
  return allSteps(syntheticControlInSteps(treated, donors, before, confidence));
}

/**
 * The same, stopping after each placebo, so that a server can serve others between two.
 *
 * Method: as syntheticControl.
 * Shapes and units: as syntheticControl; a generator that yields nothing and returns the answer.
 * Assumes: as syntheticControl.
 * Do not use it for: scripts and tests, where syntheticControl is the same in one call.
 * Errors: as syntheticControl, at the first step.
 * Reference: as syntheticControl.
 *
 * @example
 * syntheticControlInSteps({ values: [1, 2] }, [], 1).next() // { done: true, value: { refused: 'too_few_donors', needed: 3 } }
 */
export function* syntheticControlInSteps(
  treated: Treated,
  donors: readonly Donor[],
  before: number,
  confidence = 0.95,
): Generator<void, SyntheticControl | NoSyntheticControl> {
  const refused = refusal(treated, donors, before);
  if (refused) return refused;
  const fit = syntheticFit(treated, donors, before);
  const fitIndex = fit.rootMeanSquare / (rootMeanSquareOf(treated.values.slice(0, before)) || 1);
  if (fitIndex > worstFitIndex) return { refused: 'poor_fit', fitIndex, most: worstFitIndex };
  const own = measured('', treated.values, fit, before);
  const placebos: Placebo[] = [];
  for (const [index, donor] of donors.entries()) {
    placebos.push(measured(donor.name, donor.values, syntheticFit(donor, donors.toSpliced(index, 1), before), before));
    yield;
  }
  const meanEffect = meanOf(own.gaps.slice(before));
  const withoutDonor = yield* withoutEach(treated, donors, fit, before);
  const rank = 1 + placebos.filter(({ ratio }) => ratio >= own.ratio).length;
  return {
    weights: donors.map(({ name }, index) => ({ name, weight: fit.weights[index]! })),
    importance: fit.importance,
    counterfactual: fit.counterfactual,
    gaps: own.gaps,
    rootMeanSquareBefore: fit.rootMeanSquare,
    fitIndex,
    meanEffect,
    totalEffect: meanEffect * (treated.values.length - before),
    ...intervalOf(meanEffect, own, placebos, before, confidence),
    ratio: own.ratio,
    rank,
    of: donors.length + 1,
    p: rank / (donors.length + 1),
    placebos,
    withoutDonor,
    isSignKept: withoutDonor.every((left) => Math.sign(left.meanEffect) === Math.sign(meanEffect)),
  };
}
