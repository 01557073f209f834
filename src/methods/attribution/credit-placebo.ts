import { allSteps } from '../numeric/all-steps.ts';
import { seededRandom } from '../numeric/random.ts';

/** One customer: the channels that touched it, whether it converted, and a group of customers alike in how much they were touched. */
export type Touched = { channels: readonly number[]; isConverted: boolean; stratum: number };
/** `difference` is conversions beyond those expected of customers alike; p is corrected for all channels together. */
export type Placebo = { touched: number; converted: number; expected: number; difference: number; p: number };
type Options = { deals?: number; seed?: number };
export type NoPlacebo = { refused: 'one_outcome' };

type Stratum = { members: number[]; converted: number };

function strataOf(customers: readonly Touched[]): Stratum[] {
  const found = new Map<number, Stratum>();
  customers.forEach(({ stratum, isConverted }, index) => {
    const so = found.get(stratum) ?? { members: [], converted: 0 };
    found.set(stratum, so);
    so.members.push(index);
    if (isConverted) so.converted += 1;
  });
  return [...found.entries()].sort(([one], [two]) => one - two).map(([, stratum]) => stratum);
}

function nullOf(customers: readonly Touched[], strata: readonly Stratum[], channels: number) {
  const expected = Array.from({ length: channels }, () => 0);
  const variance = Array.from({ length: channels }, () => 0);
  const touched = Array.from({ length: channels }, () => 0);
  for (const { members, converted } of strata) {
    const counts = Array.from({ length: channels }, () => 0);
    for (const member of members) for (const channel of customers[member]!.channels) counts[channel]! += 1;
    const size = members.length;
    counts.forEach((count, channel) => {
      touched[channel]! += count;
      expected[channel]! += (count * converted) / size;
      if (size > 1) variance[channel]! += (count * (size - count) * converted * (size - converted)) / (size * size * (size - 1));
    });
  }
  return { expected, variance, touched };
}

/**
 * Which channels go with conversions more than chance would have it: conversions dealt out again among customers alike.
 *
 * Method: within each stratum the conversions are dealt to the customers at random, many times. For each channel the conversions of its customers are
 * compared with what is expected of customers alike, in standard errors of the hypergeometric law; the largest of all channels in each deal is kept.
 * p of a channel is how often that largest was at least as far out, counting the data themselves: so among all channels together a false alarm comes
 * up in 5% of data sets at most.
 * Shapes and units: channels as numbers from 0, each once a customer; strata as whole numbers (how many channels touched a customer).
 * Assumes: customers of a stratum would have converted alike. They often would not: keen customers come to more. So a small p says *goes with*, never *works*.
 * Do not use it for: calling a program effective. Only a holdout or another comparison can (lift).
 * Errors: RangeError for a channel outside of the count, and for fewer than 99 deals.
 * Refusal: one_outcome when everybody converted, or nobody.
 * Reference: P. H. Westfall, S. S. Young, Resampling-Based Multiple Testing (1993), section 2.5; N. Mantel, W. Haenszel, JNCI 22 (1959) 719-748; B. Phipson,
 * G. K. Smyth, Statistical Applications in Genetics and Molecular Biology 9 (2010), article 39.
 *
 * @example
 * creditPlacebo([{ channels: [0], isConverted: true, stratum: 1 }], 1) // { refused: 'one_outcome' }
 */
export function creditPlacebo(customers: readonly Touched[], channels: number, options: Options = {}): Placebo[] | NoPlacebo {
  return allSteps(creditPlaceboInSteps(customers, channels, options));
}

/**
 * The same, a deal at a time, so that a server can serve others between two of them.
 *
 * Method: as creditPlacebo.
 * Shapes and units: as creditPlacebo; a generator that yields nothing and returns the answer.
 * Assumes: as creditPlacebo.
 * Do not use it for: scripts and tests, where creditPlacebo is the same in one call.
 * Errors: as creditPlacebo, at the first step.
 * Refusal: as creditPlacebo.
 * Reference: as creditPlacebo.
 *
 * @example
 * creditPlaceboInSteps([{ channels: [0], isConverted: true, stratum: 1 }], 1).next() // { done: true, value: { refused: 'one_outcome' } }
 */
