export type Point = readonly [number, number];
export type Found = { at: Point; value: number; hasConverged: boolean };

const mostRounds = 400;

/**
 * The lowest point of a function of two numbers, without its slopes: Nelder and Mead's simplex.
 *
 * Method: a triangle that walks downhill by reflecting its highest corner, stretching and shrinking, until its corners agree.
 * Shapes and units: a function of two numbers, a start and a first step; the answer is the lowest corner and whether they agreed.
 * Assumes: a smooth function with one valley near the start; where it has several, start in several places.
 * Do not use it for: more than a few numbers, or functions that are not finite at the start.
 * Errors: RangeError when the function is not a finite number at the start.
 * Reference: J. A. Nelder, R. Mead, Computer Journal 7 (1965) 308-313.
 *
 * @example
 * simplexSearch(([x, y]) => (x - 3) ** 2 + (y + 1) ** 2, [0, 0], 1).at.map((each) => each.toFixed(4)) // ['3.0000', '-1.0000']
 */
export function simplexSearch(value: (at: Point) => number, start: Point, step: number, tolerance = 1e-10): Found {
  const corner = (at: Point) => ({ at, value: value(at) });
  const triangle = [corner(start), corner([start[0] + step, start[1]]), corner([start[0], start[1] + step])];
  if (!Number.isFinite(triangle[0]!.value)) throw new RangeError('The function must be finite at the start.');
  for (let round = 0; round < mostRounds; round += 1) {
    triangle.sort((one, two) => one.value - two.value);
    const [best, middle, worst] = triangle as [Corner, Corner, Corner];
    if (isSmall(best, middle, worst, tolerance)) return { ...best, hasConverged: true };
    const along = (reach: number) => corner(beyond(best, middle, worst, reach));
    const reflected = along(1);
    if (reflected.value < best.value) {
      const stretched = along(2);
      triangle[2] = stretched.value < reflected.value ? stretched : reflected;
    } else if (reflected.value < middle.value) triangle[2] = reflected;
    else {
      const shrunk = reflected.value < worst.value ? along(0.5) : along(-0.5);
      if (shrunk.value < Math.min(reflected.value, worst.value)) triangle[2] = shrunk;
      else for (const index of [1, 2]) triangle[index] = corner(halfway(triangle[index]!.at, best.at));
    }
  }
  triangle.sort((one, two) => one.value - two.value);
  return { ...triangle[0]!, hasConverged: false };
}

type Corner = { at: Point; value: number };

const halfway = (one: Point, two: Point): Point => [(one[0] + two[0]) / 2, (one[1] + two[1]) / 2];

const beyond = (best: Corner, middle: Corner, worst: Corner, reach: number): Point => {
  const centre = halfway(best.at, middle.at);
  return [centre[0] + reach * (centre[0] - worst.at[0]), centre[1] + reach * (centre[1] - worst.at[1])];
};

/** Corners agree in value, and in place too, since on a straight slope two of them may have one value. */
function isSmall(best: Corner, middle: Corner, worst: Corner, tolerance: number): boolean {
  const wide = Math.max(...[middle, worst].map(({ at }) => Math.hypot(at[0] - best.at[0], at[1] - best.at[1])));
  return worst.value - best.value <= tolerance * (Math.abs(best.value) + 1e-300) && wide <= Math.sqrt(tolerance) * 100;
}
