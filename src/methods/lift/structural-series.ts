import { allSteps } from '../numeric/all-steps.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { seededRandom } from '../numeric/random.ts';
import { solveSymmetric } from '../numeric/symmetric-system.ts';
import { type Filtered, levelFilter } from './level-filter.ts';

export type Band = { middle: number; low: number; high: number };
export type StructuralSeries = {
  counterfactual: Band[];
  expectedBefore: number[];
  meanEffect: Band;
  totalEffect: Band;
  relativeEffect: Band;
  deviation: number;
  tail: number;
  detectable: number;
  coefficients: { name: string; value: number }[];
  rehearsal: { periods: number; meanEffect: Band; isPassed: boolean } | { refused: 'too_few_periods_before'; needed: number };
  draws: number;
};
export type NoStructuralSeries =
  | { refused: 'no_controls' }
  | { refused: 'too_few_periods_before' | 'no_periods_after'; needed: number }
  | { refused: 'too_many_controls'; most: number }
  | { refused: 'no_variation'; name: string };
export type Prior = { noise: { variance: number; worth: number }; step: { deviation: number; worth: number } };
export type SeriesControl = { name: string; values: readonly number[] };

const fewestBefore = 12;
const periodsPerCoefficient = 3;
const usualPrior: Prior = { noise: { variance: 0.5, worth: 1 }, step: { deviation: 0.05, worth: 1 } };
const grid = Array.from({ length: 50 }, (_, index) => -16 + (20 * index) / 49);

type Scale = { centre: number; spread: number };
const scaleOf = (values: readonly number[], before: number): Scale => {
  const read = values.slice(0, before);
  const centre = read.reduce((sum, value) => sum + value, 0) / before;
  const spread = Math.sqrt(read.reduce((sum, value) => sum + (value - centre) ** 2, 0) / Math.max(1, before - 1));
  return { centre, spread: spread > 1e-12 * Math.abs(centre) ? spread : 0 };
};

/** One column for each place in the season but the last, as contrasts that add up to nothing. */
const seasonOf = (at: number, season: number): number[] =>
  season < 2 ? [] : Array.from({ length: season - 1 }, (_, place) => (at % season === place ? 1 : at % season === season - 1 ? -1 : 0));

type Cell = { filtered: Filtered; restlessness: number; noise: number; upTo: number };

/** Everything that the noise and the restlessness can be, on a grid, with how probable each pair is after the series was seen. */
function* posterior(rows: readonly (readonly number[])[], before: number, prior: Prior): Generator<void, Cell[]> {
  const inverseGamma = (variance: number, guess: number, worth: number) =>
    -(worth / 2) * Math.log(variance) - (worth * guess) / (2 * variance);
  const cells: Cell[] = [];
  for (const logRestlessness of grid) {
    const restlessness = Math.exp(logRestlessness);
    const filtered = levelFilter(rows, before, restlessness, 1);
    for (let index = 0; index < 60; index += 1) {
      const noise = Math.exp(-12 + (14 * index) / 59);
      const step = inverseGamma(noise * restlessness, prior.step.deviation ** 2, prior.step.worth);
      cells.push({
        filtered,
        restlessness,
        noise,
        upTo: filtered.logLikelihood(noise) + inverseGamma(noise, prior.noise.variance, prior.noise.worth) + step,
      });
    }
    yield;
  }
  const most = Math.max(...cells.map(({ upTo }) => upTo));
  let total = 0;
  for (const cell of cells) cell.upTo = total += Math.exp(cell.upTo - most);
  for (const cell of cells) cell.upTo /= total;
  return cells;
}

function cellAt(cells: readonly Cell[], place: number): Cell {
  let [low, high] = [0, cells.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cells[middle]!.upTo < place) low = middle + 1;
    else high = middle;
  }
  return cells[low]!;
}

/** One way it could have gone on without the change. */
function drawOnce({ filtered, noise, restlessness }: Cell, later: readonly (readonly number[])[], normal: () => number) {
  const deviation = Math.sqrt(noise);
  const away = solveSymmetric(filtered.triangle, filtered.coefficients.map(normal), true);
  const coefficients = filtered.coefficients.map((value, index) => value + deviation * away[index]!);
  const explained = (row: readonly number[]) => coefficients.reduce((sum, value, index) => sum + value * row[index + 1]!, 0);
  let level = filtered.levelAt[0]! - explained(filtered.levelAt) + deviation * Math.sqrt(filtered.levelVariance) * normal();
  return later.map((row) => {
    level += deviation * Math.sqrt(restlessness) * normal();
    return level + explained(row) + deviation * normal();
  });
}

