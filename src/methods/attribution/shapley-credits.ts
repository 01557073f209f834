import { creditOf, creditTable, type Journey } from './credit-table.ts';
import { influenceShares } from './influence-shares.ts';
import { mostExactPlayers, shapleyValues, type ShapleyValues } from './shapley-values.ts';

export type ShapleyCredits = ShapleyValues & { channels: string[] };
export type TooManyChannels = { refused: 'too_many_channels'; most: number };

type Coalition = { mask: number; conversions: number; journeys: number };

/** Sums over all subsets of each coalition, in place: one pass a channel. */
function overSubsets(sums: Float64Array, channels: number): Float64Array {
  for (let channel = 0; channel < channels; channel += 1)
    for (let mask = 0; mask < sums.length; mask += 1) if (mask & (1 << channel)) sums[mask]! += sums[mask ^ (1 << channel)]!;
  return sums;
}

function coalitionsOf(journeys: readonly Journey[], channels: readonly string[], amount: 'conversions' | 'value'): Coalition[] {
  const bits = new Map(channels.map((channel, place) => [channel, 1 << place]));
  const found = new Map<number, Coalition>();
  for (const journey of journeys) {
    let mask = 0;
    for (const touch of journey.touches) mask |= bits.get(touch)!;
    const so = found.get(mask) ?? { mask, conversions: 0, journeys: 0 };
    found.set(mask, so);
    so.conversions += journey[amount];
    so.journeys += journey.conversions + journey.nulls;
  }
  found.delete(0);
  return [...found.values()];
}

/** Too many coalitions to prepare: each is worked out when it is first asked for. */
function remembered(coalitions: readonly Coalition[], value: (conversions: number, journeys: number) => number) {
  const known = new Map<number, number>();
  return (coalition: number) => {
    const before = known.get(coalition);
    if (before !== undefined) return before;
    const within = coalitions.filter(({ mask }) => (mask & ~coalition) === 0);
    const sum = (part: 'conversions' | 'journeys') => within.reduce((so, one) => so + one[part], 0);
    const worth = value(sum('conversions'), sum('journeys'));
    known.set(coalition, worth);
    return worth;
  };
}

function worthOf(coalitions: readonly Coalition[], channels: number, kind: 'conversions' | 'rate'): (coalition: number) => number {
  const all = coalitions.reduce((sum, { journeys }) => sum + journeys, 0);
  const value = (conversions: number, journeys: number) =>
    kind === 'conversions' ? conversions : journeys === 0 ? 0 : (all * conversions) / journeys;
  if (channels > mostExactPlayers) return remembered(coalitions, value);
  const sumOf = (part: 'conversions' | 'journeys') => {
    const sums = new Float64Array(2 ** channels);
    for (const one of coalitions) sums[one.mask]! += one[part];
    return overSubsets(sums, channels);
  };
  const conversions = sumOf('conversions');
  const journeys = sumOf('journeys');
  return (coalition) => value(conversions[coalition]!, journeys[coalition]!);
}

/** How far apart two additions of one channel can lie; a rate of several sets together is never above the largest of one. */
function rangeOf(coalitions: readonly Coalition[], kind: 'conversions' | 'rate'): number {
  const sum = (part: 'conversions' | 'journeys') => coalitions.reduce((so, one) => so + one[part], 0);
  if (kind === 'conversions') return sum('conversions');
  return 2 * sum('journeys') * Math.max(0, ...coalitions.map(({ conversions, journeys }) => (journeys === 0 ? 0 : conversions / journeys)));
}

/**
 * Shapley credit of channels: what each channel adds on average to the channels that came before it, over all orders.
 *
 * Method: the game of the channels. Worth `conversions`: a set of channels is worth the conversions of the journeys that used no other channel; the credit is then,
 * as can be proved, each journey's conversions in equal parts over its distinct channels, and it never falls below zero. Worth `rate`: a set is worth the
 * conversion rate of those journeys times all journeys, so that journeys without a conversion count against; credit may fall below zero, and sets
 * that nobody used alone make it noisy. Up to 12 channels both are worked out over all
 * coalitions. Beyond, conversions are shared in equal parts, which is exact too, and the rate is sampled with a bound (shapleyValues).
 * Shapes and units: journeys with counts; `amount` says whether conversions or their value is shared; credits in that unit, channels sorted by name.
 * Assumes: the order and the number of touches in a journey do not matter.
 * Do not use it for: saying what would have happened without a channel. A set that was used alone was used by other customers.
 * Errors: as shapleyValues.
 * Refusal: too_many_channels above 30 for the rate: merge the smallest channels first.
 * Reference: K. Zhao, S. H. Mahboobi, S. R. Bagheri, arXiv:1804.05327 (2018), which proves the equal parts; L. S. Shapley (1953).
 *
 * @example
 * shapleyCredits([{ touches: ['ad', 'fair', 'ad'], conversions: 4, value: 0, nulls: 0 }, { touches: ['ad'], conversions: 1, value: 0, nulls: 0 }]).values // [3, 2]
 */
export function shapleyCredits(
  journeys: readonly Journey[],
  {
    worth = 'conversions',
    amount = 'conversions',
    orders = 10_000,
    seed = 1,
  }: { worth?: 'conversions' | 'rate'; amount?: 'conversions' | 'value'; orders?: number; seed?: number } = {},
): ShapleyCredits | TooManyChannels {
  const channels = [...new Set(journeys.flatMap(({ touches }) => touches))].sort((one, two) => (one < two ? -1 : 1));
  if (channels.length > 30 && worth === 'rate') return { refused: 'too_many_channels', most: 30 };
  if (channels.length === 0) return { channels, values: [], isExact: true, within: 0, orders: 0 };
  if (channels.length > mostExactPlayers && worth === 'conversions') {
    const table = creditTable(journeys, (journey) => influenceShares(journey, null));
    const values = creditOf(
      table,
      journeys.map((journey) => journey[amount]),
    );
    return { channels, values, isExact: true, within: 0, orders: 0 };
  }
  const coalitions = coalitionsOf(journeys, channels, amount);
  const game = worthOf(coalitions, channels.length, worth);
  return { channels, ...shapleyValues(channels.length, game, { range: rangeOf(coalitions, worth), orders, seed }) };
}
