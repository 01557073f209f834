import { normalQuantile } from '../numeric/normal.ts';

export type MeanPlan = { deviation: number; power?: number; significance?: number };

const reachOf = ({ deviation, power = 0.8, significance = 0.05 }: MeanPlan): number => {
  if (!(deviation > 0 && Number.isFinite(deviation))) throw new RangeError('The standard deviation must be above 0.');
  for (const value of [power, significance])
    if (!(value > 0 && value < 1)) throw new RangeError('Power and significance must be above 0 and below 1.');
  return (normalQuantile(1 - significance / 2) + normalQuantile(power)) * deviation;
};

/**
 * Smallest detectable difference of two means: what effect two groups of these sizes show. Of a staged roll-out it is asked with the
 * deviation of each account's change from before to after; of an adjusted difference with the deviation that is left.
 *
 * Method: the normal approximation of the two-sided test, one standard deviation for both groups.
 * Shapes and units: deviation in the unit of the outcome; sizes are independent units; the answer is in the unit of the outcome.
 * Assumes: groups by lot, looked at once, large enough that their means are normal.
 * Do not use it for: shares (detectableDifference), results that are looked at every day.
 * Errors: RangeError for a deviation, power or significance that cannot be.
 * Refusal: too_few when either group has under 5 units.
 * Reference: S.-C. Chow, J. Shao, H. Wang, Sample Size Calculations in Clinical Research, 2nd ed. (2008), section 3.2.
 *
 * @example
 * detectableMeanDifference({ deviation: 10, units: [63, 63] }).toFixed(3) // '4.992'
 */
export function detectableMeanDifference(
  plan: MeanPlan & { units: readonly [number, number] },
): number | { refused: 'too_few'; needed: number } {
  const reach = reachOf(plan);
  const [one, other] = plan.units;
  if (!(Math.min(one, other) >= 5)) return { refused: 'too_few', needed: 5 };
  return reach * Math.sqrt(1 / one + 1 / other);
}

/**
 * Sample size for a comparison of two means: how many units each group needs to show a difference of this size.
 *
 * Method: the equation of the smallest detectable difference, solved for the size of two equal groups.
 * Shapes and units: deviation and difference in the unit of the outcome; the answer is units per group.
 * Assumes: as detectableMeanDifference.
 * Do not use it for: shares (unitsPerGroup), or money so skewed that the mean is not normal (Cochran's rule asks for more).
 * Errors: RangeError for a deviation, power or significance that cannot be.
 * Refusal: no_difference when the difference is 0, since no size would show it.
 * Reference: as detectableMeanDifference.
 *
 * @example
 * unitsPerGroupOfMeans({ deviation: 10, difference: 5 }) // 63
 */
export function unitsPerGroupOfMeans(plan: MeanPlan & { difference: number }): number | { refused: 'no_difference' } {
  const reach = reachOf(plan);
  if (plan.difference === 0) return { refused: 'no_difference' };
  return Math.ceil(2 * (reach / plan.difference) ** 2);
}
