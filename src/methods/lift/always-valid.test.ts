import { describe, expect, it } from 'vitest';
import { seededRandom } from '../numeric/random.ts';
import { type AlwaysValid, alwaysValid } from './always-valid.ts';
import { type MeanDifference, meanDifference } from './mean-difference.ts';
import { expectAtLeast, expectAtMost } from '../simulation.fixture.ts';

const days = 30;
/** New units a day in each arm: three times as many on the one side. */
const daily = [40, 120] as const;

type Look = { units: number; difference: number; error: number };
const looks = (random: () => number, chances: readonly [number, number]): Look[] => {
  const [hits, units] = [
    [0, 0],
    [0, 0],
  ];
  return Array.from({ length: days }, () => {
    for (const arm of [0, 1] as const) {
      units[arm]! += daily[arm];
      for (let unit = 0; unit < daily[arm]; unit += 1) if (random() < chances[arm]) hits[arm]! += 1;
    }
    const shares = hits.map((count, arm) => count / units[arm]!);
    const error = Math.sqrt(shares.reduce((sum, share, arm) => sum + (share * (1 - share)) / units[arm]!, 0));
    return { units: Math.min(...units), difference: shares[0]! - shares[1]!, error };
  });
};
const read = (look: Look) => (look.error > 0 ? alwaysValid({ ...look, worthHaving: 0.05 }) : { refused: 'too_few' as const });

describe('a difference that may be looked at every day', () => {
  it('value: has the interval that the closed form of the mixture gives (worked apart in Python 3)', () => {
    const { low, high, p } = alwaysValid({ difference: 0.05, error: 0.01, units: 4000, worthHaving: 0.03 }) as AlwaysValid;
    expect([low.toFixed(6), high.toFixed(6)]).toEqual(['0.019643', '0.080357']);
    expect(p.toExponential(6)).toBe('4.113269e-5');
  });

  it('value: has the boundary of Howard, Ramdas, McAuliffe and Sekhon 2021 (Annals of Statistics 49, normal mixture, two-sided), in their terms', () => {
    // They bound a sum S of intrinsic time v by sqrt((v + rho) log((v + rho) / (alpha^2 rho))): here v = 1 / error^2, rho = 1 / worthHaving^2, S = difference * v.
    for (const [error, worthHaving] of [
      [0.01, 0.03],
      [0.004, 0.05],
      [0.2, 0.1],
    ] as const) {
      const [time, rho] = [error ** -2, worthHaving ** -2];
      const boundary = Math.sqrt((time + rho) * Math.log((time + rho) / (0.05 ** 2 * rho))) / time;
      const { low, high } = alwaysValid({ difference: 0, error, units: 400, worthHaving }) as AlwaysValid;
      expect([low, high]).toEqual([expect.closeTo(-boundary, 12), expect.closeTo(boundary, 12)]);
    }
  });

  it('law: excludes no effect exactly where p is under 0.05, mirrors, and scales', () => {
    for (let at = -40; at <= 40; at += 1) {
      const { low, high, p } = alwaysValid({ difference: at / 1000, error: 0.01, units: 900, worthHaving: 0.02 }) as AlwaysValid;
      expect(low > 0 || high < 0).toBe(p < 0.05);
      const scaled = alwaysValid({ difference: -at / 10, error: 1, units: 900, worthHaving: 2 }) as AlwaysValid;
      expect(scaled.high).toBeCloseTo(-low * 100, 9);
      expect(scaled.p).toBeCloseTo(p, 12);
    }
  });

  it('null: looked at on 30 days, with 1,200 against 3,600 and no effect, alarms at most 5 times in 100, where looking plainly alarms far more', () => {
    const random = seededRandom(41);
    let [alarms, naive] = [0, 0];
    for (let run = 0; run < 1000; run += 1) {
      const seen = looks(random, [0.2, 0.2]);
      if (seen.map(read).some((found) => !('refused' in found) && found.p < 0.05)) alarms += 1;
      const plain = seen.some(({ difference, error }) => error > 0 && Math.abs(difference / error) > 1.96);
      if (plain) naive += 1;
    }
    expectAtMost(alarms, 1000, 0.05);
    expect(alarms / 1000).toBeLessThanOrEqual(0.05);
    expect(naive / 1000).toBeGreaterThan(0.15);
  });

  it('null: holds a true effect on all 30 days at least 95 times in 100, and finds it in the end', () => {
    const random = seededRandom(42);
    let [covered, found] = [0, 0];
    for (let run = 0; run < 500; run += 1) {
      const seen = looks(random, [0.3, 0.2])
        .map(read)
        .filter((one): one is AlwaysValid => !('refused' in one));
      if (seen.every(({ low, high }) => low <= 0.1 && 0.1 <= high)) covered += 1;
      if (seen.at(-1)!.low > 0) found += 1;
    }
    expectAtLeast(covered, 500, 0.95);
    expect(found / 500).toBeGreaterThan(0.95);
  });

  it('refuses: the first looks at few; and is wider than an interval read once', () => {
    const group = { n: 400, mean: 0.5, variance: 0.25 };
    const once = meanDifference(group, group) as MeanDifference;
    const always = alwaysValid({ difference: 0, error: once.error, units: 400, worthHaving: 0.05 }) as AlwaysValid;
    expect(always.high).toBeGreaterThan(once.high);
    expect(alwaysValid({ difference: 1, error: 0.1, units: 49, worthHaving: 0.1 })).toEqual({ refused: 'too_few', needed: 50 });
    expect(() => alwaysValid({ difference: 1, error: 0, units: 60, worthHaving: 0.1 })).toThrow(RangeError);
  });
});
