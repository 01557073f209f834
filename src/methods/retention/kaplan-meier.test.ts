import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { shareInterval } from '../numeric/share-interval.ts';
import { kaplanMeier, type SurvivalCurve, type TimeCount } from './kaplan-meier.ts';
import { expectAtLeast, expectRate } from '../simulation.fixture.ts';

type Follow = { time: number; happened: boolean };

const counted = (people: Follow[]): TimeCount[] => {
  const rows = new Map<number, TimeCount>();
  for (const { time, happened } of people) {
    const row = rows.get(time) ?? { time, events: 0, censored: 0 };
    row[happened ? 'events' : 'censored'] += 1;
    rows.set(time, row);
  }
  return [...rows.values()].sort((a, b) => a.time - b.time);
};
const curveOf = (rows: TimeCount[]) => kaplanMeier(rows) as SurvivalCurve;
const rows = (...triples: [number, number, number][]): TimeCount[] =>
  triples.map(([time, events, censored]) => ({ time, events, censored }));

// Freireich and others (1963), weeks of remission under 6-MP.
const leukaemia = rows(
  ...([
    [6, 3, 1],
    [7, 1, 0],
    [9, 0, 1],
    [10, 1, 1],
    [11, 0, 1],
    [13, 1, 0],
    [16, 1, 0],
    [17, 0, 1],
    [19, 0, 1],
    [20, 0, 1],
    [22, 1, 0],
    [23, 1, 0],
    [25, 0, 1],
    [32, 0, 2],
    [34, 0, 1],
    [35, 0, 1],
  ] as [number, number, number][]),
);

/** Accounts that start over 90 days and adopt at a constant rate, some of them never, seen on day 90. */
const launch = (random: () => number, size: number, never: number): Follow[] =>
  Array.from({ length: size }, () => {
    const followed = Math.floor(90 * random());
    const adopts = random() < never ? Infinity : Math.ceil(-30 * Math.log(1 - random()));
    return { time: Math.min(followed, adopts), happened: adopts <= followed };
  });

