import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import type { ShareEstimate } from '../numeric/share-interval.ts';
import { type AccountCount, type ClusteredIncidence, clusteredIncidence } from './clustered-incidence.ts';
import { incidenceAt } from './incidence-at.ts';
import { kaplanMeier, type SurvivalCurve } from './kaplan-meier.ts';
import { expectRate } from '../simulation.fixture.ts';

// Days until death (+ still alive) of 227 patients with lung cancer, one line per hospital: `lung` of the R package survival 3.5-3.
const hospitals = [
  '11 12 13 26 61 62 65 93 116 122 144 145 163 176 180 181 188+ 218 225+ 246 252+ 267 276+ 284+ 303 303+ 345 376+ 457 524 558 559+ 588+ 705 731 883',
  '132 175+ 197 285 348',
  '11 65 163 166 179 201 202+ 212 259+ 305 306 351 404+ 455 519 550 687 735 1010+',
  '291 293 574 791',
  '5 11 88 210 224+ 315+ 337 460 821+',
  '81 107 142 170 174+ 181 221+ 230 284 353 363 450 524 689',
  '92 95 166 269+ 310 413+ 533 583',
  '245 268 283 433',
  '13 54 60 92+ 153 194 196+ 203+ 211+ 222+ 292+ 301 361 458+ 477 624 655 728',
  '30 31 53 60 131 145 156 179 189 223 225+ 285 292+ 310 332+ 371 394 426 473 520 543+ 567 1022+',
  '15 95 118 177 186 191+ 192+ 229 239 296+ 300+ 301+ 340 364 387 390 511+ 643 740+ 840+',
  '79 110 185+ 363 371 965+',
  '81 107 163 182 202 208 266+ 270 288 350 353 382+ 551+ 654 707 806+',
  '53 71 88 147 167 175 183 201 226 237+ 279+ 320 429',
  '59 132 177+ 197+ 207 239 269 286 428 442 444 444+ 511+ 613 641 765 814',
  '199 222 235+ 356+ 364+ 529+',
  '105+ 135 156 240+ 243+ 272+ 384+',
  '105 173+',
];
const patients: AccountCount[] = hospitals.flatMap((line, hospital) =>
  line.split(' ').map((each) => ({
    account: `hospital ${hospital}`,
    time: Number.parseInt(each, 10),
    events: each.endsWith('+') ? 0 : 1,
    censored: each.endsWith('+') ? 1 : 0,
  })),
);
/** Each patient so many times over, in the same hospital: the variance over hospitals stays as it is. */
const taken = (times: number) => patients.map((row) => ({ ...row, events: row.events * times, censored: row.censored * times }));
const at = (rows: AccountCount[], time: number) => clusteredIncidence(rows, time) as ClusteredIncidence;

/** Accounts of 1 to 30 people who start over 60 days; in a quarter of the accounts people adopt six times as fast. */
const launch = (random: () => number, accounts: number): AccountCount[] =>
  Array.from({ length: accounts }, (_, index) => {
    const days = random() < 0.25 ? 10 : 60;
    return Array.from({ length: 1 + Math.floor(random() ** 2 * 30) }, () => {
      const followed = Math.floor(60 * random());
      const adopts = Math.ceil(-days * Math.log(1 - random()));
      return {
        account: `account ${index}`,
        time: Math.min(followed, adopts),
        events: adopts <= followed ? 1 : 0,
        censored: adopts <= followed ? 0 : 1,
      };
    });
  }).flat();

const plainly = (rows: AccountCount[], time: number) => {
  const times = [...new Set(rows.map((row) => row.time))].sort((one, two) => one - two);
  const total = (day: number, key: 'events' | 'censored') => rows.reduce((sum, row) => sum + (row.time === day ? row[key] : 0), 0);
  const curve = kaplanMeier(times.map((day) => ({ time: day, events: total(day, 'events'), censored: total(day, 'censored') })));
  return incidenceAt(curve as SurvivalCurve, time) as ShareEstimate;
};

