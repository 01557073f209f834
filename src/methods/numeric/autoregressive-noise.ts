import { normalQuantile } from './normal.ts';

export type Noise = { autocorrelation: number; deviation: number };
export type NoiseBelief = { autocorrelation: number; draw: (random: () => number) => Noise };

const steps = Array.from({ length: 20 }, (_, index) => index * 0.05);
const dot = (one: readonly number[], two: readonly number[]) => one.reduce((total, value, index) => total + value * two[index]!, 0);
const normal = (random: () => number) => normalQuantile(random() || 0.5);

const whitened = (values: readonly number[], rho: number): number[] =>
  values.map((value, index) => (index === 0 ? value * Math.sqrt(1 - rho * rho) : value - rho * values[index - 1]!));

/** Takes the columns out of the residuals one after the other (Gram-Schmidt): the squares left, and the size of what was taken out. */
function without(residuals: readonly number[], columns: readonly number[][]): { left: number; logSize: number } {
  const minus = (values: readonly number[], unit: readonly number[]) => {
    const part = dot(values, unit);
    return values.map((value, index) => value - part * unit[index]!);
  };
  let rest = [...residuals];
  let logSize = 0;
  const units: number[][] = [];
  for (const column of columns) {
    const pure = units.reduce(minus, [...column]);
    const size = Math.sqrt(dot(pure, pure));
    if (!(size > 1e-9 * Math.sqrt(dot(column, column)))) continue;
    const unit = pure.map((value) => value / size);
    units.push(unit);
    logSize += Math.log(size);
    rest = minus(rest, unit);
  }
  return { left: dot(rest, rest), logSize };
}

/**
 * What the residuals of a fitted curve say about the noise: how much each value carries over to the next, and how large it is.
 *
 * Method: the residuals of a fit look less alike from one to the next than the noise is, since the fit has followed it. So the
 * likelihood is that of the residuals with the fit taken out (restricted likelihood), for each autocorrelation of 0, 0.05, ...
 * 0.95, all taken as equally likely before; draw gives a pair from what is then believed: few residuals give wide beliefs.
 * Shapes and units: residuals in the order of time; one column for each fitted number, the slope of the curve in it; deviation is
 * that of the new part of the noise, in the unit of the residuals.
 * Assumes: noise of equal size throughout, each value rho times the last plus something new that is normal; rho not negative.
 * Do not use it for: fewer than four residuals more than fitted numbers; residuals with gaps.
 * Errors: RangeError when there are too few residuals or none differs from 0.
 * Reference: J. D. Cooper, R. Thompson, Biometrika 64 (1977) 625-628; M. J. Prais, C. B. Winsten, Cowles Commission paper 383 (1954).
 *
 * @example
 * autoregressiveNoise([3, 4, 3, 4, 3, -3, -4, -3, -4, -3], [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]]).autocorrelation.toFixed(2) // '0.77'
 */
export function autoregressiveNoise(residuals: readonly number[], columns: readonly number[][]): NoiseBelief {
  const degrees = residuals.length - columns.length;
  if (degrees < 4) throw new RangeError('The noise needs at least four residuals more than fitted numbers.');
  const found = steps.map((rho) => {
    const taken = columns.map((column) => whitened(column, rho));
    const { left, logSize } = without(whitened(residuals, rho), taken);
    return { rho, left, logWeight: 0.5 * Math.log(1 - rho * rho) - logSize - (degrees / 2) * Math.log(left) };
  });
  if (found.some(({ left }) => !(left > 0))) throw new RangeError('The residuals must differ from 0.');
  const top = Math.max(...found.map(({ logWeight }) => logWeight));
  const weights = found.map(({ logWeight }) => Math.exp(logWeight - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    autocorrelation: weights.reduce((mean, weight, index) => mean + (weight / total) * steps[index]!, 0),
    draw: (random) => {
      let at = random() * total;
      const { rho, left } =
        found[
          Math.max(
            0,
            weights.findIndex((weight) => (at -= weight) < 0),
          )
        ]!;
      let chi = 0;
      for (let each = 0; each < degrees; each += 1) chi += normal(random) ** 2;
      return { autocorrelation: rho, deviation: Math.sqrt(left / chi) };
    },
  };
}

/**
 * A stretch of such noise: either from nothing known, or going on from the last value.
 *
 * Method: each value is the autocorrelation times the one before, plus a normal number of the given deviation.
 * Shapes and units: noise as drawn; a count of values; the last value, or undefined to begin anywhere in its usual range.
 * Assumes: autocorrelation under 1.
 * Do not use it for: noise that is not normal.
 * Errors: none.
 * Reference: G. E. P. Box, G. M. Jenkins, Time Series Analysis (1970), section 3.2.
 *
 * @example
 * noiseFrom({ autocorrelation: 0.5, deviation: 0 }, () => 0.5, 3, 8) // [4, 2, 1]
 */
export function noiseFrom({ autocorrelation, deviation }: Noise, random: () => number, count: number, last?: number): number[] {
  let now = last ?? (deviation / Math.sqrt(1 - autocorrelation ** 2)) * normal(random);
  return Array.from({ length: count }, () => (now = autocorrelation * now + deviation * normal(random)));
}
