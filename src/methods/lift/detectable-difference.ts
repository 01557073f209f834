import { normalQuantile } from '../numeric/normal.ts';
import type { CannotDetect, DetectableShare } from './detectable-share.ts';

const fewest = 5;

/**
 * Smallest detectable difference of two shares: how much more (or less) than a base share a group of this size must reach so that the
 * comparison with another group shows it.
 *
 * Method: the normal approximation of the two-sided test of two proportions, pooled variance under the null, separate
 * variances under the alternative, groups of any two sizes; the equation of sample size is solved for the other share by halving.
 * Shapes and units: base is a share from 0 to 1; trials are the independent units of the changed group and of the base group
 * (effective ones where units come in clusters); power and significance are probabilities; the answer is a share and its
 * distance from the base.
 * Assumes: two independent groups, assigned by chance or as good as that, looked at once.
 * Do not use it for: one group against a fixed target (detectableShare), the same units before and after, or to say what caused a change.
 * Errors: RangeError for a share, power or significance that cannot be, or trials that are no counts.
 * Refusal: too_few when either group has under 5 units; no_room when even everybody, or nobody, would not be far enough.
 * Reference: J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions, 3rd ed. (2003), sections 4.2 and 4.4;
 * R's power.prop.test (package stats) solves the same equation for groups of equal size.
 *
 * @example
 * detectableDifference({ base: 0.5, trials: [50, 50], power: 0.9 }).share.toFixed(4) // '0.8026'
 */
export function detectableDifference(plan: {
  base: number;
  trials: readonly [changed: number, base: number];
  side?: 'above' | 'below';
  power?: number;
  significance?: number;
}): DetectableShare | CannotDetect {
  const { base, trials, side = 'above', power = 0.8, significance = 0.05 } = plan;
  const [changed, other] = trials;
  if (!(base >= 0 && base <= 1)) throw new RangeError('The share must be from 0 to 1.');
  for (const count of trials) if (!(count >= 0 && Number.isFinite(count))) throw new RangeError('The trials must be counts.');
  for (const value of [power, significance])
    if (!(value > 0 && value < 1)) throw new RangeError('Power and significance must be above 0 and below 1.');
  if (Math.min(changed, other) < fewest) return { refused: 'too_few', needed: fewest };
  const sign = side === 'above' ? 1 : -1;
  const [forTest, forPower] = [normalQuantile(1 - significance / 2), normalQuantile(power)];
  const variance = (share: number) => Math.max(0, share * (1 - share));
  const lacking = (difference: number): number => {
    const share = base + sign * difference;
    const pooled = (share * changed + base * other) / (changed + other);
    const underNull = Math.sqrt(variance(pooled) * (1 / changed + 1 / other));
    const underChange = Math.sqrt(variance(share) / changed + variance(base) / other);
    return forTest * underNull + forPower * underChange - difference;
  };
  const room = side === 'above' ? 1 - base : base;
  if (room === 0 || lacking(room) > 0) return { refused: 'no_room', needed: null };
  let [low, high] = [0, room];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (lacking(middle) > 0) low = middle;
    else high = middle;
  }
  return { share: base + sign * high, difference: high };
}
