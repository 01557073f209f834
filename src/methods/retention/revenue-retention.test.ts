import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../numeric/normal.ts';
import { seededRandom } from '../numeric/random.ts';
import { effectiveAccounts, revenueShare, type RevenueSums } from './revenue-retention.ts';
import { expectRate } from '../simulation.fixture.ts';

type Account = { x: number; y: number };
const sumsOf = (accounts: readonly Account[]): RevenueSums => {
  const sum = (of: (one: Account) => number) => accounts.reduce((total, one) => total + of(one), 0);
  return {
    accounts: accounts.length,
    changed: accounts.filter(({ x, y }) => x !== y).length,
    sumX: sum(({ x }) => x),
    sumY: sum(({ y }) => y),
    sumXX: sum(({ x }) => x * x),
    sumXY: sum(({ x, y }) => x * y),
    sumYY: sum(({ y }) => y * y),
    sumX4: sum(({ x }) => x ** 4),
  };
};
const known = (accounts: readonly Account[]) => {
  const found = revenueShare(sumsOf(accounts));
  if ('refused' in found) throw new Error(found.refused);
  return found;
};

/** Accounts as they are: sizes over a wide range, some leave, some grow, some shrink. */
const company = (random: () => number, count: number, spread: number): Account[] =>
  Array.from({ length: count }, () => {
    const x = Math.exp(spread * normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, random()))));
    const fate = random();
    return { x, y: x * (fate < 0.15 ? 0 : fate < 0.3 ? 0.7 : fate < 0.55 ? 1.4 : 1) };
  });
const truth = { net: 0.15 * 0.7 + 0.25 * 1.4 + 0.45, gross: 0.15 * 0.7 + 0.7 };
const lesser = (accounts: readonly Account[]) => accounts.map(({ x, y }) => ({ x, y: Math.min(x, y) }));

test('value: shares of accounts of one size are shares', () => {
  // 60 of 80 stay: the variance of a share is p(1-p)/(n-1) with n/(n-1) taken in; t for 80 degrees is 1.9901 (tables).
  const accounts = Array.from({ length: 80 }, (_, place) => ({ x: 10, y: place < 60 ? 10 : 0 }));
  const { share, low, high } = known(accounts);
  const half = 1.9900634 * Math.sqrt((0.75 * 0.25) / 79);
  expect(share).toBe(0.75);
  expect(low).toBeCloseTo(0.75 - half, 4);
  expect(high).toBeCloseTo(0.75 + half, 4);
});

test('value: equals statsmodels 0.15.0 (WLS through the origin, HC0, times 60 / 59) with the t of scipy 1.17.1, for 60 accounts of 10 to 110', () => {
  const factors = [1, 1, 1, 0, 1.4, 0.7, 1];
  const accounts = Array.from({ length: 60 }, (_, i) => ({ x: 10 + ((17 * i * i + 5 * i) % 101), factor: factors[i % 7]! }));
  const { share, low, high } = known(accounts.map(({ x, factor }) => ({ x, y: x * factor })));
  expect(share).toBeCloseTo(0.882085048011, 11);
  // The quantile of Student's t is within 0.03 %.
  expect([low, high]).toEqual([expect.closeTo(0.757983827505, 4), expect.closeTo(1.006186268516, 4)]);
});

describe('laws', () => {
  const accounts = company(seededRandom(5), 300, 1);

  test('law: the currency does not matter, nor does the order', () => {
    const one = known(accounts);
    const other = known(accounts.map(({ x, y }) => ({ x: x * 7.1, y: y * 7.1 })).toReversed());
    for (const key of ['share', 'low', 'high'] as const) expect(other[key]).toBeCloseTo(one[key], 9);
  });

  test('law: it agrees with drawing accounts with replacement', () => {
    const random = seededRandom(8);
    const drawn = Array.from({ length: 2000 }, () => {
      let [x, y] = [0, 0];
      for (let place = 0; place < accounts.length; place += 1) {
        const one = accounts[Math.floor(random() * accounts.length)]!;
        x += one.x;
        y += one.y;
      }
      return y / x;
    }).toSorted((a, b) => a - b);
    const { low, high } = known(accounts);
    const width = drawn[1949]! - drawn[49]!;
    expect(Math.abs(low - drawn[49]!)).toBeLessThan(0.15 * width);
    expect(Math.abs(high - drawn[1949]!)).toBeLessThan(0.15 * width);
  });
});

test.each([
  [60, 0.8],
  [200, 1],
  [500, 1.2],
])('null: of %i accounts with sizes spread by %f, 95% of the intervals hold the truth', (count, spread) => {
  for (const what of ['net', 'gross'] as const) {
    const random = seededRandom(count);
    let [held, asked] = [0, 0];
    for (let round = 0; round < 2000; round += 1) {
      const accounts = company(random, count, spread);
      const found = revenueShare(sumsOf(what === 'net' ? accounts : lesser(accounts)), { isPart: what === 'gross' });
      if ('refused' in found) continue;
      asked += 1;
      if (found.low <= truth[what] && truth[what] <= found.high) held += 1;
    }
    expect(asked).toBeGreaterThan(1800);
    expectRate(held, asked, 0.95);
  }
});

test('law: where nobody grew, net and gross are the same share; gross is never above one', () => {
  const shrinking = lesser(company(seededRandom(3), 200, 1));
  const [net, gross] = [known(shrinking), revenueShare(sumsOf(shrinking), { isPart: true })];
  expect(gross).toMatchObject({ share: net.share });
  const most = Array.from({ length: 60 }, (_, place) => ({ x: 10, y: place < 10 ? 9.99 : 10 }));
  expect((revenueShare(sumsOf(most), { isPart: true }) as { high: number }).high).toBeLessThanOrEqual(1);
});

describe('refusals', () => {
  const alike = (count: number, changed: number): Account[] =>
    Array.from({ length: count }, (_, place) => ({ x: 10, y: place < changed ? 0 : 10 }));

  test('refuses: too few accounts, too few that changed, or one that holds nearly everything', () => {
    expect(revenueShare(sumsOf(alike(39, 20)))).toEqual({ refused: 'too_few', needed: 40 });
    expect(revenueShare(sumsOf(alike(40, 9)))).toEqual({ refused: 'too_few_changes', needed: 10 });
    expect(revenueShare(sumsOf(alike(40, 10)))).not.toHaveProperty('refused');
    const giant = [...alike(60, 20), { x: 5000, y: 5000 }];
    expect(effectiveAccounts(sumsOf(giant))).toBeLessThan(2);
    expect(revenueShare(sumsOf(giant))).toEqual({ refused: 'too_concentrated', needed: 20 });
  });

  test('refuses: amounts below nothing', () => {
    expect(() => revenueShare({ ...sumsOf(alike(50, 20)), sumY: -1 })).toThrow(RangeError);
  });
});
