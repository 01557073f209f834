export type Estimated = { value: number; low: number; high: number };
export type EstimatedDifference = { difference: number; low: number; high: number };

/**
 * Interval for the difference of two independent estimates that each have an interval: the square-and-add rule (MOVER).
 *
 * Method: the distance from each estimate to its own limit, squared, added, and the root taken; so the lopsidedness of each interval is kept.
 * Of two shares with Wilson's intervals it is Newcombe's.
 * Shapes and units: both in one unit, with intervals of one confidence; difference is first minus second.
 * Assumes: the two are independent, and each interval covers as it says.
 * Do not use it for: the same units twice (they are paired), or an estimate without an interval.
 * Errors: RangeError for an interval that does not hold its estimate, or is not finite.
 * Reference: G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008) 1693-1702.
 *
 * @example
 * estimateDifference({ value: 5, low: 2, high: 8 }, { value: 1, low: -3, high: 5 }) // { difference: 4, low: -1, high: 9 }
 */
export function estimateDifference(first: Estimated, second: Estimated): EstimatedDifference {
  for (const { value, low, high } of [first, second])
    if (![value, low, high].every(Number.isFinite) || low > value || high < value)
      throw new RangeError('An interval must be finite and hold its estimate.');
  const difference = first.value - second.value;
  return {
    difference,
    low: difference - Math.hypot(first.value - first.low, second.high - second.value),
    high: difference + Math.hypot(first.high - first.value, second.value - second.low),
  };
}
