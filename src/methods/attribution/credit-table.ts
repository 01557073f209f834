import { exactSum } from '../numeric/exact-sum.ts';

/** What a path of touches came to: the same path may have been taken many times, with and without a conversion. */
export type Journey = {
  /** Channels in the order of the touches, oldest first. */
  touches: readonly string[];
  /** Days from each touch to the conversion; time decay and influence need them. */
  daysBefore?: readonly number[];
  /** The touch at which the lead, and the opportunity, came to be, counted from 0; absent where nobody knows. */
  lead?: number;
  opportunity?: number;
  conversions: number;
  value: number;
  nulls: number;
};

export type Share = { channel: number; share: number };
/** Channels by name, and what part of each journey belongs to each of them. */
export type CreditTable = { channels: string[]; shares: Share[][] };

/**
 * Which part of each journey belongs to which channel, under a rule that gives every touch a share.
 *
 * Method: the rule's shares of one journey, added up by channel. Journeys without a touch have no part: nothing explains them.
 * Shapes and units: journeys as above; `sharesOf` gives one share a touch, from 0 to 1, with sum 1; channels come sorted by name.
 * Assumes: the rule looks at one journey at a time, so that credit is additive over journeys.
 * Do not use it for: Markov removal effects, which look at all journeys together.
 * Errors: RangeError when a rule does not give as many shares as there are touches, or a count is below zero or not finite.
 * Reference: the additivity is that of R. Shao, L. Li, KDD 2011, 258-264, section 2.
 *
 * @example
 * creditTable([{ touches: ['ad', 'fair'], conversions: 1, value: 0, nulls: 0 }], () => [0.4, 0.6]).shares[0] // [{ channel: 0, share: 0.4 }, { channel: 1, share: 0.6 }]
 */
export function creditTable(journeys: readonly Journey[], sharesOf: (journey: Journey) => readonly number[]): CreditTable {
  const names = new Set<string>();
  for (const { touches } of journeys) for (const touch of touches) names.add(touch);
  const channels = [...names].sort((one, two) => (one < two ? -1 : 1));
  const places = new Map(channels.map((channel, place) => [channel, place]));
  const summed = new Float64Array(channels.length);
  const isMet = new Uint8Array(channels.length);
  const shares = journeys.map((journey) => {
    const { touches, conversions, nulls, value } = journey;
    if (!(conversions >= 0 && nulls >= 0 && Number.isFinite(value))) throw new RangeError('Counts cannot be below zero.');
    const given = touches.length === 0 ? [] : sharesOf(journey);
    if (given.length !== touches.length) throw new RangeError('A rule must give every touch its share.');
    const met: number[] = [];
    for (let at = 0; at < touches.length; at += 1) {
      const place = places.get(touches[at]!)!;
      if (isMet[place] === 0) {
        isMet[place] = 1;
        summed[place] = 0;
        met.push(place);
      }
      summed[place]! += given[at]!;
    }
    met.sort((one, two) => one - two);
    for (const place of met) isMet[place] = 0;
    return met.map((channel) => ({ channel, share: summed[channel]! }));
  });
  return { channels, shares };
}

/**
 * Credit by channel: amounts of the journeys (conversions, or money) shared out as the table says.
 *
 * Method: for each channel the sum over journeys of share times amount, rounded once, so that the order of the journeys changes nothing.
 * Shapes and units: amounts in one unit, one a journey; the answer is one amount a channel, in the order of the table.
 * Assumes: amounts of one currency.
 * Do not use it for: money of several currencies in one call.
 * Errors: RangeError for an amount that is not finite.
 * Reference: as creditTable.
 *
 * @example
 * creditOf({ channels: ['ad', 'fair'], shares: [[{ channel: 0, share: 0.25 }, { channel: 1, share: 0.75 }]] }, [8]) // [2, 6]
 */
export function creditOf({ channels, shares }: CreditTable, amounts: ArrayLike<number>): number[] {
  const terms: number[][] = channels.map(() => []);
  for (let at = 0; at < shares.length; at += 1) {
    const amount = amounts[at]!;
    if (amount !== 0) for (const { channel, share } of shares[at]!) terms[channel]!.push(share * amount);
  }
  return terms.map(exactSum);
}
