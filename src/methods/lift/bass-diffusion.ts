import { autoregressiveNoise, noiseFrom } from '../numeric/autoregressive-noise.ts';
import { seededRandom } from '../numeric/random.ts';
import { bassCurve, bassFit, type BassFit } from './bass-fit.ts';

export type OutlookPoint = { period: number; adopters: number; low: number; high: number };
export type BassOutlook = BassFit & { marketLow: number; marketHigh: number; autocorrelation: number; outlook: OutlookPoint[] };
export type NoOutlook =
  | { refused: 'too_few_periods'; needed: number }
  | { refused: 'peak_not_seen'; periods: number }
  | { refused: 'market_not_identified'; marketLow: number; marketHigh: number | null }
  | { refused: 'not_s_shaped'; marketHigh: number }
  | { refused: 'falling'; highest: number }
  | { refused: 'no_observations' | 'not_converged' };

const fewestPeriods = 8;
const widestMarket = 4;
const latestPeak = 0.8;
const beyondReason = 1000;
const fallen = 0.9;

/** How the curve answers to small changes of its three numbers: one column for each. */
function slopes(fit: BassFit, periods: number): number[][] {
  const plain = bassCurve(fit, periods);
  const nudged = (change: Partial<BassFit>) =>
    bassCurve({ ...fit, ...change }, periods).map((value, index) => (value - plain[index]!) * 1e4);
  return [plain, nudged({ innovation: fit.innovation * 1.0001 }), nudged({ imitation: fit.imitation * 1.0001 })];
}

const running = (values: readonly number[], from: number): number[] => {
  let total = from;
  return values.map((value) => (total += value));
};

function limits(values: number[], confidence: number): { low: number; high: number } {
  const sorted = values.toSorted((one, two) => one - two);
  const out = Math.max(1, Math.floor(((1 - confidence) / 2) * (sorted.length + 1)));
  return { low: sorted[out - 1]!, high: sorted.at(-out)! };
}

type Request = { horizon: number; draws: number; seed: number; confidence: number; inUse: boolean };
type Drawn = { market: number; totals: number[] };

/** One history that might as well have been, fitted anew, and how it would go on from today's last deviation. */
function drawings(
  adopters: readonly number[],
  fit: BassFit,
  { horizon, draws, seed }: Request,
): { autocorrelation: number; drawn: Drawn[] } {
  const periods = adopters.length;
  const curve = bassCurve(fit, periods);
  const random = seededRandom(seed);
  const now = adopters.reduce((sum, each) => sum + each, 0);
  const { autocorrelation, draw } = autoregressiveNoise(
    adopters.map((each, index) => each - curve[index]!),
    slopes(fit, periods),
  );
  const drawn = Array.from({ length: draws }, () => {
    const noise = draw(random);
    const history = noiseFrom(noise, random, periods);
    const again = bassFit(
      curve.map((each, index) => each + history[index]!),
      fit,
    );
    const ahead = bassCurve(again, periods + horizon);
    const deviations = noiseFrom(noise, random, horizon, adopters.at(-1)! - ahead[periods - 1]!);
    return {
      market: again.market,
      totals: running(
        deviations.map((each, index) => each + ahead[periods + index]!),
        now,
      ),
    };
  });
  return { autocorrelation, drawn };
}

function checked(adopters: readonly number[], { horizon, draws, confidence, inUse }: Request): void {
  if (!adopters.every((each) => Number.isFinite(each) && (inUse || each >= 0)))
    throw new RangeError('New adopters must be numbers of 0 or more.');
  if (!Number.isInteger(horizon) || horizon < 1) throw new RangeError('The horizon must be a whole number of periods, 1 or more.');
  if (!Number.isInteger(draws) || draws < 40) throw new RangeError('The band needs 40 draws or more.');
  if (!(confidence > 0 && confidence < 1)) throw new RangeError('The confidence must be above 0 and below 1.');
}

