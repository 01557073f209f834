import { normalQuantile } from '../numeric/normal.ts';

/**
 * Sample size for a comparison of two shares: how many units each group needs.
 *
 * Method: the normal approximation of the two-sided test of two proportions, equal groups, pooled variance under the null.
 * Shapes and units: base and changed are shares from 0 to 1; power and significance are probabilities; the answer is units per group.
 * Assumes: two independent groups of equal size, assigned by chance, looked at once.
 * Do not use it for: results looked at every day, groups of very unequal size, expected counts under about 5 in a cell.
 * Errors: RangeError for a share, power or significance not between 0 and 1.
 * Refusal: no_difference when both shares are equal, since no size would show it.
 * Reference: J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions, 3rd ed. (2003), section 4.2.
 *
 * @example
 * unitsPerGroup({ base: 0.2, changed: 0.25 }) // 1094
 */
export function unitsPerGroup(plan: {
  base: number;
  changed: number;
  power?: number;
  significance?: number;
}): number | { refused: 'no_difference' } {
  const { base, changed, power = 0.8, significance = 0.05 } = plan;
  for (const value of [base, changed, power, significance]) {
    if (!(value > 0 && value < 1)) throw new RangeError('Shares, power and significance must be above 0 and below 1.');
  }
  if (base === changed) return { refused: 'no_difference' };
  const mean = (base + changed) / 2;
  const underNull = normalQuantile(1 - significance / 2) * Math.sqrt(2 * mean * (1 - mean));
  const underChange = normalQuantile(power) * Math.sqrt(base * (1 - base) + changed * (1 - changed));
  return Math.ceil(((underNull + underChange) / (base - changed)) ** 2);
}
