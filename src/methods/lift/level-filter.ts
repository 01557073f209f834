import { solveSymmetric, type Triangle, triangleOf } from '../numeric/symmetric-system.ts';

export type Filtered = {
  triangle: Triangle;
  coefficients: number[];
  residual: number;
  logLikelihood: (noiseVariance: number) => number;
  levelAt: number[];
  levelVariance: number;
  errors: number[][];
};

/** Shrinks the coefficients a little towards none: worth one observation, half as correlated as the controls are. */
function priorOf(rows: readonly (readonly number[])[], before: number, worth: number): number[][] {
  const size = rows[0]!.length - 1;
  const matrix = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  for (let at = 0; at < before; at += 1)
    for (let one = 0; one < size; one += 1)
      for (let other = 0; other < size; other += 1)
        matrix[one]![other]! += ((one === other ? 1 : 0.5) * worth * rows[at]![one + 1]! * rows[at]![other + 1]!) / before;
  return matrix;
}

/** Adds what one period says, once the level is taken out of it, to the sums of squares and products. */
function add(sums: number[][], error: readonly number[], variance: number): void {
  for (let one = 0; one < error.length; one += 1)
    for (let other = 0; other <= one; other += 1) sums[one]![other]! += (error[one]! * error[other]!) / variance;
}

/**
 * A level that wanders, with regression: what a series says of its coefficients and of where the level stands, for one given restlessness.
 *
 * Method: Kalman's filter of a local level from a diffuse start takes the level out of the outcome and of every control alike; what is left
 * is least squares with a weak normal prior (Zellner's, worth one observation). Everything is in units of the noise's variance, which is left
 * open: the likelihood for any variance comes back as a function.
 * Shapes and units: rows of [outcome, control, control, ...], one a period; restlessness is the variance of a step of the level over that of the
 * noise; before is the number of rows that are read. levelAt gives the last level of each column, errors the one-step errors.
 * Assumes: normal noise, no step of the level known in advance, complete rows.
 * Do not use it for: an effect by itself; structuralSeries averages over restlessness and noise.
 * Errors: RangeError when a control is constant or follows from the others.
 * Reference: J. Durbin, S. J. Koopman, Time Series Analysis by State Space Methods, 2nd ed. (2012), chapters 2 and 6.2.
 *
 * @example
 * levelFilter([[1, 0], [2, 1], [3, 0], [4, 1]], 4, 1, 1).coefficients.length // 1
 */
export function levelFilter(rows: readonly (readonly number[])[], before: number, restlessness: number, worth: number): Filtered {
  const width = rows[0]!.length;
  let level = [...rows[0]!];
  let variance = 1;
  let logVariance = 0;
  const sums = Array.from({ length: width }, () => Array.from({ length: width }, () => 0));
  const errors: number[][] = [];
  for (let at = 1; at < before; at += 1) {
    const predicted = variance + restlessness;
    const error = rows[at]!.map((value, column) => value - level[column]!);
    errors.push(error);
    add(sums, error, predicted + 1);
    logVariance += Math.log(predicted + 1);
    const gain = predicted / (predicted + 1);
    level = level.map((value, column) => value + gain * error[column]!);
    variance = predicted * (1 - gain);
  }
  const prior = priorOf(rows, before, worth);
  const triangle = triangleOf(
    prior.map((line, one) => line.map((value, other) => value + sums[Math.max(one, other) + 1]![Math.min(one, other) + 1]!)),
  );
  const towards = sums.slice(1).map((line) => line[0]!);
  const coefficients = solveSymmetric(triangle, towards);
  const residual = sums[0]![0]! - coefficients.reduce((sum, value, index) => sum + value * towards[index]!, 0);
  const logSize = (of: Triangle) => of.reduce((sum, line, index) => sum + Math.log(line[index]!), 0);
  const shape = logSize(triangleOf(prior)) - logSize(triangle) - logVariance / 2;
  const logLikelihood = (noise: number) => shape - ((before - 1) / 2) * Math.log(noise) - residual / (2 * noise);
  return { triangle, coefficients, residual, logLikelihood, levelAt: level, levelVariance: variance, errors };
}
