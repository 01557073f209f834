export type NoWeights = { refused: 'no_weights' };

/**
 * Whole units (cents, or ten-thousandths of a conversion) shared out by weight, so that the parts sum to the total exactly.
 *
 * Method: largest remainder (Hamilton, Hare-Niemeyer): each part is its exact share rounded down; the units left over go one each to the
 * largest remainders, and among equal remainders to the earlier part. No part is a whole unit or more from its exact share.
 * Shapes and units: weights are any numbers that are not negative, in the order in which ties are settled; total and parts are whole units.
 * Assumes: the order of the weights does not depend on the order of the data (sort by name).
 * Do not use it for: figures that go on into further arithmetic; round at the end only.
 * Errors: RangeError for a weight below zero or not finite, and for a total that is not a whole number.
 * Refusal: no_weights when there is something to share and every weight is zero.
 * Reference: M. L. Balinski, H. P. Young, Fair Representation (1982), appendix A.
 *
 * @example
 * apportion([1, 1, 1], 100) // [34, 33, 33]
 */
export function apportion(weights: readonly number[], total: number): number[] | NoWeights {
  if (!Number.isSafeInteger(total)) throw new RangeError('The total must be a whole number of units.');
  if (!weights.every((weight) => Number.isFinite(weight) && weight >= 0)) throw new RangeError('Weights must be finite and not negative.');
  const sum = weights.reduce((so, weight) => so + weight, 0);
  if (sum === 0) return total === 0 ? weights.map(() => 0) : { refused: 'no_weights' };
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((so, part) => so + part, 0);
  // Rounding may leave a remainder that is equal on paper unequal in the last places.
  const remainder = (index: number) => Math.round((exact[index]! - parts[index]!) * 1e6);
  const order = weights.map((_, index) => index).sort((one, two) => remainder(two) - remainder(one) || one - two);
  const open = order.filter((index) => weights[index]! > 0);
  for (let given = 0; given < left; given += 1) parts[open[given % open.length]!]! += 1;
  return parts;
}
