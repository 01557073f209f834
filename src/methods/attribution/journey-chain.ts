import type { Journey } from './credit-table.ts';
import type { CodedPaths } from './path-texts.ts';

/** Journeys as numbers: of journey i the states steps[starts[i]] to steps[starts[i + 1] - 1]. State 0 is the start. */
export type JourneyChain = {
  channels: string[];
  /** Of each state, the channels that are part of it. */
  members: number[][];
  starts: Int32Array;
  steps: Int32Array;
};
export type TooManyStates = { refused: 'order_too_high'; most: number };

function codesOf(journeys: readonly Journey[]): CodedPaths {
  const found = new Map<string, number>();
  const starts = new Int32Array(journeys.length + 1);
  let touches = 0;
  for (let at = 0; at < journeys.length; at += 1) starts[at + 1] = touches += journeys[at]!.touches.length;
  const codes = new Int32Array(touches);
  let place = 0;
  for (const journey of journeys)
    for (const touch of journey.touches) {
      let code = found.get(touch);
      if (code === undefined) found.set(touch, (code = found.size));
      codes[place++] = code;
    }
  const channels = [...found.keys()].sort((one, two) => (one < two ? -1 : 1));
  const ranks = new Int32Array(channels.length);
  channels.forEach((channel, rank) => (ranks[found.get(channel)!] = rank));
  for (let at = 0; at < codes.length; at += 1) codes[at] = ranks[codes[at]!]!;
  return { channels, starts, codes };
}

/** At order 1 a state is a channel: the codes themselves, a channel that follows itself once. */
function singles({ starts, codes }: CodedPaths) {
  const steps = new Int32Array(codes.length);
  const newStarts = new Int32Array(starts.length);
  let kept = 0;
  for (let journey = 0; journey + 1 < starts.length; journey += 1) {
    let before = -1;
    for (let at = starts[journey]!; at < starts[journey + 1]!; at += 1) {
      const code = codes[at]!;
      if (code !== before) steps[kept++] = code + 1;
      before = code;
    }
    newStarts[journey + 1] = kept;
  }
  return { steps: steps.subarray(0, kept), starts: newStarts };
}

/** The states of each journey: runs of `order` touches; a shorter path is one state of its own. */
function windowsOf(starts: Int32Array, codes: Int32Array, order: number, base: number) {
  const keys = new Float64Array(codes.length);
  const newStarts = new Int32Array(starts.length);
  let kept = 0;
  for (let journey = 0; journey + 1 < starts.length; journey += 1) {
    const from = starts[journey]!;
    const to = starts[journey + 1]!;
    let before = -1;
    for (let end = Math.min(from + order, to); end <= to && to > from; end += 1) {
      let key = 0;
      for (let at = Math.max(from, end - order); at < end; at += 1) key = key * base + codes[at]! + 1;
      if (key !== before) keys[kept++] = before = key;
    }
    newStarts[journey + 1] = kept;
  }
  return { keys: keys.subarray(0, kept), starts: newStarts };
}

/**
 * Journeys as walks over the states of a Markov chain of any order.
 *
 * Method: at order 1 a state is a channel; at order k a run of k touches, and a path shorter than k is one state of its own. A state that
 * follows itself is the same stay. States are numbered by their content, so that the order of the journeys changes nothing.
 * Shapes and units: journeys, or paths as readPaths gives them; the answer holds them as two flat arrays, so that a million journeys are one pass.
 * Assumes: touches in order of time.
 * Do not use it for: journeys without touches only; they are walks of no state.
 * Errors: RangeError for an order that is not a whole number from 1 on.
 * Refusal: order_too_high when the runs cannot be numbered (channels plus 1, to the power of the order, above 2^53).
 * Reference: E. Anderl, I. Becker, F. von Wangenheim, J. H. Schumann, International Journal of Research in Marketing 33 (2016) 457-474; the states of
 * short paths are those of the R package ChannelAttribution 2.2.4.
 *
 * @example
 * journeyChain([{ touches: ['fair', 'ad', 'ad'], conversions: 1, value: 0, nulls: 0 }], 1).steps // Int32Array.of(2, 1)
 */
export function journeyChain(journeys: readonly Journey[] | CodedPaths, order: number): JourneyChain | TooManyStates {
  if (!Number.isInteger(order) || order < 1) throw new RangeError('The order must be a whole number from 1 on.');
  const coded = 'codes' in journeys ? journeys : codesOf(journeys);
  const { channels, starts, codes } = coded;
  if (order === 1) return { channels, members: [[], ...channels.map((_, code) => [code])], ...singles(coded) };
  const base = channels.length + 1;
  const most = Math.floor(Math.log(Number.MAX_SAFE_INTEGER) / Math.log(Math.max(base, 2)));
  if (order > most) return { refused: 'order_too_high', most };
  const { keys, starts: newStarts } = windowsOf(starts, codes, order, base);
  const known = [...new Set(keys)].sort((one, two) => one - two);
  const states = new Map(known.map((key, place) => [key, place + 1]));
  const steps = Int32Array.from(keys, (key) => states.get(key)!);
  const members = known.map((key) => {
    const codesIn: number[] = [];
    for (let rest = key; rest > 0; rest = Math.floor(rest / base)) codesIn.push((rest % base) - 1);
    return [...new Set(codesIn)];
  });
  return { channels, members: [[], ...members], starts: newStarts, steps };
}
