import { expect, test } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type PaceEstimate, paceRatio, type Stay } from './pace-ratio.ts';
import { expectRate } from '../simulation.fixture.ts';

const stay = (time: number, moved: boolean, touchedFrom: number | null, stratum = ''): Stay => ({
  stratum,
  time,
  touchedFrom,
  moved,
  count: 1,
});

// Weeks of remission of 42 children with leukaemia (Gehan 1965); a plus is written as a negative number.
const control = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
const treated = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35];
const gehan = [...control.map((time) => stay(time, true, 0)), ...treated.map((time) => stay(Math.abs(time), time > 0, null))];

test('value: the published ratio of the leukaemia trial: 4.82, from 2.15 to 10.8 (R survival, coxph with Efron; Venables and Ripley, MASS, chapter 13)', () => {
  // Only nine relapses happened under treatment: the floor of ten is tried with each patient twice, which leaves the ratio of Breslow's kind.
  const { ratio, low, high } = paceRatio([...gehan, ...gehan.map((one) => ({ ...one, stratum: 'again' }))]) as PaceEstimate;
  expect(ratio).toBeCloseTo(Math.exp(1.572125), 3);
  // Twice the information: the published standard error 0.4124 over the root of two.
  expect((Math.log(high) - Math.log(low)) / 2 / 1.959964).toBeCloseTo(0.41239 / Math.SQRT2, 3);
});

test('law: naming the touched untouched turns the ratio over; unlike strata, times and counts keep it', () => {
  const random = seededRandom(7);
  const stays = Array.from({ length: 300 }, () =>
    stay(Math.floor(random() * 40), random() < 0.7, random() < 0.4 ? 0 : null, random() < 0.5 ? 'a' : 'b'),
  );
  const { ratio } = paceRatio(stays) as PaceEstimate;
  const turned = stays.map((one) => ({ ...one, touchedFrom: one.touchedFrom === null ? 0 : null }));
  expect((paceRatio(turned) as PaceEstimate).ratio).toBeCloseTo(1 / ratio, 8);
  const other = stays.toReversed().map((one) => ({ ...one, stratum: `${one.stratum} renamed`, time: one.time * 7 }));
  expect((paceRatio(other) as PaceEstimate).ratio).toBeCloseTo(ratio, 8);
  const nobody = [...stays, stay(1000, false, null, 'alone'), stay(12, true, 3, 'elsewhere')];
  expect((paceRatio(nobody) as PaceEstimate).ratio).toBeCloseTo(ratio, 8);
});

/** Deals that move at a pace of 0.05 a day whatever happens; a few are touched at some day of their stay if they last so long. */
const simulate = (random: () => number, deals: number, touchedShare: number, pace: (touched: boolean) => number) =>
  Array.from({ length: deals }, (_, index): Stay => {
    const touchedFrom = random() < touchedShare ? Math.floor(random() * 30) : null;
    const until = Math.floor(random() * 90);
    let time = 0;
    while (time < until && random() >= pace(touchedFrom !== null && touchedFrom <= time)) time += 1;
    return stay(time, time < until, touchedFrom, index % 3 === 0 ? 'a' : 'b');
  });

test('null: without an effect the interval leaves 1 out in about 5 of 100, though touched deals are few and have stayed longer', () => {
  const random = seededRandom(20260531);
  const runs = 600;
  let alarms = 0;
  let naive = 0;
  for (let run = 0; run < runs; run += 1) {
    const stays = simulate(random, 220, 0.25, () => 0.05);
    const { low, high } = paceRatio(stays) as PaceEstimate;
    if (low > 1 || high < 1) alarms += 1;
    const ever = stays.map((one) => ({ ...one, touchedFrom: one.touchedFrom !== null && one.touchedFrom <= one.time ? 0 : null }));
    const wrong = paceRatio(ever) as PaceEstimate;
    if (wrong.low > 1 || wrong.high < 1) naive += 1;
  }
  expectRate(alarms, runs, 0.05);
  // The trap that it avoids: whoever was touched at any time against all others.
  expect(naive / runs).toBeGreaterThan(0.3);
});

test('null: a pace that doubles is inside the interval in about 95 of 100', () => {
  const random = seededRandom(11);
  const runs = 600;
  let covered = 0;
  for (let run = 0; run < runs; run += 1) {
    // In days, a chance of 0.03 against 0.06: the ratio of paces is log(0.94) / log(0.97).
    const { low, high } = paceRatio(simulate(random, 260, 0.4, (touched) => (touched ? 0.06 : 0.03))) as PaceEstimate;
    if (low <= 2.03 && high >= 2.03) covered += 1;
  }
  expectRate(covered, runs, 0.95);
});

test('refuses: nine moves of touched deals, and what is not whole', () => {
  const nine = [...Array.from({ length: 9 }, () => stay(5, true, 0)), ...Array.from({ length: 50 }, () => stay(6, true, null))];
  expect(paceRatio(nine)).toMatchObject({ refused: 'too_few_moves', needed: 10 });
  expect(paceRatio([])).toMatchObject({ refused: 'too_few_moves', moves: 0 });
  expect(() => paceRatio([stay(1.5, true, null)])).toThrow(RangeError);
});