/**
 * Outlook of adoption: how many will have adopted in the coming periods, and how large the market is, after Bass, with a band.
 *
 * Method: the curve of bassFit. For the band, what its residuals say about the noise (how much a good month carries over to the next,
 * and how sure that is: autoregressiveNoise) is drawn, a history with such noise about the curve is fitted anew, and that curve
 * is followed on from today's count, its last deviation fading; the limits are the middle 95 % of the draws. So the band holds
 * the doubt about p, q and m, about the noise, and the noise to come. It does not hold the doubt whether Bass is the right curve.
 * Shapes and units: adopters: new ones of each period since the launch, without gaps; horizon in periods. outlook gives, for
 * each coming period, all who have adopted by its end. With inUse the numbers are by how much a number in use changed in
 * each period, which may be under 0, and the outlook may fall below today. The same seed gives the same band.
 * Assumes: everybody adopts once; one market that does not grow; nothing changes (price, a new tier, a campaign) on the way.
 * With inUse: those who leave are part of the noise; give shares of all who could use it where their number grows.
 * Do not use it for: what a launch caused; what is being replaced; a horizon longer than the history.
 * Errors: RangeError for adopters under 0 without inUse, or a horizon, draws or confidence that cannot be.
 * Refusal: no_observations; too_few_periods under eight; falling when less than nine tenths of the most are in use;
 * peak_not_seen while the fitted peak is not in the first four fifths (before it the data do not say how large the market is);
 * market_not_identified when its 95 % limits lie more than four times apart; not_s_shaped when more have adopted than the
 * curve's whole market allows; not_converged.
 * Reference: V. Srinivasan, C. H. Mason, Marketing Science 5 (1986) 169-178; C. Van den Bulte, G. L. Lilien, Marketing Science 16
 * (1997) 338-353 (why not before the peak); B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), section 6.5.
 *
 * @example
 * bassOutlook([840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890], { horizon: 2 }).outlook[1].period // 12
 */
export function bassOutlook(
  adopters: readonly number[],
  options: { horizon: number; draws?: number; seed?: number; confidence?: number; inUse?: boolean },
): BassOutlook | NoOutlook {
  const request = { draws: 400, seed: 1969, confidence: 0.95, inUse: false, ...options };
  checked(adopters, request);
  const periods = adopters.length;
  const now = adopters.reduce((sum, each) => sum + each, 0);
  const highest = Math.max(0, ...running(adopters, 0));
  if (highest === 0) return { refused: 'no_observations' };
  if (periods < fewestPeriods) return { refused: 'too_few_periods', needed: fewestPeriods };
  if (now < fallen * highest) return { refused: 'falling', highest };
  const fit = bassFit(adopters);
  if (!(fit.market < beyondReason * now)) return { refused: 'market_not_identified', marketLow: now, marketHigh: null };
  if (!fit.hasConverged) return { refused: 'not_converged' };
  if (fit.peakPeriod > latestPeak * periods) return { refused: 'peak_not_seen', periods };
  if (!(fit.left > 1e-12 * now * now)) return { refused: 'not_converged' };
  const { autocorrelation, drawn } = drawings(adopters, fit, request);
  const market = limits(
    drawn.map((each) => each.market),
    request.confidence,
  );
  if (!(market.high <= widestMarket * market.low)) {
    return { refused: 'market_not_identified', marketLow: market.low, marketHigh: market.high < beyondReason * now ? market.high : null };
  }
  if (now > market.high) return { refused: 'not_s_shaped', marketHigh: market.high };
  const least = request.inUse ? 0 : now;
  const expected = running(bassCurve(fit, periods + request.horizon).slice(periods), now);
  const outlook = expected.map((total, index) => {
    const { low, high } = limits(
      drawn.map(({ totals }) => totals[index]!),
      request.confidence,
    );
    return { period: periods + index + 1, adopters: total, low: Math.max(least, Math.min(low, total)), high: Math.max(high, total) };
  });
  return { ...fit, marketLow: market.low, marketHigh: market.high, autocorrelation, outlook };
}
