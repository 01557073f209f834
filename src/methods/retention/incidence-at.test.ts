import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { shareInterval, type ShareEstimate } from '../numeric/share-interval.ts';
import { incidenceAt } from './incidence-at.ts';
import { kaplanMeier, type SurvivalCurve, type TimeCount } from './kaplan-meier.ts';
import { expectRate } from '../simulation.fixture.ts';

const curveOf = (rows: TimeCount[]) => kaplanMeier(rows) as SurvivalCurve;
const shareAt = (curve: SurvivalCurve, time: number) => incidenceAt(curve, time) as ShareEstimate;
const remission: [number, number, number][] = [
  [9, 1, 0],
  [13, 1, 1],
  [18, 1, 0],
  [23, 1, 0],
  [28, 0, 1],
  [31, 1, 0],
  [34, 1, 0],
  [45, 0, 1],
  [48, 1, 0],
  [161, 0, 1],
];
const aml = remission.map(([time, events, censored]) => ({ time, events, censored }));

describe('share to whom it has happened by a time', () => {
  it('value: equals one minus what R 4.2.2 (survival 3.5-3) gives for the maintained group of its aml data, each person taken ten times', () => {
    const curve = curveOf(aml.map(({ time, events, censored }) => ({ time, events: 10 * events, censored: 10 * censored })));
    expect(shareAt(curve, 9).share).toBeCloseTo(1 - 0.909090909, 9);
    expect(shareAt(curve, 22.5).share).toBeCloseTo(1 - 0.715909091, 9);
    expect(shareAt(curve, 31).share).toBeCloseTo(1 - 0.490909091, 9);
  });

  it('law: never falls with time, and is nobody before the first step, with a limit that is not', () => {
    const curve = curveOf(aml);
    const shares = Array.from({ length: 14 }, (_, time) => shareAt(curve, time).share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shareAt(curve, 0)).toEqual(shareInterval(0, 11));
  });

  it('null: covers the true share 95 times in 100 at every day at which it answers', () => {
    const random = seededRandom(2002);
    let asked = 0;
    let covered = 0;
    for (let run = 0; run < 2000; run += 1) {
      const rows = new Map<number, TimeCount>();
      const size = 25 + Math.floor(random() ** 2 * 200);
      for (let account = 0; account < size; account += 1) {
        const followed = Math.floor(60 * random());
        const adopts = random() < 0.4 ? Infinity : Math.ceil(-20 * Math.log(1 - random()));
        const row = rows.get(Math.min(followed, adopts)) ?? { time: Math.min(followed, adopts), events: 0, censored: 0 };
        row[adopts <= followed ? 'events' : 'censored'] += 1;
        rows.set(row.time, row);
      }
      const curve = kaplanMeier([...rows.values()].sort((a, b) => a.time - b.time));
      if ('refused' in curve) continue;
      const day = 1 + Math.floor(random() * 59);
      const found = incidenceAt(curve, day);
      if ('refused' in found) continue;
      const truth = 0.6 * (1 - Math.exp(-day / 20));
      asked += 1;
      if (found.low <= truth && truth <= found.high) covered += 1;
    }
    expect(asked).toBeGreaterThan(1400);
    expectRate(covered, asked, 0.95);
  });

  it('refuses: a time after which too few are followed, says until when, and does not refuse once everybody has had it', () => {
    expect(incidenceAt(curveOf(aml), 60)).toEqual({ refused: 'not_followed_so_long', until: 13 });
    const all = curveOf([
      { time: 2, events: 6, censored: 1 },
      { time: 4, events: 6, censored: 0 },
    ]);
    expect(shareAt(all, 365).share).toBe(1);
    expect(() => incidenceAt(all, Number.NaN)).toThrow(RangeError);
  });
});
