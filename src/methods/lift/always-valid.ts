export type AlwaysValid = { difference: number; low: number; high: number; p: number };
export type NotYet = { refused: 'too_few'; needed: number };

const fewest = 50;

/**
 * A difference that may be looked at every day: always-valid interval and p-value by a mixture of sequential probability ratio tests.
 *
 * Method: the likelihood of every effect, weighted by a normal mixture about 0 whose spread is the smallest change worth having, over that of
 * no effect. Whoever stops when that ratio passes 1 / 0.05 is wrong at most once in twenty, whatever the day on which they look. The
 * interval holds all effects that the ratio does not yet exclude. It is wider than an interval made to be read once.
 * Shapes and units: difference and its standard error in any unit; units of the smaller arm; worthHaving in the same unit, fixed before.
 * Assumes: enough units for the difference to be normal (from 50 in the smaller arm on), and worthHaving not chosen by looking.
 * Do not use it for: a result that is read once, on a day fixed before (shareDifference, meanDifference are narrower).
 * Errors: RangeError for a standard error or worthHaving that is not above 0, or a significance that cannot be.
 * Refusal: too_few under 50 units in the smaller arm: the first looks would rest on a normal that is not there yet.
 * Reference: R. Johari, P. Koomen, L. Pekelis, D. Walsh, Operations Research 70 (2022) 1806-1821, Always valid inference.
 *
 * @example
 * alwaysValid({ difference: 0.05, error: 0.01, units: 4000, worthHaving: 0.03 }).low.toFixed(4) // '0.0196'
 */
export function alwaysValid(look: {
  difference: number;
  error: number;
  units: number;
  worthHaving: number;
  significance?: number;
}): AlwaysValid | NotYet {
  const { difference, error, units, worthHaving, significance = 0.05 } = look;
  if (!(error > 0 && worthHaving > 0)) throw new RangeError('The standard error and the smallest change worth having must be above 0.');
  if (!(significance > 0 && significance < 1)) throw new RangeError('The significance must be above 0 and below 1.');
  if (units < fewest) return { refused: 'too_few', needed: fewest };
  const variance = error ** 2;
  const spread = worthHaving ** 2;
  const both = variance + spread;
  const logRatio = 0.5 * Math.log(variance / both) + (spread * difference ** 2) / (2 * variance * both);
  const half = Math.sqrt(((variance * both) / spread) * (Math.log(both / variance) - 2 * Math.log(significance)));
  return { difference, low: difference - half, high: difference + half, p: Math.min(1, Math.exp(-logRatio)) };
}
