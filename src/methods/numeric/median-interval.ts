export type MedianRanks = { low: number; high: number; coverage: number };
export type TooFew = { refused: 'too_few'; needed: number };

/** Chance that at most `reach` of `count` fair coins fall heads, for each reach upwards until it passes `limit`. */
function lastReachUnder(count: number, limit: number): { reach: number; tail: number } {
  const middle = Math.floor(count / 2);
  const weights = [1];
  for (let heads = middle; heads > 0 && weights.at(-1)! > 1e-25; heads -= 1) {
    weights.push((weights.at(-1)! * heads) / (count - heads + 1));
  }
  const below = weights.reduce((sum, weight) => sum + weight, 0);
  const total = count % 2 === 0 ? 2 * below - 1 : 2 * below;
  let reach = middle - weights.length;
  let tail = 0;
  for (const weight of weights.toReversed()) {
    const next = tail + weight / total;
    if (next > limit) break;
    tail = next;
    reach += 1;
  }
  return { reach, tail };
}

/**
 * Interval for a median (days from first contact to won): the ranks of the two observations that bound it.
 *
 * Method: an observation falls under the median as a fair coin does, so the counts of a binomial(n, 1/2) tell which
 * order statistics hold the median with at least the asked confidence. Needs no shape of the distribution.
 * Shapes and units: count of observations; the answer is two ranks, 1 = smallest, and the exact coverage (never under
 * the confidence). The caller takes the observations at these ranks, so the interval has the unit of the data.
 * Assumes: independent observations of one distribution, sorted. Ties only make it safer.
 * Do not use it for: durations where the slow ones have not ended yet (open deals): the median of the ended ones is too short.
 * Errors: RangeError when the count is not a whole number of 0 or more, or the confidence is not between 0 and 1.
 * Refusal: too_few with the count needed (6 at 95 %): below it even the smallest and the largest do not suffice.
 * Reference: W. J. Conover, Practical Nonparametric Statistics, 3rd ed. (1999), section 3.2.
 *
 * @example
 * medianRanks(20).low // 6
 */
export function medianRanks(count: number, confidence = 0.95): MedianRanks | TooFew {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('The count must be a whole number of 0 or more.');
  if (!(confidence > 0 && confidence < 1)) throw new RangeError('The confidence must be above 0 and below 1.');
  const needed = Math.ceil(1 + Math.log2(1 / (1 - confidence)) - 1e-12);
  if (count < needed) return { refused: 'too_few', needed };
  const { reach, tail } = lastReachUnder(count, (1 - confidence) / 2 + 1e-15);
  return { low: reach + 1, high: count - reach, coverage: 1 - 2 * tail };
}
