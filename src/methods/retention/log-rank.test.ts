import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import type { TimeCount } from './kaplan-meier.ts';
import { logRank, type LogRank } from './log-rank.ts';
import { expectEven, expectRate } from '../simulation.fixture.ts';

/** Times as they are printed in papers: a plus means that somebody was still without it when last seen. */
const counted = (text: string): TimeCount[] => {
  const byTime = new Map<number, { events: number; censored: number }>();
  for (const word of text.split(' ')) {
    const here = byTime.get(Number.parseFloat(word)) ?? { events: 0, censored: 0 };
    if (word.endsWith('+')) here.censored += 1;
    else here.events += 1;
    byTime.set(Number.parseFloat(word), here);
  }
  return [...byTime].map(([time, counts]) => ({ time, ...counts })).sort((one, two) => one.time - two.time);
};

const treated = { name: '6-MP', counts: counted('6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+') };
const placebo = { name: 'placebo', counts: counted('1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23') };

const exponential = (random: () => number, count: number, hazard: number, until: number) =>
  counted(
    Array.from({ length: count }, () => {
      const [time, seen] = [-Math.log(1 - random()) / hazard, until * (0.5 + random())];
      return time < seen ? `${time}` : `${seen}+`;
    }).join(' '),
  );

describe('log-rank test', () => {
  it('value: equals the published trial of Freireich (1963), and survdiff of survival 3.5-3 in R to ten figures', () => {
    const { statistic, degrees, p, groups } = logRank([treated, placebo]) as LogRank;
    expect([statistic.toFixed(10), degrees]).toEqual(['16.7929409892', 1]);
    expect(p).toBeCloseTo(4.168809109e-5, 12);
    expect(groups.map(({ observed, expected }) => [observed, expected.toFixed(9)])).toEqual([
      [9, '19.250500948'],
      [21, '10.749499052'],
    ]);
  });

  it('value: equals survdiff with four groups (veteran, by cell type)', () => {
    const found = logRank([
      {
        name: 'squamous',
        counts: counted(
          '1 1 8 10 11 15 25+ 25 30 33 42 44 72 82 87+ 100+ 110 111 112 118 126 144 201 228 231+ 242 283 314 357 389 411 467 587 991 999',
        ),
      },
      {
        name: 'smallcell',
        counts: counted(
          '2 4 7 7 8 10 13 13 16 18 18 20 20 21 21 22 24 25 25 27 29 30 31 51 51 52 54 54 56 59 61 63 80 87 95 97+ 99 99 103+ 117 122 123+ 139 151 153 287 384 392',
        ),
      },
      { name: 'adeno', counts: counted('3 7 8 8 12 18 19 24 31 35 36 45 48 51 52 73 80 83+ 84 90 92 95 117 132 140 162 186') },
      {
        name: 'large',
        counts: counted('12 15 19 43 49 52 53 100 103 105 111 133 143 156 162 164 177 182+ 200 216 231 250 260 278 340 378 553'),
      },
    ]) as LogRank;
    expect(found.statistic.toFixed(8)).toBe('25.40370035');
    expect(found.groups.map(({ observed, expected }) => [observed, expected.toFixed(7)])).toEqual([
      [31, '47.6546777'],
      [45, '30.1020793'],
      [26, '15.6937646'],
      [26, '34.5494784'],
    ]);
  });

  it('law: expects as many events as there were, and cares neither for the order of groups nor for the unit of time', () => {
    const { statistic, groups } = logRank([treated, placebo]) as LogRank;
    expect(groups.reduce((sum, { expected }) => sum + expected, 0)).toBeCloseTo(30, 10);
    expect((logRank([placebo, treated]) as LogRank).statistic).toBeCloseTo(statistic, 10);
    const inDays = (group: typeof treated) => ({ ...group, counts: group.counts.map((count) => ({ ...count, time: 7 * count.time })) });
    expect((logRank([inDays(treated), inDays(placebo)]) as LogRank).statistic).toBeCloseTo(statistic, 10);
  });

  it('null: raises a false alarm in about 5 of 100 with 25 against 180, and sees what it calls detectable in about 8 of 10', () => {
    const random = seededRandom(1966);
    let [alarms, seen] = [0, 0];
    const pValues: number[] = [];
    for (let run = 0; run < 1000; run += 1) {
      const other = { name: 'b', counts: exponential(random, 180, 0.1, 12) };
      const { p } = logRank([{ name: 'a', counts: exponential(random, 25, 0.1, 12) }, other]) as LogRank;
      pValues.push(p);
      if (p < 0.05) alarms += 1;
    }
    expectRate(alarms, 1000, 0.05);
    expectEven(pValues);
    for (let run = 0; run < 400; run += 1) {
      const plain = { name: 'a', counts: exponential(random, 100, 0.1, 12) };
      const { detectableRatio } = logRank([plain, { name: 'b', counts: exponential(random, 100, 0.1, 12) }]) as LogRank;
      if ((logRank([plain, { name: 'b', counts: exponential(random, 100, 0.1 * detectableRatio, 12) }]) as LogRank).p < 0.05) seen += 1;
    }
    expectRate(seen, 400, 0.8);
  });

  it('refuses: too few events, a group in which nothing can be expected, and counts that cannot be', () => {
    const few = { name: 'few', counts: [{ time: 3, events: 2, censored: 9 }] };
    expect(logRank([few, { ...few, name: 'too' }])).toEqual({ refused: 'too_few_events', needed: 10 });
    expect(logRank([treated, { name: 'none', counts: [] }])).toEqual({ refused: 'too_few_events', needed: 10 });
    expect(() => logRank([treated])).toThrow(RangeError);
    for (const count of [
      { time: -1, events: 1, censored: 0 },
      { time: 1, events: 0.5, censored: 0 },
    ])
      expect(() => logRank([treated, { name: 'broken', counts: [count] }])).toThrow(RangeError);
  });
});
