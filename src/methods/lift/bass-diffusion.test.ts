import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../numeric/normal.ts';
import { seededRandom } from '../numeric/random.ts';
import { bassOutlook, type BassOutlook, type OutlookPoint } from './bass-diffusion.ts';
import { bassCurve, type BassFit } from './bass-fit.ts';

const recorders = [840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890];
const outlook = (adopters: number[], horizon: number) => bassOutlook(adopters, { horizon }) as BassOutlook;

/** A launch whose noise carries over by a half from one period to the next; `reach` is how often the time to the peak has passed. */
function launch(random: () => number, reach: number, horizon: number): { past: number[]; ahead: number[] } {
  const imitation = 0.15 + 0.3 * random();
  const innovation = 0.005 + 0.02 * random();
  const periods = Math.max(9, Math.round((reach * Math.log(imitation / innovation)) / (imitation + innovation)));
  const curve = bassCurve({ innovation, imitation, market: 1000 } as BassFit, periods + horizon);
  const size = 0.06 * Math.max(...curve);
  let noise = size * normalQuantile(random() || 0.5);
  const adopters = curve.map((each) => {
    noise = 0.5 * noise + Math.sqrt(0.75) * size * normalQuantile(random() || 0.5);
    return Math.max(0, each + noise);
  });
  return { past: adopters.slice(0, periods), ahead: adopters.slice(periods) };
}

describe('outlook of adoption', () => {
  it('holds what came: from eight years of video recorders the ninth and tenth, as published', () => {
    const [ninth, tenth] = outlook(recorders.slice(0, 8), 2).outlook as [OutlookPoint, OutlookPoint];
    expect(ninth.low <= 54750 && 54750 <= ninth.high).toBe(true);
    expect(tenth.low <= 60640 && 60640 <= tenth.high).toBe(true);
  });

  it('never falls below today, widens with the horizon, scales with the count, and is the same for the same seed', () => {
    const found = outlook(recorders, 6);
    expect(found).toEqual(outlook(recorders, 6));
    let before = { low: 0, high: 0 };
    for (const { low, adopters, high } of found.outlook) {
      expect(60640 <= low && low <= adopters && adopters <= high).toBe(true);
      expect(high - low).toBeGreaterThan(before.high - before.low);
      before = { low, high };
    }
    const tenfold = outlook(
      recorders.map((each) => each * 10),
      6,
    );
    expect(tenfold.outlook[5]!.high / found.outlook[5]!.high).toBeCloseTo(10, 2);
    expect(tenfold.marketLow / found.marketLow).toBeCloseTo(10, 2);
  });

  it('covers what comes about 95 times in 100 where good and bad periods come in runs, over launches of unequal length', () => {
    const random = seededRandom(1997);
    let told = 0;
    let next = 0;
    let sixth = 0;
    let market = 0;
    const runs = 240;
    for (let run = 0; run < runs; run += 1) {
      const { past, ahead } = launch(random, 1.4 + 0.8 * random(), 6);
      const found = bassOutlook(past, { horizon: 6, seed: run, draws: 100 });
      if ('refused' in found) continue;
      const now = past.reduce((sum, each) => sum + each, 0);
      const total = ahead.reduce((sum, each) => sum + each, now);
      const [first, last] = [found.outlook[0]!, found.outlook[5]!];
      told += 1;
      next += first.low <= now + ahead[0]! && now + ahead[0]! <= first.high ? 1 : 0;
      sixth += last.low <= total && total <= last.high ? 1 : 0;
      market += found.marketLow <= 1000 && 1000 <= found.marketHigh ? 1 : 0;
    }
    expect(told).toBeGreaterThan(200);
    for (const covered of [next, sixth, market]) expect(covered / told).toBeGreaterThan(0.91);
  });

  it('tells no outlook of launches half-way to their peak, and hardly ever one of adoption that only goes on', () => {
    const random = seededRandom(8);
    let early = 0;
    let steady = 0;
    for (let run = 0; run < 60; run += 1) {
      const slow = bassCurve({ innovation: 0.005, imitation: 0.15, market: 1000 } as BassFit, 10 + Math.floor(random() * 5));
      const past = slow.map((each) => Math.max(0, each + 2 * normalQuantile(random() || 0.5)));
      early += 'refused' in bassOutlook(past, { horizon: 3, draws: 40 }) ? 1 : 0;
      const even = Array.from({ length: 10 + Math.floor(random() * 10) }, () => 50 + 5 * normalQuantile(random() || 0.5));
      steady += 'refused' in bassOutlook(even, { horizon: 3, draws: 40 }) ? 1 : 0;
    }
    expect(early).toBeGreaterThanOrEqual(57);
    expect(steady).toBeGreaterThanOrEqual(54);
  });

  it('refuses too few periods, nobody, a peak still to come, and what cannot be; never with a number', () => {
    expect(bassOutlook(recorders.slice(0, 7), { horizon: 2 })).toEqual({ refused: 'too_few_periods', needed: 8 });
    expect(
      bassOutlook(
        recorders.map(() => 0),
        { horizon: 2 },
      ),
    ).toEqual({ refused: 'no_observations' });
    expect(bassOutlook([10, 14, 20, 27, 38, 52, 70, 93, 120, 150], { horizon: 2 })).toMatchObject({
      refused: expect.stringMatching(/peak_not_seen|market_not_identified/),
    });
    expect(() => bassOutlook(recorders, { horizon: 0 })).toThrow(RangeError);
    expect(() => bassOutlook([...recorders, Number.NaN], { horizon: 2 })).toThrow(RangeError);
    expect(() => bassOutlook([...recorders, -4], { horizon: 2 })).toThrow(RangeError);
  });
});