describe('time until something happens, with some still under way', () => {
  it('value: equals R 4.2.2 (survival 3.5-3) on the 6-MP data of Freireich and others 1963', () => {
    const published: [number, number, number, number, number][] = [
      [6, 21, 3, 0.857142857143, 0.0763603548321],
      [7, 17, 1, 0.806722689076, 0.0869352851801],
      [10, 15, 1, 0.752941176471, 0.0963496529943],
      [13, 12, 1, 0.690196078431, 0.106814707775],
      [16, 11, 1, 0.627450980392, 0.1140538652568],
      [22, 7, 1, 0.53781512605, 0.128233751693],
      [23, 6, 1, 0.448179271709, 0.1345914567558],
    ];
    const { steps, median, observations, events } = curveOf(leukaemia);
    expect({ observations, events, count: steps.length }).toEqual({ observations: 21, events: 9, count: 7 });
    for (const [index, [time, atRisk, happened, survival, standardError]] of published.entries()) {
      const step = steps[index]!;
      expect([step.time, step.atRisk, step.events]).toEqual([time, atRisk, happened]);
      expect(step.survival).toBeCloseTo(survival, 11);
      expect(step.standardError).toBeCloseTo(standardError, 11);
    }
    expect(median).toEqual({ time: 23, low: 13, high: null });
  });

  it("value: has Rothman's interval: the roots of the score equation by scipy 1.17.1 (brentq) for the variance that R gives", () => {
    const at = (time: number) => curveOf(leukaemia).steps.find((step) => step.time === time)!;
    expect(at(6).low).toBeCloseTo(0.6536393971939236, 9);
    expect(at(13).low).toBeCloseTo(0.46440028035239794, 9);
    expect(at(13).high).toBeCloseTo(0.8512846546388144, 9);
    expect(at(23).high).toBeCloseTo(0.6928746952603068, 9);
    expect(at(23).incidence.low).toBeCloseTo(1 - 0.6928746952603068, 9);
  });

  it('law: with nobody censored is the share so far and its Wilson interval, at every step down to nobody left', () => {
    const { steps, until } = curveOf(rows([2, 3, 0], [5, 4, 0], [9, 8, 0], [11, 1, 0]));
    const left = [13, 9, 1, 0];
    for (const [index, step] of steps.entries()) {
      const { share, low, high } = shareInterval(left[index]!, 16) as { share: number; low: number; high: number };
      expect(step.survival).toBeCloseTo(share, 12);
      expect(step.low).toBeCloseTo(low, 12);
      expect(step.high).toBeCloseTo(high, 12);
    }
    expect(until).toBe(11);
  });

  it('law: does not care for the unit of time, nor for a row without anybody; ten times the people give a narrower curve of the same shape', () => {
    const curve = curveOf(leukaemia);
    const inDays = curveOf(leukaemia.map((row) => ({ ...row, time: row.time * 7 })));
    expect(inDays.steps).toEqual(curve.steps.map((step) => ({ ...step, time: step.time * 7 })));
    expect(curveOf([{ time: 1, events: 0, censored: 0 }, ...leukaemia])).toEqual(curve);
    const tenfold = curveOf(leukaemia.map(({ time, events, censored }) => ({ time, events: events * 10, censored: censored * 10 })));
    for (const [index, step] of tenfold.steps.entries()) {
      expect(step.survival).toBeCloseTo(curve.steps[index]!.survival, 12);
      expect(step.high - step.low).toBeLessThan(curve.steps[index]!.high - curve.steps[index]!.low);
    }
  });

  it('null: covers the true curve and its median 95 times in 100, in launches of 20 to 200 where most are still under way', () => {
    const random = seededRandom(1958);
    const runs = 2000;
    const covered = { 7: 0, 14: 0, 30: 0, 60: 0 };
    const read = { 7: 0, 14: 0, 30: 0, 60: 0 };
    let medians = 0;
    let medianCovered = 0;
    for (let run = 0; run < runs; run += 1) {
      const never = run % 2 === 0 ? 0.2 : 0.6;
      const curve = kaplanMeier(counted(launch(random, 20 + Math.floor(random() ** 2 * 180), never)));
      if ('refused' in curve) continue;
      for (const day of [7, 14, 30, 60] as const) {
        const truth = never + (1 - never) * Math.exp(-day / 30);
        const step = curve.steps.findLast(({ time }) => time <= day);
        if (!step || day > curve.until) continue;
        read[day] += 1;
        if (step.low <= truth && truth <= step.high) covered[day] += 1;
      }
      if (never === 0.6 || 'refused' in curve.median) continue;
      const truth = Math.ceil(-30 * Math.log((0.5 - never) / (1 - never)));
      const { low, high } = curve.median;
      medians += 1;
      if (low <= truth && (high === null || truth <= high)) medianCovered += 1;
    }
    for (const day of [7, 14, 30, 60] as const) {
      expect(read[day]).toBeGreaterThan(1400);
      expectRate(covered[day], read[day], 0.95);
    }
    expectAtLeast(medianCovered, medians, 0.95);
  });

  it('ends where those still followed stand for fewer than ten, and calls a median after that not reached', () => {
    const few = rows([1, 4, 0], [3, 2, 10], [8, 2, 1], [9, 0, 1]);
    const curve = curveOf(few);
    expect(curve.until).toBe(3);
    expect(curve.median).toEqual({ refused: 'not_reached', until: 3 });
  });

  it('refuses: nobody, fewer than five events, and rows that cannot be', () => {
    expect(kaplanMeier([])).toEqual({ refused: 'no_observations' });
    expect(kaplanMeier(rows([1, 4, 900]))).toEqual({ refused: 'too_few_events', needed: 5 });
    for (const wrong of [
      rows([3, 1, 0], [3, 1, 0]),
      rows([3, 1, 0], [1, 1, 0]),
      rows([-1, 1, 0]),
      rows([1, 0.5, 0]),
      rows([Number.NaN, 1, 0]),
    ]) {
      expect(() => kaplanMeier(wrong)).toThrow(RangeError);
    }
  });
});
