/**
 * The sum of numbers, rounded once: the same for any order of the numbers.
 *
 * Method: Shewchuk's expansion. What rounding loses at each addition is kept as further parts that do not overlap; they are added at the end,
 * from the largest, and a tie at the last place is settled by the next part.
 * Shapes and units: any numbers of one unit; the answer is the number nearest to their true sum.
 * Assumes: no part overflows.
 * Do not use it for: whole numbers below 2^53, which add up exactly anyway.
 * Errors: RangeError for a number that is not finite.
 * Reference: J. R. Shewchuk, Discrete and Computational Geometry 18 (1997) 305-363; Python's math.fsum.
 *
 * @example
 * exactSum([1e100, 1, -1e100, 0.1, 0.2, 0.3]) // 1.6
 */
export function exactSum(values: Iterable<number>): number {
  const parts: number[] = [];
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError('A sum needs finite numbers.');
    addPart(parts, value);
  }
  return total(parts);
}

function addPart(parts: number[], value: number): void {
  let x = value;
  let kept = 0;
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at]!;
    const isSmaller = Math.abs(x) < Math.abs(part);
    const large = isSmaller ? part : x;
    const small = isSmaller ? x : part;
    const high = large + small;
    const low = small - (high - large);
    if (low !== 0) parts[kept++] = low;
    x = high;
  }
  parts[kept] = x;
  if (parts.length > kept + 1) parts.length = kept + 1;
}

function total(parts: readonly number[]): number {
  let at = parts.length - 1;
  if (at < 0) return 0;
  let high = parts[at]!;
  let low = 0;
  while (at > 0 && low === 0) {
    const x = high;
    const y = parts[--at]!;
    high = x + y;
    low = y - (high - x);
  }
  const further = at > 0 ? Math.sign(parts[at - 1]!) : 0;
  if (low !== 0 && further === Math.sign(low)) {
    const doubled = low * 2;
    const nudged = high + doubled;
    if (doubled === nudged - high) high = nudged;
  }
  return high;
}
