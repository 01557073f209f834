import type { Journey } from './credit-table.ts';

/**
 * Credit by time: a touch one half-life before another has half its share.
 *
 * Method: the share of a touch is 2 to the power of minus its days before the conversion over the half-life, made to sum to 1 in each path. It
 * is worked out from the distance to the newest touch, so that old paths do not vanish in rounding.
 * Shapes and units: days, with fractions, one a touch, not negative; the half-life in days; the answer has one share a touch, with sum 1.
 * Assumes: a touch after the conversion was left out before.
 * Do not use it for: paths without times (an aggregated file has none), or as an estimate of how fast influence fades: the half-life is an agreement.
 * Errors: RangeError for a half-life that is not above zero, for missing days, and for days below zero.
 * Reference: Google Analytics (Universal), time decay model, half-life of 7 days by default.
 *
 * @example
 * decayShares({ touches: ['ad', 'fair'], daysBefore: [7, 0], conversions: 1, value: 0, nulls: 0 }, 7) // [1 / 3, 2 / 3]
 */
export function decayShares({ touches, daysBefore }: Journey, halfLifeDays: number): number[] {
  if (!(halfLifeDays > 0) || !Number.isFinite(halfLifeDays)) throw new RangeError('The half-life must be a number of days above zero.');
  if (daysBefore?.length !== touches.length) throw new RangeError('Time decay needs the days before the conversion of every touch.');
  if (!daysBefore.every((days) => days >= 0 && Number.isFinite(days))) throw new RangeError('A touch cannot lie after the conversion.');
  const newest = Math.min(...daysBefore);
  const raw = daysBefore.map((days) => 2 ** (-(days - newest) / halfLifeDays));
  const sum = raw.reduce((so, share) => so + share, 0);
  return raw.map((share) => share / sum);
}