export function* creditPlaceboInSteps(
  customers: readonly Touched[],
  channels: number,
  { deals = 499, seed = 1 }: Options = {},
): Generator<void, Placebo[] | NoPlacebo> {
  if (!(deals >= 99)) throw new RangeError('At least 99 deals are needed.');
  if (customers.some((one) => one.channels.some((channel) => !(channel >= 0 && channel < channels))))
    throw new RangeError('A channel is not known.');
  const all = customers.filter(({ isConverted }) => isConverted).length;
  if (all === 0 || all === customers.length) return { refused: 'one_outcome' };
  const strata = strataOf(customers);
  const { expected, variance, touched } = nullOf(customers, strata, channels);
  const distance = (counts: ArrayLike<number>, channel: number) =>
    variance[channel]! > 1e-12 ? Math.abs(counts[channel]! - expected[channel]!) / Math.sqrt(variance[channel]!) : 0;
  const observed = new Float64Array(channels);
  for (const one of customers) if (one.isConverted) for (const channel of one.channels) observed[channel]! += 1;
  const largest = yield* dealt(customers, strata, channels, deals, seed, distance);
  return Array.from({ length: channels }, (_, channel) => {
    const own = distance(observed, channel);
    const beyond = largest.filter((other) => other >= own - 1e-12).length;
    const converted = observed[channel]!;
    return {
      touched: touched[channel]!,
      converted,
      expected: expected[channel]!,
      difference: converted - expected[channel]!,
      p: (1 + beyond) / (1 + deals),
    };
  });
}

/** Customers of one stratum with the same channels are alike: they are dealt to as numbers of their set of channels. */
function* dealt(
  customers: readonly Touched[],
  strata: readonly Stratum[],
  channels: number,
  deals: number,
  seed: number,
  distance: (counts: ArrayLike<number>, channel: number) => number,
): Generator<void, number[]> {
  const random = seededRandom(seed);
  const { setOf, starts, flat } = setsOf(customers);
  const orders = strata.map(({ members }) => Int32Array.from(members, (member) => setOf[member]!));
  const largest: number[] = [];
  for (let deal = 0; deal < deals; deal += 1) {
    const dealtTo = new Int32Array(starts.length - 1);
    for (let stratum = 0; stratum < strata.length; stratum += 1) {
      const order = orders[stratum]!;
      const { converted } = strata[stratum]!;
      for (let at = 0; at < converted; at += 1) {
        const other = at + Math.floor(random() * (order.length - at));
        const set = order[other]!;
        order[other] = order[at]!;
        order[at] = set;
        dealtTo[set]! += 1;
      }
    }
    const counts = new Float64Array(channels);
    for (let set = 0; set < dealtTo.length; set += 1) {
      const times = dealtTo[set]!;
      if (times > 0) for (let at = starts[set]!; at < starts[set + 1]!; at += 1) counts[flat[at]!]! += times;
    }
    let most = 0;
    for (let channel = 0; channel < channels; channel += 1) most = Math.max(most, distance(counts, channel));
    largest.push(most);
    yield;
  }
  return largest;
}

/** Of set i the channels flat[starts[i]] to flat[starts[i + 1] - 1]. */
function setsOf(customers: readonly Touched[]) {
  const places = new Map<string, number>();
  const starts = [0];
  const flat: number[] = [];
  const setOf = Int32Array.from(customers, ({ channels }) => {
    const key = channels.join();
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, places.size);
    flat.push(...channels);
    starts.push(flat.length);
    return places.size - 1;
  });
  return { setOf, starts: Int32Array.from(starts), flat: Int32Array.from(flat) };
}