function bandOf(draws: readonly number[], confidence: number): Band {
  const sorted = Float64Array.from(draws).sort();
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const under = Math.floor(place);
    return sorted[under]! + (place - under) * (sorted[Math.min(under + 1, sorted.length - 1)]! - sorted[under]!);
  };
  return {
    middle: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    low: at((1 - confidence) / 2),
    high: at((1 + confidence) / 2),
  };
}

type Asked = {
  values: readonly number[];
  controls: readonly SeriesControl[];
  before: number;
  season?: number;
  draws?: number;
  seed?: number;
  confidence?: number;
  prior?: Prior;
};

function refusal({ values, controls, before, season = 1 }: Asked): NoStructuralSeries | null {
  if (!Number.isSafeInteger(before) || before < 0 || before > values.length)
    throw new RangeError('The periods before must be a count of the periods given.');
  if (!Number.isSafeInteger(season) || season < 1) throw new RangeError('The season must be a whole number of periods.');
  if (controls.some((control) => control.values.length !== values.length))
    throw new RangeError('Every control needs as many periods as the series.');
  if (![values, ...controls.map((control) => control.values)].every((each) => each.every(Number.isFinite)))
    throw new RangeError('The series must be finite numbers.');
  if (controls.length === 0) return { refused: 'no_controls' };
  if (before < fewestBefore) return { refused: 'too_few_periods_before', needed: fewestBefore };
  if (before === values.length) return { refused: 'no_periods_after', needed: 1 };
  const most = Math.floor(before / periodsPerCoefficient) - (season - 1);
  if (controls.length > most) return { refused: 'too_many_controls', most: Math.max(0, most) };
  const still = [{ name: '', values }, ...controls].find((each) => scaleOf(each.values, before).spread === 0);
  return still ? { refused: 'no_variation', name: still.name } : null;
}

/** The same question asked where nothing had changed yet: the last third of the periods before, from the first two thirds. */
function* rehearse(asked: Asked): Generator<void, StructuralSeries['rehearsal']> {
  const until = Math.floor((2 * asked.before) / 3);
  const cut = (values: readonly number[]) => values.slice(0, asked.before);
  const controls = asked.controls.map((control) => ({ ...control, values: cut(control.values) }));
  const tried = { ...asked, values: cut(asked.values), controls, before: until };
  if (refusal(tried))
    return {
      refused: 'too_few_periods_before',
      needed: Math.ceil(1.5 * Math.max(fewestBefore, periodsPerCoefficient * (controls.length + (asked.season ?? 1) - 1))),
    };
  const { meanEffect } = yield* estimate(tried);
  return { periods: asked.before - until, meanEffect, isPassed: meanEffect.low <= 0 && meanEffect.high >= 0 };
}

