import { simplexSearch } from '../numeric/simplex-search.ts';
import { simplexWeights } from '../numeric/simplex-weights.ts';

export type Donor = { name: string; values: readonly number[]; predictors?: readonly number[] };
export type Treated = { values: readonly number[]; predictors?: readonly number[] };
export type SyntheticFit = { weights: number[]; importance: number[]; counterfactual: number[]; rootMeanSquare: number };

const mix = (donors: readonly Donor[], weights: readonly number[], length: number): number[] => {
  const mixture = Array.from({ length: length }, () => 0);
  donors.forEach(({ values }, index) => {
    const weight = weights[index]!;
    if (weight > 0) for (let at = 0; at < length; at += 1) mixture[at]! += weight * values[at]!;
  });
  return mixture;
};

const missOf = (values: readonly number[], mixture: readonly number[], before: number): number => {
  let sum = 0;
  for (let at = 0; at < before; at += 1) sum += (values[at]! - mixture[at]!) ** 2;
  return sum / before;
};

/** Each predictor in standard deviations over all units, so that its unit of measurement does not matter. */
function standardised(treated: Treated, donors: readonly Donor[]): { target: number[]; rows: number[][] } {
  const all = [treated.predictors!, ...donors.map(({ predictors }) => predictors!)];
  const spread = treated.predictors!.map((_, index) => {
    const column = all.map((row) => row[index]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    return Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (column.length - 1)) || 1;
  });
  const [target, ...rows] = all.map((row) => row.map((value, index) => value / spread[index]!));
  return { target: target!, rows };
}

const shares = (at: readonly number[]): number[] => {
  const total = at.reduce((sum, each) => sum + Math.abs(each), 0) || 1;
  return at.map((each) => Math.abs(each) / total);
};

/** Importance of the predictors whose mixture follows the outcomes before best: searched from equal ones, and from each favoured in turn. */
function searchImportance(miss: (importance: readonly number[]) => number, count: number): number[] {
  const equal = Array.from({ length: count }, () => 1 / count);
  const favoured = equal.map((_, chosen) => equal.map((_each, index) => (index === chosen ? 0.5 : 0.5 / (count - 1 || 1))));
  const starts = [equal, ...favoured].map((at) => ({ at, value: miss(at) })).sort((one, two) => one.value - two.value);
  const found = starts
    .slice(0, 3)
    .map(({ at }) => simplexSearch((place) => miss(shares(place)), at, 0.2, { tolerance: 1e-7, mostRounds: 60 * count }));
  return shares(found.reduce((best, each) => (each.value < best.value ? each : best)).at);
}

/**
 * The mixture of donors that follows one unit before a change: the fit that the synthetic control and its placebos share.
 *
 * Method: without predictors, the weights on the simplex that bring the outcomes before nearest (simplexWeights). With predictors, these
 * are brought nearest instead, each in standard deviations and weighed by an importance, and the importance is the one whose mixture
 * follows the outcomes before best: a nested search (Nelder-Mead) from the three best of several starts.
 * Shapes and units: values are outcomes in one unit, one a period, the first `before` of them from before the change; predictors are as many
 * numbers for every unit. weights in the order of the donors, importance in that of the predictors; rootMeanSquare is the gap before.
 * Assumes: complete series of the same periods.
 * Do not use it for: saying what a change did; the synthetic control adds placebos, and refuses a poor fit.
 * Errors: RangeError from simplexWeights for values that are not finite or lengths that differ.
 * Reference: A. Abadie, A. Diamond, J. Hainmueller, JASA 105 (2010) 493-505, and their R package Synth.
 *
 * @example
 * syntheticFit({ values: [1, 2, 9] }, [{ name: 'a', values: [0, 0, 0] }, { name: 'b', values: [2, 4, 6] }], 2).counterfactual // [1, 2, 3]
 */
export function syntheticFit(treated: Treated, donors: readonly Donor[], before: number): SyntheticFit {
  const { length } = treated.values;
  const finish = (weights: number[], importance: number[]): SyntheticFit => {
    const counterfactual = mix(donors, weights, length);
    return { weights, importance, counterfactual, rootMeanSquare: Math.sqrt(missOf(treated.values, counterfactual, before)) };
  };
  if (!treated.predictors?.length) {
    const target = treated.values.slice(0, before);
    const rows = donors.map(({ values }) => values.slice(0, before));
    return finish(simplexWeights(target, rows).weights, []);
  }
  const { target, rows } = standardised(treated, donors);
  const weightsFor = (importance: readonly number[]) => simplexWeights(target, rows, importance).weights;
  const miss = (importance: readonly number[]) => missOf(treated.values, mix(donors, weightsFor(importance), before), before);
  const importance = searchImportance(miss, target.length);
  return finish(weightsFor(importance), importance);
}
