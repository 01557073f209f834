import { type Point, simplexSearch } from '../numeric/simplex-search.ts';

export type BassFit = { innovation: number; imitation: number; market: number; peakPeriod: number; left: number; hasConverged: boolean };

/** New adopters of each period as shares of the market. The point is the logarithms of p + q (pace) and of q / p (pull). */
function bassShares([logPace, logPull]: Point, periods: number): Float64Array {
  const pace = Math.exp(logPace);
  const pull = Math.exp(logPull);
  const shares = new Float64Array(periods);
  let before = 0;
  for (let index = 0; index < periods; index += 1) {
    const still = Math.exp(-pace * (index + 1));
    const now = (1 - still) / (1 + pull * still);
    shares[index] = now - before;
    before = now;
  }
  return shares;
}

/** For a given pace and pull the market is a plain least squares slope; `left` is the sum of squares that it leaves. */
function marketFor(adopters: readonly number[], shares: Float64Array): { market: number; left: number } {
  let cross = 0;
  let square = 0;
  let total = 0;
  for (const [index, adopted] of adopters.entries()) {
    cross += shares[index]! * adopted;
    square += shares[index]! ** 2;
    total += adopted * adopted;
  }
  return cross > 0 && square > 0 ? { market: cross / square, left: total - (cross * cross) / square } : { market: 0, left: total };
}

/** Curves with the peak a fifth into the data, in the middle, at its end and after it; slow and sharp ones. */
function starts(periods: number): Point[] {
  return [0.2, 0.4, 0.6, 0.9, 1.3].flatMap((peak) =>
    [3, 15, 100].map((pull): Point => [Math.log(Math.log(pull) / (peak * periods)), Math.log(pull)]),
  );
}

const pointOf = ({ innovation, imitation }: BassFit): Point => [Math.log(innovation + imitation), Math.log(imitation / innovation)];

/**
 * Bass's curve through the new adopters of each period: how many come by themselves, how many follow, and how many there are.
 *
 * Method: non-linear least squares on the new adopters of each period against m (F(t) - F(t - 1)), after Srinivasan and Mason. Given p
 * and q the market m is a plain slope, so the search (Nelder and Mead) is over two numbers only: p + q and q / p, from the best
 * of fifteen starts.
 * Shapes and units: adopters: new adopters in each period since the launch, the first period first, without gaps. innovation
 * (p) and imitation (q) are rates per period, market (m) is a count, peakPeriod is in periods (0 when adoption falls from the
 * start), left is the sum of squared residuals. Times are not divided by calendar months of unequal length.
 * Assumes: everybody adopts once and for good; the market does not grow; time starts at the launch.
 * Do not use it for: accounts in use at a time, which also fall; fewer than eight periods; an outlook (bassOutlook, with its band).
 * Errors: RangeError when there are fewer than four periods, or a number that is not finite.
 * Reference: F. M. Bass, Management Science 15 (1969) 215-227; V. Srinivasan, C. H. Mason, Marketing Science 5 (1986) 169-178.
 *
 * @example
 * bassFit([840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890]).imitation.toFixed(4) // '0.6422'
 */
export function bassFit(adopters: readonly number[], near?: BassFit): BassFit {
  if (adopters.length < 4 || !adopters.every(Number.isFinite))
    throw new RangeError('Bass needs four periods or more, each a finite number.');
  const scale = adopters.reduce((sum, each) => sum + each * each, 0) || 1;
  const miss = (at: Point) => marketFor(adopters, bassShares(at, adopters.length)).left / scale;
  const from = near ? [pointOf(near)] : starts(adopters.length);
  const start = from.reduce((best, each) => (miss(each) < miss(best) ? each : best));
  const { at, hasConverged } = simplexSearch(miss, start, 0.3);
  const { market, left } = marketFor(adopters, bassShares(at, adopters.length));
  const [pace, pull] = [Math.exp(at[0]), Math.exp(at[1])];
  const innovation = pace / (1 + pull);
  return { innovation, imitation: pace - innovation, market, peakPeriod: Math.max(0, at[1]) / pace, left, hasConverged };
}

/**
 * New adopters of each period that a fitted curve gives, from the launch on.
 *
 * Method: m (F(t) - F(t - 1)).
 * Shapes and units: a fit and a number of periods; counts, not rounded.
 * Assumes: what bassFit assumes.
 * Do not use it for: periods far beyond the data without a band (bassOutlook).
 * Errors: none.
 * Reference: F. M. Bass, Management Science 15 (1969) 215-227.
 *
 * @example
 * bassCurve({ innovation: 0.5, imitation: 0.5, market: 1000 }, 2).map(Math.round) // [462, 299]
 */
export function bassCurve(fit: BassFit, periods: number): number[] {
  return Array.from(bassShares(pointOf(fit), periods), (share) => share * fit.market);
}
