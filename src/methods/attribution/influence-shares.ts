import type { Journey } from './credit-table.ts';

/**
 * Campaign influence as Salesforce counts it: every campaign that reached the deal within a time frame has an equal share.
 *
 * Method: of the touches, those within the time frame count; each campaign (or channel) counts once however often it came, with the day on which it came
 * first, as a member joins a campaign once; all that count share equally. Repeats have nothing further. Where nothing lies within the frame nobody has a share,
 * and the conversion stays unexplained.
 * Shapes and units: the frame in days, its end included, null for no limit; the answer has one share a touch, with sum 1, or all zero.
 * Assumes: touches are of people on the deal (contact roles, or the account), as the caller chose.
 * Do not use it for: saying what a campaign sourced: influenced counts everybody who was there.
 * Errors: RangeError for a frame below zero, and for missing days when there is a frame.
 * Reference: Salesforce Help, Campaign Influence: auto-association settings (campaign influence time frame) and the even-distribution model.
 *
 * @example
 * influenceShares({ touches: ['ad', 'fair', 'ad'], daysBefore: [40, 20, 10], conversions: 1, value: 0, nulls: 0 }, 30) // [0, 1, 0]
 */
export function influenceShares({ touches, daysBefore }: Journey, frameDays: number | null): number[] {
  if (frameDays !== null && !(frameDays >= 0)) throw new RangeError('The time frame must be a number of days.');
  if (frameDays !== null && daysBefore?.length !== touches.length) throw new RangeError('A time frame needs the days of every touch.');
  const counts = touches.map((touch, at) => touches.indexOf(touch) === at && (frameDays === null || daysBefore![at]! <= frameDays));
  const campaigns = counts.filter(Boolean).length;
  return counts.map((isCounted) => (isCounted ? 1 / campaigns : 0));
}
