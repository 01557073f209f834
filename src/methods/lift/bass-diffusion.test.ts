import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../numeric/normal.ts';
import { seededRandom } from '../numeric/random.ts';
import { bassOutlook, type BassOutlook, type OutlookPoint } from './bass-diffusion.ts';
import { bassCurve, type BassFit } from './bass-fit.ts';
import { expectAtLeast } from '../simulation.fixture.ts';

const recorders = [840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890];
const outlook = (adopters: number[], horizon: number) => bassOutlook(adopters, { horizon }) as BassOutlook;

/** A launch whose noise carries over by a half from one period to the next; `reach` is how often the time to the peak has passed. */
function launch(random: () => number, reach: number, horizon: number, least = 0): { past: number[]; ahead: number[] } {
  const imitation = 0.15 + 0.3 * random();
  const innovation = 0.005 + 0.02 * random();
  const periods = Math.max(9, Math.round((reach * Math.log(imitation / innovation)) / (imitation + innovation)));
  const curve = bassCurve({ innovation, imitation, market: 1000 } as BassFit, periods + horizon);
  const size = 0.06 * Math.max(...curve);
  let noise = size * normalQuantile(random() || 0.5);
  const adopters = curve.map((each) => {
    noise = 0.5 * noise + Math.sqrt(0.75) * size * normalQuantile(random() || 0.5);
    return Math.max(least, each + noise);
  });
  return { past: adopters.slice(0, periods), ahead: adopters.slice(periods) };
}

const usage = (name: string) => resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data', 'jenkins_usage', name);

/** Of plugins that were launched after the census began and have a figure for each month since: the share of installations, month by month. */
function plugins(): Map<string, number[]> {
  const cells = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((line) => line.replaceAll('"', '').split(','));
  const whole = new Map(cells(readFileSync(usage('total-jenkins.csv'), 'utf8')).map(([month, total]) => [month!, Number(total)]));
  const months = [...whole.keys()];
  const found = new Map<string, Map<number, number>>();
  for (const [plugin, month, count] of cells(gunzipSync(readFileSync(usage('plugin_monthly.csv.gz'))).toString()).slice(1)) {
    const key = month!.slice(0, 7).replace('-', '');
    found.set(plugin!, (found.get(plugin!) ?? new Map()).set(months.indexOf(key), Number(count) / whole.get(key)!));
  }
  const unbroken = [...found].filter(([, share]) => {
    const places = [...share.keys()];
    return Math.min(...places) > 12 && Math.max(...places) - Math.min(...places) + 1 === places.length;
  });
  return new Map(unbroken.map(([plugin, share]) => [plugin, [...share].toSorted(([a], [b]) => a - b).map(([, value]) => value)]));
}

describe('outlook of adoption', () => {
  it('value: holds what came: from eight years of video recorders the ninth and tenth, as published', () => {
    const [ninth, tenth] = outlook(recorders.slice(0, 8), 2).outlook as [OutlookPoint, OutlookPoint];
    expect(ninth.low <= 54750 && 54750 <= ninth.high).toBe(true);
    expect(tenth.low <= 60640 && 60640 <= tenth.high).toBe(true);
  });

  it('law: never falls below today, widens with the horizon, scales with the count, and is the same for the same seed', () => {
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

  it(
    'null: covers what comes at least 95 times in 100 where good and bad periods come in runs, over launches of unequal length',
    { timeout: 180_000 },
    () => {
      const random = seededRandom(1997);
      let told = 0;
      let next = 0;
      let sixth = 0;
      let market = 0;
      const runs = 560;
      for (let run = 0; run < runs; run += 1) {
        const { past, ahead } = launch(random, 1.4 + 0.8 * random(), 6);
        const found = bassOutlook(past, { horizon: 6, seed: run, draws: 40 });
        if ('refused' in found) continue;
        const now = past.reduce((sum, each) => sum + each, 0);
        const total = ahead.reduce((sum, each) => sum + each, now);
        const [first, last] = [found.outlook[0]!, found.outlook[5]!];
        told += 1;
        next += first.low <= now + ahead[0]! && now + ahead[0]! <= first.high ? 1 : 0;
        sixth += last.low <= total && total <= last.high ? 1 : 0;
        market += found.marketLow <= 1000 && 1000 <= found.marketHigh ? 1 : 0;
      }
      expect(told).toBeGreaterThan(500);
      for (const covered of [next, sixth, market]) expectAtLeast(covered, told, 0.95);
    },
  );

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

  it('null: of a number in use, which may also shrink, covers what comes as often, and may fall below today', { timeout: 120_000 }, () => {
    const random = seededRandom(2003);
    let [told, sixth, below] = [0, 0, 0];
    for (let run = 0; run < 540; run += 1) {
      const { past, ahead } = launch(random, 1.6 + 0.8 * random(), 6, -Infinity);
      const found = bassOutlook(past, { horizon: 6, seed: run, draws: 40, inUse: true });
      if ('refused' in found) continue;
      const now = past.reduce((sum, each) => sum + each, 0);
      const total = ahead.reduce((sum, each) => sum + each, now);
      const last = found.outlook[5]!;
      told += 1;
      sixth += last.low <= total && total <= last.high ? 1 : 0;
      below += last.low < now ? 1 : 0;
    }
    expect(told).toBeGreaterThan(500);
    expectAtLeast(sixth, told, 0.95);
    expect(below).toBeGreaterThan(0);
  });

  it.skipIf(!existsSync(usage('plugin_monthly.csv.gz')))(
    'value: of real launches (plugins of Jenkins) holds the share a year later about 95 times in 100',
    { timeout: 120_000 },
    () => {
      const shares = [...plugins().values()].filter((share) => share.length >= 48 && Math.max(...share) > 0.004);
      let [told, held] = [0, 0];
      for (const share of shares) {
        const changes = share.map((each, index) => each - (share[index - 1] ?? 0));
        const found = bassOutlook(changes.slice(0, -12), { horizon: 12, draws: 40, inUse: true });
        if ('refused' in found) continue;
        const { low, high } = found.outlook[11]!;
        told += 1;
        held += low <= share.at(-1)! && share.at(-1)! <= high ? 1 : 0;
      }
      expect(told).toBeGreaterThan(80);
      expect(held / told).toBeGreaterThan(0.9);
    },
  );

  it('refuses: what is being replaced, and what outgrew the whole market of its curve', () => {
    const grown = bassCurve({ innovation: 0.02, imitation: 0.4, market: 1000 } as BassFit, 20);
    expect(bassOutlook([...grown, -60, -80], { horizon: 2, inUse: true })).toMatchObject({ refused: 'falling' });
    const jumps = grown.map((each, index) => each + (index === 19 ? 900 : Math.sin(index)));
    expect(bassOutlook(jumps, { horizon: 2, inUse: true })).toMatchObject({
      refused: expect.stringMatching(/not_s_shaped|market_not_identified|peak_not_seen/),
    });
    expect(() => bassOutlook([...grown, -1], { horizon: 2 })).toThrow(RangeError);
  });

  it('refuses: too few periods, nobody, a peak still to come, and what cannot be; never with a number', () => {
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