function* estimate({ values, controls, before, season = 1, draws = 2000, seed = 1, confidence = 0.95, prior = usualPrior }: Asked) {
  const own = scaleOf(values, before);
  const scales = controls.map((control) => scaleOf(control.values, before));
  const rows = values.map((value, at) => [
    (value - own.centre) / own.spread,
    ...controls.map((control, index) => (control.values[at]! - scales[index]!.centre) / scales[index]!.spread),
    ...seasonOf(at, season),
  ]);
  const cells = yield* posterior(rows, before, prior);
  const random = seededRandom(seed);
  const normal = () => normalQuantile(random() + 2 ** -34);
  const later = rows.slice(before);
  const paths: number[][] = [];
  while (paths.length < draws) {
    paths.push(drawOnce(cellAt(cells, random()), later, normal).map((value) => own.centre + own.spread * value));
    if (paths.length % 100 === 0) yield;
  }
  const sum = (path: readonly number[]) => path.reduce((total, value) => total + value, 0);
  const observed = sum(values.slice(before));
  const totals = paths.map((path) => observed - sum(path));
  const totalEffect = bandOf(totals, confidence);
  const periods = later.length;
  const divided = ({ middle, low, high }: Band): Band => ({ middle: middle / periods, low: low / periods, high: high / periods });
  const likely = cells.reduce((best, cell) =>
    cell.filtered.logLikelihood(cell.noise) > best.filtered.logLikelihood(best.noise) ? cell : best,
  );
  const { coefficients, errors } = likely.filtered;
  const above = totals.filter((total) => total > 0).length;
  const deviation = Math.sqrt(totals.reduce((squares, total) => squares + (total - totalEffect.middle) ** 2, 0) / (draws - 1)) / periods;
  return {
    counterfactual: later.map((_, at) =>
      bandOf(
        paths.map((path) => path[at]!),
        confidence,
      ),
    ),
    expectedBefore: [
      values[0]!,
      ...errors.map(
        (error, at) =>
          values[at + 1]! - own.spread * error.reduce((left, each, index) => left - (index ? coefficients[index - 1]! * each : -each), 0),
      ),
    ],
    meanEffect: divided(totalEffect),
    totalEffect,
    relativeEffect: bandOf(
      paths.map((path) => (observed - sum(path)) / Math.abs(sum(path))),
      confidence,
    ),
    deviation,
    tail: (1 + Math.min(above, draws - above)) / (draws + 1),
    detectable: (normalQuantile(0.5 + confidence / 2) + normalQuantile(0.8)) * deviation,
    coefficients: controls.map(({ name }, index) => ({ name, value: (coefficients[index]! * own.spread) / scales[index]!.spread })),
    draws,
  };
}

/**
 * What a change did to a series, against what controls that it did not touch say would have happened: a Bayesian structural series.
 *
 * Method: before the change, the series is a level that wanders, a season that repeats, a regression on the controls, and noise. The two
 * variances are averaged over on a grid, coefficients and level are drawn exactly (levelFilter), so there is no chain whose convergence
 * would have to be believed. Each draw goes on after the change with the controls as they were observed: that is the counterfactual; what was
 * observed minus the draws is the effect, with posterior intervals by period and in all. The same is rehearsed before the change, on the
 * last third of the periods, where there is nothing to find. `tail` is the posterior chance of an effect on the other side of none.
 * Shapes and units: one value a period for the series and each control, the first `before` from before the change; season is the number of
 * periods that repeat (7 for days of a week, 1 for none). Effects in units of the series, relativeEffect as a share of the counterfactual,
 * detectable is the mean effect that would be seen in 8 of 10.
 * Assumes: the change touched no control; how series and controls hang together stays as it was; noise is about normal.
 * Do not use it for: a series without controls (that is before and after), counts near zero, a change that came in slowly beforehand.
 * Errors: RangeError for lengths that differ, values that are not finite, or when controls follow from each other.
 * Refusal: no_controls; too_few_periods_before under 12; too_many_controls for 3 periods a coefficient; no_variation; no_periods_after.
 * Reference: K. H. Brodersen, F. Gallusser, J. Koehler, N. Remy, S. L. Scott, Annals of Applied Statistics 9 (2015) 247-274.
 *
 * @example
 * structuralSeries({ values: [1, 2, 3], controls: [], before: 2 }) // { refused: 'no_controls' }
 */
export function structuralSeries(asked: Asked): StructuralSeries | NoStructuralSeries {
  return allSteps(structuralSeriesInSteps(asked));
}

/**
 * The same, stopping now and then, so that a server can serve others between two steps.
 *
 * Method: as structuralSeries.
 * Shapes and units: as structuralSeries; a generator that yields nothing and returns the answer.
 * Assumes: as structuralSeries.
 * Do not use it for: scripts and tests, where structuralSeries is the same in one call.
 * Errors: as structuralSeries, at the first step.
 * Refusal: as structuralSeries.
 * Reference: as structuralSeries.
 *
 * @example
 * structuralSeriesInSteps({ values: [1, 2, 3], controls: [], before: 2 }).next() // { done: true, value: { refused: 'no_controls' } }
 */
export function* structuralSeriesInSteps(asked: Asked): Generator<void, StructuralSeries | NoStructuralSeries> {
  return refusal(asked) ?? { ...(yield* estimate(asked)), rehearsal: yield* rehearse(asked) };
}
