import { seededRandom } from '../../src/methods/numeric/random.ts';

/** One named stream of chance. A stream of its own for each part keeps the others as they are when one part changes. */
export type Chance = ReturnType<typeof chance>;

export function chance(seed: number, name: string) {
  const next = seededRandom(hash(`${seed}/${name}`));
  const below = (limit: number) => Math.floor(next() * limit);
  const between = (low: number, high: number) => low + below(high - low + 1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    below,
    between,
    normal,
    happens: (probability: number) => next() < probability,
    exponential: (mean: number) => -mean * Math.log(1 - next()),
    lognormal: (median: number, spread: number) => median * Math.exp(spread * normal()),
    pick: <T>(items: readonly T[]): T => items[below(items.length)]!,
    weighted: <T extends { weight: number }>(items: readonly T[]): T => weighted(items, next()),
    shuffled: <T>(items: readonly T[]): T[] => shuffled(items, below),
  };
}

/** FNV-1a with a last mix, so that names that differ in one letter give unlike seeds. */
function hash(text: string): number {
  let value = 2166136261;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  value = Math.imul(value ^ (value >>> 16), 2246822507);
  return Math.imul(value ^ (value >>> 13), 3266489909) | 0;
}

function weighted<T extends { weight: number }>(items: readonly T[], uniform: number): T {
  let left = uniform * items.reduce((sum, item) => sum + item.weight, 0);
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  return items[items.length - 1]!;
}

function shuffled<T>(items: readonly T[], below: (limit: number) => number): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    const kept = copy[last]!;
    copy[last] = copy[other]!;
    copy[other] = kept;
  }
  return copy;
}
