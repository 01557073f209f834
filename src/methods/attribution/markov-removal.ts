import { type AbsorbingChain, chainWorth } from '../numeric/absorbing-chain.ts';
import type { Journey } from './credit-table.ts';
import { journeyChain, type JourneyChain, type TooManyStates } from './journey-chain.ts';
import type { CodedPaths } from './path-texts.ts';

export type Counts = { conversions: ArrayLike<number>; values: ArrayLike<number>; nulls: ArrayLike<number> };
/** What is left without each channel, and the credit that follows, in the order of the channels. */
export type Removal = { base: number; effects: number[]; credits: number[] };
export type MarkovRemoval = { channels: string[]; states: number; conversions: Removal; value: Removal };
export type NoMarkovRemoval = TooManyStates | { refused: 'no_conversions' };

const mostDense = 1500;
type Moves = {
  table: Float64Array | null;
  add: (from: number, to: number, weight: number) => void;
  each: (from: number) => Iterable<[number, number]>;
};

function movesAmong(states: number): Moves {
  if (states > mostDense) {
    const rows = Array.from({ length: states }, () => new Map<number, number>());
    return {
      table: null,
      add: (from, to, weight) => rows[from]!.set(to, (rows[from]!.get(to) ?? 0) + weight),
      each: (from) => rows[from]!,
    };
  }
  const table = new Float64Array(states * states);
  return {
    table,
    add: (from, to, weight) => void (table[from * states + to]! += weight),
    *each(from) {
      for (let to = 0; to < states; to += 1) {
        const weight = table[from * states + to]!;
        if (weight > 0) yield [to, weight];
      }
    },
  };
}

function chainsOf({ members, starts, steps }: JourneyChain, { conversions, values, nulls }: Counts) {
  const states = members.length;
  const moves = movesAmong(states);
  const { table, add } = moves;
  const ended = new Float64Array(states);
  const converted = new Float64Array(states);
  const worth = new Float64Array(states);
  for (let journey = 0; journey + 1 < starts.length; journey += 1) {
    const weight = conversions[journey]! + nulls[journey]!;
    const end = starts[journey + 1]!;
    if (weight === 0 || starts[journey] === end) continue;
    let from = 0;
    for (let at = starts[journey]!; at < end; at += 1) {
      const to = steps[at]!;
      if (table) table[from * states + to]! += weight;
      else add(from, to, weight);
      from = to;
    }
    ended[from]! += weight;
    converted[from]! += conversions[journey]!;
    worth[from]! += values[journey]!;
  }
  const rows = members.map((_, from) => [...moves.each(from)]);
  // Whoever comes to a state goes on from it or ends there.
  const all = rows.map((row, from) => row.reduce((sum, [, weight]) => sum + weight, ended[from]!));
  const next = rows.map((row, from) => row.map(([state, weight]) => ({ state, chance: weight / all[from]! })));
  const rewardOf = (sums: Float64Array) => all.map((count, state) => (count === 0 ? 0 : sums[state]! / count));
  return { conversions: { next, reward: rewardOf(converted) }, value: { next, reward: rewardOf(worth) } };
}

/** The chain when whoever would reach the channel goes away instead. */
function without({ next, reward }: AbsorbingChain, members: readonly number[][], channel: number): AbsorbingChain {
  const isGone = members.map((codes) => codes.includes(channel));
  return {
    next: next.map((row, state) => (isGone[state] ? [] : row.filter(({ state: to }) => !isGone[to]))),
    reward: reward.map((worth, state) => (isGone[state] ? 0 : worth)),
  };
}

function removalOf(chain: AbsorbingChain, { channels, members }: JourneyChain, total: number): Removal {
  const base = chainWorth(chain, 0);
  const effects = channels.map((_, channel) => (base === 0 ? 0 : Math.max(0, 1 - chainWorth(without(chain, members, channel), 0) / base)));
  const sum = effects.reduce((so, effect) => so + effect, 0);
  return { base, effects, credits: effects.map((effect) => (sum === 0 ? 0 : (total * effect) / sum)) };
}

/**
 * Removal effects from counts over a chain that was made before, so that redrawn counts need no second look at the paths.
 *
 * Method: as markovRemoval.
 * Shapes and units: the chain of journeyChain, and of each of its journeys the conversions, their value and the nulls.
 * Assumes: as markovRemoval.
 * Do not use it for: as markovRemoval.
 * Errors: none of its own.
 * Reference: as markovRemoval.
 *
 * @example
 * removalOver({ channels: ['ad'], members: [[], [0]], starts: [0, 1], steps: [1] }, { conversions: [3], values: [0], nulls: [1] }).conversions.base // 0.75
 */
