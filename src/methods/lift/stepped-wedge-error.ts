import { normalQuantile } from '../numeric/normal.ts';

export type WedgeError = { standardError: number; detectable: number };
export type NoWedgeError = { refused: 'too_few'; needed: number } | { refused: 'no_variance' };

/**
 * How exact a stepped wedge can be: the standard error of its effect, and the smallest effect that it shows.
 *
 * Method: Hussey and Hughes. Every unit is measured once before the first wave and once after each; weighted least squares over units
 * that keep their level, with periods of their own. The variance has a closed form in how many have got it, by period and by unit.
 * Shapes and units: waves are counts of units, in the order in which they get it; variance is that of one measurement of one unit (p (1 - p) of a
 * share); likeness from 0 to below 1 is how much two measurements of the same unit go together. Errors in the unit of the measurement.
 * Assumes: the effect is there at once and stays; nobody gets it early; periods touch all units alike; about normal sums.
 * Do not use it for: effects that grow with time, or fewer than a handful of units a wave.
 * Errors: RangeError for waves that are no counts, or a variance, likeness, power or significance that cannot be.
 * Refusal: too_few under two waves or four units; no_variance when nothing varies.
 * Reference: M. A. Hussey, J. P. Hughes, Contemporary Clinical Trials 28 (2007) 182-191, equation 8.
 *
 * @example
 * steppedWedgeError({ waves: [1, 1], variance: 1, likeness: 0 }) // { refused: 'too_few', needed: 4 }
 */
export function steppedWedgeError(plan: {
  waves: readonly number[];
  variance: number;
  likeness: number;
  power?: number;
  significance?: number;
}): WedgeError | NoWedgeError {
  const { waves, variance, likeness, power = 0.8, significance = 0.05 } = plan;
  if (!waves.every((count) => Number.isSafeInteger(count) && count >= 0)) throw new RangeError('Waves must be counts of units.');
  if (!(variance >= 0 && likeness >= 0 && likeness < 1))
    throw new RangeError('The variance must be 0 or more, the likeness from 0 to below 1.');
  for (const value of [power, significance])
    if (!(value > 0 && value < 1)) throw new RangeError('Power and significance must be above 0 and below 1.');
  const units = waves.reduce((sum, count) => sum + count, 0);
  if (waves.filter((count) => count > 0).length < 2 || units < 4) return { refused: 'too_few', needed: 4 };
  if (variance === 0) return { refused: 'no_variance' };
  const [between, within] = [likeness * variance, (1 - likeness) * variance];
  const periods = waves.length + 1;
  const reached = waves.map((_, last) => waves.slice(0, last + 1).reduce((sum, count) => sum + count, 0));
  const all = reached.reduce((sum, count) => sum + count, 0);
  const squaredByPeriod = reached.reduce((sum, count) => sum + count ** 2, 0);
  const squaredByUnit = waves.reduce((sum, count, wave) => sum + count * (waves.length - wave) ** 2, 0);
  const over = units * within * (within + periods * between);
  const under =
    (units * all - squaredByPeriod) * within +
    (all ** 2 + units * periods * all - periods * squaredByPeriod - units * squaredByUnit) * between;
  const standardError = Math.sqrt(over / under);
  return { standardError, detectable: (normalQuantile(1 - significance / 2) + normalQuantile(power)) * standardError };
}
