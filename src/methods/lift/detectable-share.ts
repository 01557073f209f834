import { normalQuantile } from '../numeric/normal.ts';

export type DetectableShare = { share: number; difference: number };
export type CannotDetect = { refused: 'too_few' | 'no_room'; needed: number | null };

const fewest = 5;

/** The smallest x above 0 at which a growing function is no longer negative, to 1e-9; null when it is negative up to the end. */
const firstRoot = (at: (x: number) => number, end: number): number | null => {
  if (at(end) < 0) return null;
  let [low, high] = [0, end];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (at(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
};

/**
 * Smallest detectable distance of a share from a fixed one: how far above (or below) a target the truth must lie so that so many units show it.
 *
 * Method: the normal approximation of the two-sided test of one proportion, variance under the null for the test and under
 * the alternative for the power; the equation of sample size is solved for the share instead of the count, by halving.
 * Shapes and units: from is a share from 0 to 1; trials are independent units (effective ones where units come in clusters);
 * power and significance are probabilities; the answer is a share and its distance from the fixed one.
 * Assumes: units are independent, the fixed share was fixed before, and the result is looked at once.
 * Do not use it for: the change of one share against another that is measured too (detectableDifference).
 * Errors: RangeError for a share, power or significance that cannot be, or trials that are no count.
 * Refusal: too_few under 5 units; no_room when even everybody, or nobody, would not be far enough from the fixed share.
 * Reference: B. Rosner, Fundamentals of Biostatistics, 8th ed. (2016), section 7.9; J. L. Fleiss, B. Levin, M. C. Paik (2003), section 2.5.
 *
 * @example
 * detectableShare({ from: 0.02, trials: 341, power: 0.9 }).share.toFixed(3) // '0.050'
 */
export function detectableShare(plan: {
  from: number;
  trials: number;
  side?: 'above' | 'below';
  power?: number;
  significance?: number;
}): DetectableShare | CannotDetect {
  const { from, trials, side = 'above', power = 0.8, significance = 0.05 } = plan;
  if (!(from >= 0 && from <= 1)) throw new RangeError('The share must be from 0 to 1.');
  if (!(trials >= 0 && Number.isFinite(trials))) throw new RangeError('The trials must be a count.');
  for (const value of [power, significance])
    if (!(value > 0 && value < 1)) throw new RangeError('Power and significance must be above 0 and below 1.');
  if (trials < fewest) return { refused: 'too_few', needed: fewest };
  const sign = side === 'above' ? 1 : -1;
  const [forTest, forPower] = [normalQuantile(1 - significance / 2), normalQuantile(power)];
  const underNull = forTest * Math.sqrt((from * (1 - from)) / trials);
  const room = side === 'above' ? 1 - from : from;
  const found = firstRoot((difference) => {
    const share = from + sign * difference;
    return difference - underNull - forPower * Math.sqrt(Math.max(0, share * (1 - share)) / trials);
  }, room);
  if (found === null || room === 0) return { refused: 'no_room', needed: null };
  return { share: from + sign * found, difference: found };
}