export function removalOver(chain: JourneyChain, counts: Counts): MarkovRemoval {
  const { conversions, value } = chainsOf(chain, counts);
  let converted = 0;
  let earned = 0;
  for (let journey = 0; journey + 1 < chain.starts.length; journey += 1)
    if (chain.starts[journey] !== chain.starts[journey + 1]) {
      converted += counts.conversions[journey]!;
      earned += counts.values[journey]!;
    }
  return {
    channels: chain.channels,
    states: chain.members.length,
    conversions: removalOf(conversions, chain, converted),
    value:
      earned > 0
        ? removalOf(value, chain, earned)
        : { base: 0, effects: chain.channels.map(() => 0), credits: chain.channels.map(() => 0) },
  };
}

/**
 * The counts of journeys, apart from their touches.
 *
 * Method: one pass by place; a million journeys through an iterator take three times as long.
 * Shapes and units: of each journey, in its order, the conversions, their value and the nulls.
 * Assumes: nothing.
 * Do not use it for: journeys of which the same ones are to be counted once; they are not put together.
 * Errors: none of its own.
 * Reference: none; it is a change of shape.
 *
 * @example
 * Array.from(countsOf([{ touches: ['ad'], conversions: 2, value: 30, nulls: 1 }]).values) // [30]
 */
export function countsOf(journeys: readonly Journey[]): Counts {
  const { length } = journeys;
  const counts = { conversions: new Float64Array(length), values: new Float64Array(length), nulls: new Float64Array(length) };
  for (let at = 0; at < length; at += 1) {
    const { conversions, value, nulls } = journeys[at]!;
    counts.conversions[at] = conversions;
    counts.values[at] = value;
    counts.nulls[at] = nulls;
  }
  return counts;
}

/**
 * Credit by removal effect: how much less often journeys would convert if whoever reaches a channel went away there.
 *
 * Method: the journeys make a Markov chain of the given order, with an end that converts and one that does not. The removal effect of a channel is 1 minus
 * the chance to convert without it over the chance with it; credit is shared in proportion to the effects. Every chance is solved from the
 * linear system (chainWorth); nothing is simulated. For money, what a conversion is worth takes the place of the chance.
 * Shapes and units: journeys with counts, or paths as readPaths gives them with their counts; effects are fractions from 0 to 1, which need not sum to 1; credits in conversions, and in units of value.
 * Assumes: where a journey goes next depends on its last `order` touches only; journeys that did not convert are there too (without them every chance is 1,
 * and effects only say how many journeys touched the channel).
 * Do not use it for: saying what would happen if a channel were switched off: it describes who walked where, and keen buyers walk through more channels.
 * Errors: RangeError for an order below 1.
 * Refusal: no_conversions; order_too_high.
 * Reference: E. Anderl, I. Becker, F. von Wangenheim, J. H. Schumann, International Journal of Research in Marketing 33 (2016) 457-474; D. Altomare, D. Loris,
 * ChannelAttribution 2.2.4 (R), which simulates the same chain.
 *
 * @example
 * markovRemoval([{ touches: ['ad', 'fair'], conversions: 1, value: 0, nulls: 1 }, { touches: ['ad'], conversions: 1, value: 0, nulls: 0 }], 1).conversions.effects // [1, 0.5]
 */
export function markovRemoval(journeys: readonly Journey[], order: number): MarkovRemoval | NoMarkovRemoval;
export function markovRemoval(paths: CodedPaths, order: number, counts: Counts): MarkovRemoval | NoMarkovRemoval;
export function markovRemoval(given: readonly Journey[] | CodedPaths, order: number, counts?: Counts): MarkovRemoval | NoMarkovRemoval {
  const chain = journeyChain(given, order);
  if ('refused' in chain) return chain;
  const all = 'codes' in given ? counts! : countsOf(given);
  const { starts } = chain;
  for (let journey = 0; journey + 1 < starts.length; journey += 1)
    if (all.conversions[journey]! > 0 && starts[journey + 1]! > starts[journey]!) return removalOver(chain, all);
  return { refused: 'no_conversions' };
}