describe('share of people by a time, where people come in accounts', () => {
  it('value: has the share and the variance over clusters of R 4.2.2 (survival 3.5-3, cluster = inst), but never under that of independent people', () => {
    const published: [number, number, number][] = [
      [100, 0.863369376585, 0.0214270706223],
      [180, 0.720433609451, 0.0320984266662],
      [365, 0.412183921368, 0.0300163188181],
      [730, 0.116524889211, 0.0208935717467],
    ];
    for (const [day, survival, standardError] of published) {
      const found = at(taken(10), day);
      expect(found.accounts).toBe(18);
      expect(found.share).toBeCloseTo(1 - survival, 10);
      expect(found.effectiveTrials / ((17 / 18) * ((survival * (1 - survival)) / standardError ** 2))).toBeCloseTo(1, 9);
    }
    expect(at(patients, 365).effectiveTrials).toBeCloseTo((0.412183921368 * 0.587816078632) / plainError(365) ** 2, 6);
  });

  it('law: with one person in each account has the variance of Greenwood, but for 1 / (accounts - 1) and Student', () => {
    const single = patients.map((patient, index) => ({ ...patient, account: `patient ${index}` }));
    for (const day of [100, 365, 600]) {
      const [found, plain] = [at(single, day), plainly(single, day)];
      expect(found.share).toBeCloseTo(plain.share, 12);
      expect(found.low).toBeCloseTo(plain.low, 2);
      expect(found.effectiveTrials / ((plain.share * (1 - plain.share)) / plainError(day) ** 2)).toBeCloseTo(226 / 227, 6);
    }
  });

  it('law: does not care for the order of rows or the names of accounts, and people counted together are people counted one by one', () => {
    const found = at(patients, 365);
    expect(at(patients.toReversed(), 365).effectiveTrials).toBeCloseTo(found.effectiveTrials, 9);
    expect(
      at(
        patients.map((row) => ({ ...row, account: `x${row.account}` })),
        365,
      ),
    ).toEqual(found);
    expect(at(taken(2), 180).effectiveTrials).toBeCloseTo(at(patients, 180).effectiveTrials, 8);
  });

  it('null: covers the true share 95 times in 100 where people of an account are alike, which the plain interval does not', () => {
    const random = seededRandom(1995);
    const truth = 0.25 * (1 - Math.exp(-20 / 10)) + 0.75 * (1 - Math.exp(-20 / 60));
    const runs = 2000;
    let covered = 0;
    let plainCovered = 0;
    for (let run = 0; run < runs; run += 1) {
      const rows = launch(random, 40 + Math.floor(60 * random()));
      const found = at(rows, 20);
      covered += found.low <= truth && truth <= found.high ? 1 : 0;
      if (run < 300) {
        const plain = plainly(rows, 20);
        plainCovered += plain.low <= truth && truth <= plain.high ? 1 : 0;
      }
    }
    expectRate(covered, runs, 0.95);
    expect(plainCovered / 300).toBeLessThan(0.85);
  });

  it('refuses: few accounts, few events and late days; while nobody has had it people of an account are of one mind', () => {
    const rows = Array.from({ length: 20 }, (_, index) => ({
      account: `${index}`,
      time: index < 6 ? 9 : 30,
      events: index < 6 ? 10 : 0,
      censored: index < 6 ? 0 : 10,
    }));
    expect(at(rows, 5)).toMatchObject({ share: 0, low: 0, accounts: 20, effectiveTrials: 20 });
    expect(clusteredIncidence(rows, 40)).toEqual({ refused: 'not_followed_so_long', until: 30 });
    expect(clusteredIncidence(rows.slice(0, 9), 5)).toEqual({ refused: 'too_few_clusters', needed: 10 });
    expect(clusteredIncidence(rows.slice(6), 5)).toEqual({ refused: 'too_few_events', needed: 5 });
    expect(clusteredIncidence([], 5)).toEqual({ refused: 'no_observations' });
    expect(() => clusteredIncidence(rows, Number.NaN)).toThrow(RangeError);
    expect(() => clusteredIncidence([{ account: 'a', time: 2, events: 1.5, censored: 0 }], 2)).toThrow(RangeError);
  });
});

function plainError(day: number): number {
  const times = [...new Set(patients.map((row) => row.time))].sort((one, two) => one - two);
  const total = (time: number, key: 'events' | 'censored') => patients.reduce((sum, row) => sum + (row.time === time ? row[key] : 0), 0);
  const curve = kaplanMeier(
    times.map((time) => ({ time, events: total(time, 'events'), censored: total(time, 'censored') })),
  ) as SurvivalCurve;
  return curve.steps.findLast(({ time }) => time <= day)!.standardError;
}
