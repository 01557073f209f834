/**
 * Landfall: the first day on which a share reaches its target and stays there.
 *
 * Method: from the last day backwards, the longest run of days at or above the target; its first day is the answer.
 * Shapes and units: one share from 0 to 1 per day, the first is day 0 (the market date); the answer is a day number or null.
 * Assumes: consecutive days without a gap, the last of them complete.
 * Do not use it for: a verdict. It looks at the share alone, not at its interval; a goal is judged by goalVerdict.
 * Errors: RangeError when a share or the target is not between 0 and 1.
 * Refusal: null when there are no days, or when the last day is below the target.
 * Reference: Landfall's own definition (docs/methods/landfall-day.md).
 *
 * @example
 * landfallDay([0.1, 0.3, 0.2, 0.3, 0.4], 0.3) // 3
 */
export function landfallDay(shares: readonly number[], target: number): number | null {
  for (const share of [...shares, target]) {
    if (!(share >= 0 && share <= 1)) throw new RangeError('Shares and the target must be from 0 to 1.');
  }
  const lastBelow = shares.findLastIndex((share) => share < target);
  return lastBelow === shares.length - 1 ? null : lastBelow + 1;
}
