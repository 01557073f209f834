export type Point = readonly [number, number];
export type Found<Place extends readonly number[]> = { at: Place; value: number; hasConverged: boolean };

/**
 * The lowest point of a function of a few numbers, without its slopes: Nelder and Mead's simplex.
 *
 * Method: a simplex (of two numbers: a triangle) that walks downhill by reflecting its highest corner, stretching and shrinking,
 * until its corners agree.
 * Shapes and units: a function of a few numbers, a start and a first step; the answer is the lowest corner and whether they agreed.
 * Assumes: a smooth function with one valley near the start; where it has several, start in several places.
 * Do not use it for: more than about ten numbers, or functions that are not finite at the start.
 * Errors: RangeError when the function is not a finite number at the start.
 * Reference: J. A. Nelder, R. Mead, Computer Journal 7 (1965) 308-313.
 *
 * @example
 * simplexSearch(([x, y]) => (x - 3) ** 2 + (y + 1) ** 2, [0, 0], 1).at.map((each) => each.toFixed(4)) // ['3.0000', '-1.0000']
 */
export function simplexSearch<Place extends readonly number[]>(
  value: (at: Place) => number,
  start: Place,
  step: number,
  { tolerance = 1e-10, mostRounds = 200 * start.length }: { tolerance?: number; mostRounds?: number } = {},
): Found<Place> {
  const corner = (at: readonly number[]): Corner => ({ at, value: value(at as Place) });
  const corners = [corner(start), ...start.map((_, moved) => corner(start.map((each, index) => (index === moved ? each + step : each))))];
  if (!Number.isFinite(corners[0]!.value)) throw new RangeError('The function must be finite at the start.');
  const found = (hasConverged: boolean) => ({ at: corners[0]!.at as Place, value: corners[0]!.value, hasConverged });
  const last = start.length;
  for (let round = 0; round < mostRounds; round += 1) {
    corners.sort((one, two) => one.value - two.value);
    if (isSmall(corners, tolerance)) return found(true);
    const [best, middle, worst] = [corners[0]!, corners[last - 1]!, corners[last]!];
    const along = (reach: number) => corner(beyond(corners, reach));
    const reflected = along(1);
    if (reflected.value < best.value) {
      const stretched = along(2);
      corners[last] = stretched.value < reflected.value ? stretched : reflected;
    } else if (reflected.value < middle.value) corners[last] = reflected;
    else {
      const shrunk = reflected.value < worst.value ? along(0.5) : along(-0.5);
      if (shrunk.value < Math.min(reflected.value, worst.value)) corners[last] = shrunk;
      else for (let index = 1; index <= last; index += 1) corners[index] = corner(halfway(corners[index]!.at, best.at));
    }
  }
  corners.sort((one, two) => one.value - two.value);
  return found(false);
}

type Corner = { at: readonly number[]; value: number };

const halfway = (one: readonly number[], two: readonly number[]) => one.map((each, index) => (each + two[index]!) / 2);

/** The highest corner mirrored (or moved part of the way) through the middle of all others. */
function beyond(corners: readonly Corner[], reach: number): number[] {
  const others = corners.length - 1;
  return corners[others]!.at.map((from, index) => {
    let centre = 0;
    for (let other = 0; other < others; other += 1) centre += corners[other]!.at[index]! / others;
    return centre + reach * (centre - from);
  });
}

/** Corners agree in value, and in place too, since on a straight slope two of them may have one value. */
function isSmall(corners: readonly Corner[], tolerance: number): boolean {
  const [best, worst] = [corners[0]!, corners[corners.length - 1]!];
  const wide = Math.max(...corners.map(({ at }) => Math.hypot(...at.map((each, index) => each - best.at[index]!))));
  return worst.value - best.value <= tolerance * (Math.abs(best.value) + 1e-300) && wide <= Math.sqrt(tolerance) * 100;
}
