/** A chain of states that ends: of each state the states it leads to with their chances, and what ending there is worth. */
export type AbsorbingChain = { next: readonly (readonly { state: number; chance: number }[])[]; reward: readonly number[] };

const mostDense = 500;

/** State reduction (Grassmann, Taksar, Heyman): only additions, products and quotients of what is not negative, so nothing cancels. */
function reduced({ next, reward }: AbsorbingChain, ends: readonly number[], start: number): number {
  const size = next.length;
  const chances = next.map((row) => {
    const dense = new Float64Array(size);
    for (const { state, chance } of row) dense[state]! += chance;
    return dense;
  });
  const ending = Float64Array.from(ends);
  const worth = Float64Array.from(reward);
  for (let out = size - 1; out >= 0; out -= 1) {
    if (out === start) continue;
    const row = chances[out]!;
    let leaving = ending[out]!;
    for (let state = 0; state < size; state += 1) if (state !== out && (state < out || state === start)) leaving += row[state]!;
    for (let from = 0; from < size; from += 1) {
      if (from === out || !(from < out || from === start)) continue;
      const through = leaving > 0 ? chances[from]![out]! / leaving : 0;
      if (through === 0) continue;
      const target = chances[from]!;
      for (let state = 0; state < out; state += 1) if (state !== out) target[state]! += through * row[state]!;
      if (start > out) target[start]! += through * row[start]!;
      ending[from]! += through * ending[out]!;
      worth[from]! += through * worth[out]!;
    }
  }
  return ending[start]! > 0 ? worth[start]! / ending[start]! : 0;
}

/** From below and from above at once: both close in on the answer, and their distance is a proven bound. */
function bracketed({ next, reward }: AbsorbingChain, ends: readonly number[], start: number): number {
  const most = Math.max(...reward.map((worth, state) => (ends[state]! > 0 ? worth / ends[state]! : 0)));
  const low = new Float64Array(next.length);
  const high = new Float64Array(next.length).fill(most);
  for (let sweep = 0; sweep < 100_000; sweep += 1) {
    for (let state = next.length - 1; state >= 0; state -= 1) {
      let below = reward[state]!;
      let above = below;
      let staying = 0;
      for (const { state: to, chance } of next[state]!) {
        if (to === state) staying += chance;
        else {
          below += chance * low[to]!;
          above += chance * high[to]!;
        }
      }
      low[state] = staying < 1 ? below / (1 - staying) : 0;
      high[state] = staying < 1 ? above / (1 - staying) : 0;
    }
    if (high[start]! - low[start]! <= 1e-13 * most) break;
  }
  return (low[start]! + high[start]!) / 2;
}

/**
 * What a chain that ends is worth from its start: with a reward of the chance to convert, the chance that it ever converts.
 *
 * Method: the linear system of an absorbing chain, (I - Q) worth = reward. Up to 500 states by state reduction, which subtracts nothing and is
 * exact to rounding; beyond by Gauss-Seidel from below and from above until both agree to 13 figures. Nothing is simulated.
 * Shapes and units: `next` has, of each state, the states it leads to with their chances; what is missing to 1 ends there. `reward` is what ending
 * there is worth, weighted by its chance, not negative. The answer is in units of the reward.
 * Assumes: from every state that can be reached the chain ends at last.
 * Do not use it for: chains that go round for ever.
 * Errors: RangeError when chances of a state sum to more than 1, when a reward is below zero, and when the start is no state.
 * Reference: J. G. Kemeny, J. L. Snell, Finite Markov Chains (1960), chapter 3; W. K. Grassmann, M. I. Taksar, D. P. Heyman, Operations Research
 * 33 (1985) 1107-1116.
 *
 * @example
 * chainWorth({ next: [[{ state: 1, chance: 1 }], [{ state: 0, chance: 0.5 }]], reward: [0, 0.25] }, 0) // 0.5
 */
export function chainWorth(chain: AbsorbingChain, start: number): number {
  const { next, reward } = chain;
  if (next[start] === undefined || reward.length !== next.length)
    throw new RangeError('The start must be a state, and every state needs a reward.');
  const ends = next.map((row) => Math.max(0, 1 - row.reduce((sum, { chance }) => sum + chance, 0)));
  if (next.some((row) => row.reduce((sum, { chance }) => sum + chance, 0) > 1 + 1e-9))
    throw new RangeError('The chances of a state cannot sum to more than 1.');
  if (!reward.every((worth) => worth >= 0)) throw new RangeError('A reward cannot be below zero.');
  return (next.length <= mostDense ? reduced : bracketed)(chain, ends, start);
}
