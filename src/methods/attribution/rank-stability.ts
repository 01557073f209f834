import { allSteps } from '../numeric/all-steps.ts';
import { seededRandom } from '../numeric/random.ts';

/** Ranks from 1 (most credit). `low` and `high` hold 95% of the draws; `kept` is the share of draws with the rank of the data; `first` of draws at the top. */
export type RankStability = { rank: number; low: number; high: number; kept: number; first: number };
type CreditsOf = (conversions: Float64Array, nulls: Float64Array) => readonly number[];
type Options = { draws?: number; seed?: number };
export type TooFewToRank = { refused: 'too_few_conversions'; needed: number };

export const fewestToRank = 20;

/** Whole numbers with a mean: by multiplying up to 30, by the normal beyond, where the difference is under a part in a hundred. */
function drawn(mean: number, random: () => number): number {
  if (mean === 0) return 0;
  if (mean > 30) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let product = random();
  let count = 0;
  while (product > limit) {
    product *= random();
    count += 1;
  }
  return count;
}

function again(counts: ArrayLike<number>, random: () => number): Float64Array {
  const found = new Float64Array(counts.length);
  for (let at = 0; at < found.length; at += 1) found[at] = drawn(counts[at]!, random);
  return found;
}

function ranksOf(credits: readonly number[]): number[] {
  const order = credits.map((_, channel) => channel).sort((one, two) => credits[two]! - credits[one]! || one - two);
  const ranks = credits.map(() => 0);
  order.forEach((channel, place) => (ranks[channel] = place + 1));
  return ranks;
}

/**
 * How firm a ranking of channels is: the ranks in new draws of the same journeys.
 *
 * Method: Poisson bootstrap over journeys. In each draw every journey's conversions and nulls are replaced by whole numbers drawn with them as mean; the
 * credits are worked out again and ranked. A rank that comes up in few draws is not a finding.
 * Shapes and units: counts of each journey; `creditsOf` gives one credit a channel for such counts; ranks from 1, shares from 0 to 1.
 * Assumes: journeys are independent of each other (one account each, or aggregated over customers who do not know each other).
 * Do not use it for: judging whether a model is right. A wrong model can rank very firmly.
 * Errors: RangeError for fewer than 20 draws.
 * Refusal: too_few_conversions under 20: the draws would repeat the same few journeys.
 * Reference: J. A. Hanley, B. MacGibbon, Computer Methods and Programs in Biomedicine 83 (2006) 57-62; B. Efron, R. J. Tibshirani, An Introduction
 * to the Bootstrap (1993), chapter 13.
 *
 * @example
 * rankStability([90, 10], [0, 0], (conversions) => [...conversions], { draws: 50 })[0].rank // 1
 */
export function rankStability(
  conversions: ArrayLike<number>,
  nulls: ArrayLike<number>,
  creditsOf: CreditsOf,
  options: Options = {},
): RankStability[] | TooFewToRank {
  return allSteps(rankStabilityInSteps(conversions, nulls, creditsOf, options));
}

/**
 * The same, a draw at a time, so that a server can serve others between two of them.
 *
 * Method: as rankStability.
 * Shapes and units: as rankStability; a generator that yields nothing and returns the answer.
 * Assumes: as rankStability.
 * Do not use it for: scripts and tests, where rankStability is the same in one call.
 * Errors: as rankStability, at the first step.
 * Refusal: as rankStability.
 * Reference: as rankStability.
 *
 * @example
 * rankStabilityInSteps([1], [0], (conversions) => [...conversions]).next() // { done: true, value: { refused: 'too_few_conversions', needed: 20 } }
 */
export function* rankStabilityInSteps(
  conversions: ArrayLike<number>,
  nulls: ArrayLike<number>,
  creditsOf: CreditsOf,
  { draws = 200, seed = 1 }: Options = {},
): Generator<void, RankStability[] | TooFewToRank> {
  if (!(draws >= 20)) throw new RangeError('Ranks need at least 20 draws.');
  const total = Array.from(conversions).reduce((sum, count) => sum + count, 0);
  if (total < fewestToRank) return { refused: 'too_few_conversions', needed: fewestToRank };
  const random = seededRandom(seed);
  const ranks = ranksOf(creditsOf(Float64Array.from(conversions), Float64Array.from(nulls)));
  const found: number[][] = ranks.map(() => []);
  for (let draw = 0; draw < draws; draw += 1) {
    ranksOf(creditsOf(again(conversions, random), again(nulls, random))).forEach((rank, channel) => found[channel]!.push(rank));
    yield;
  }
  return ranks.map((rank, channel) => {
    const sorted = found[channel]!.sort((one, two) => one - two);
    const share = (is: (one: number) => boolean) => sorted.filter(is).length / draws;
    const low = sorted[Math.floor(0.025 * (draws - 1))]!;
    return {
      rank,
      low,
      high: sorted[Math.ceil(0.975 * (draws - 1))]!,
      kept: share((one) => one === rank),
      first: share((one) => one === 1),
    };
  });
}
