import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { seededRandom } from '../../methods/numeric/random.ts';
import { featureBase, featureRule } from '../../launch/features/schema.ts';
import type { Context } from '../../platform/context.ts';
import { answerSubscriptions } from './answer.ts';
import * as groups from './groups.ts';
import * as queries from './queries.ts';
import { didWhat, keptOf, type Moved, monthsBetween, paid } from './reference.fixture.ts';
import { type Kept, movements, subscriptionRowsAsked, subscriptionsAsked } from './schema.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const batch = { import: '00000000-0000-4000-8000-0000000000aa', version: 1 };
let id = 0;
type Given = {
  account?: string | null;
  kind?: string;
  amount?: number | null;
  currency?: string | null;
  interval?: string | null;
  at?: string | null;
};
const movement = ({
  account = 'a',
  kind = 'new',
  amount = 100,
  currency = 'USD',
  interval = 'month',
  at = '2026-01-10 12:00:00.000',
}: Given) => ({
  ...batch,
  id: `movement-${(id += 1)}`,
  account_id: account,
  kind,
  amount,
  currency,
  interval,
  at,
  properties: {},
});
const openWith = async (name: string, rows: object[], accounts: object[] = []) => {
  const opened = await app.workspace(name);
  await opened.context.events.insert('revenue', rows);
  if (accounts.length > 0) await opened.context.events.insert('account', accounts);
  return opened;
};
const between = (from: string, to: string) => ({ kind: 'between' as const, from, to });
const range = between('2025-06-01', '2026-06-01');
const on = (day: string) => `${day} 12:00:00.000`;

describe('a worked example', () => {
  // a: 1,200 a year, then twice 50 more, later 30 less. b: leaves and comes back. c: 300 a quarter, leaves. d: a second subscription.
  const given = [
    movement({ account: 'a', amount: 1200, interval: 'year', at: on('2025-12-05') }),
    movement({ account: 'a', kind: 'expansion', amount: 50, at: on('2026-02-03') }),
    movement({ account: 'a', kind: 'contraction', amount: -30, at: on('2026-04-20') }),
    movement({ account: 'b', amount: 200, at: on('2025-12-20') }),
    movement({ account: 'b', kind: 'churn', amount: 200, at: on('2026-02-28') }),
    movement({ account: 'b', amount: 150, at: on('2026-04-01') }),
    movement({ account: 'c', amount: 300, interval: 'Quarterly', at: on('2026-01-15') }),
    movement({ account: 'c', kind: 'churn', amount: 300, interval: 'quarterly', at: on('2026-05-31') }),
    movement({ account: 'd', amount: 40, at: on('2026-01-31') }),
    movement({ account: 'd', amount: 60, at: on('2026-03-01') }),
    // Began and ended within a month: at no month's end there was anything.
    movement({ account: 'e', amount: 10, at: on('2026-03-02') }),
    movement({ account: 'e', kind: 'churn', amount: 10, at: on('2026-03-30') }),
  ];
  let opened: Awaited<ReturnType<typeof openWith>>;
  beforeAll(async () => void (opened = await openWith('Worked', given)));

  test('each month has its MRR and what moved it, and the movements are the difference', async () => {
    const { months, lastMonth, currency } = await opened.client.subscriptions.get({ range });
    expect([currency, lastMonth]).toEqual(['USD', '2026-05-01']);
    const said = months.map(({ at, mrr, accounts, movements: moved }) => [
      at.slice(0, 7),
      mrr,
      accounts,
      ...movements.flatMap((name) => (moved[name].accounts ? [`${name} ${moved[name].amount} of ${moved[name].accounts}`] : [])),
    ]);
    expect(said).toEqual([
      ['2025-12', 300, 2, 'new 300 of 2'],
      ['2026-01', 440, 4, 'new 140 of 2'],
      ['2026-02', 290, 3, 'expansion 50 of 1', 'churn -200 of 1'],
      ['2026-03', 350, 3, 'expansion 60 of 1'],
      ['2026-04', 470, 4, 'contraction -30 of 1', 'reactivation 150 of 1'],
      ['2026-05', 370, 3, 'churn -100 of 1'],
    ]);
  });

  test('a locked set: what it pays now of what it paid then; too few for a share is said', async () => {
    const { locked } = await opened.client.subscriptions.get({ range, over: 4 });
    // At the end of January a 100, b 200, c 100, d 40; at the end of May a 120, b 150, c nothing, d 100.
    expect(locked).toMatchObject({
      from: '2026-01-01',
      to: '2026-05-01',
      accounts: 4,
      paying: 3,
      start: 440,
      end: 370,
      net: null,
      logo: null,
    });
    expect((await opened.client.subscriptions.get({ range, over: 12 })).locked).toBeNull();
  });

  test('accounts are followed from their first month, each only as far as is known', async () => {
    const { followed, cohorts } = await opened.client.subscriptions.get({ range, follow: 5 });
    expect(cohorts.map(({ start, accounts, cells }) => [start, accounts, cells.map((cell) => cell && cell.end)])).toEqual([
      ['2025-12-01', 2, [300, 300, 150, 150, 270, 270]],
      ['2026-01-01', 2, [140, 140, 200, 200, 100, null]],
    ]);
    expect(followed.map((cell) => cell && [cell.accounts, cell.start, cell.end, cell.paying])).toEqual([
      [4, 440, 440, 4],
      [4, 440, 440, 4],
      [4, 440, 350, 3],
      [4, 440, 350, 3],
      [4, 440, 370, 3],
      [2, 300, 270, 2],
    ]);
  });

  test('a figure opens to the accounts behind it', async () => {
    const rows = await opened.client.subscriptions.rows({ range, month: '2026-02-01' });
    expect(rows.rows.map((row) => [row.id, row.movement, row.mrr_before, row.mrr, row.change])).toEqual([
      ['b', 'churn', 200, 0, -200],
      ['a', 'expansion', 100, 150, 50],
      ['c', '', 100, 100, 0],
      ['d', '', 40, 40, 0],
    ]);
    expect((await opened.client.subscriptions.rows({ range, month: '2026-02-01', movement: 'churn' })).total).toBe(1);
    const locked = await opened.client.subscriptions.rows({ range, month: '2026-05-01', since: 4, locked: true });
    expect(locked.rows.map((row) => [row.id, row.change])).toEqual([
      ['c', -100],
      ['d', 60],
      ['b', -50],
      ['a', 20],
    ]);
    const { csv, total } = await opened.client.subscriptions.exportRows({ range, month: '2026-04-01', movement: 'reactivation' });
    expect([total, csv.split('\r\n')[1]]).toEqual([1, 'b,,,,,reactivation,0,150,150']);
    await expect(opened.client.subscriptions.rows({ range, month: '2026-02-02' })).rejects.toThrow('not the first day of a month');
    await expect(opened.client.subscriptions.rows({ range, month: '2026-06-01' })).rejects.toThrow('known up to');
  });

  test('it leaves as CSV, and another workspace sees none of it', async () => {
    const { csv } = await opened.client.subscriptions.export({ range, over: 4 });
    expect(csv).toContain('month,2026-02-01,,churn,-200,1');
    expect(csv).toContain('locked,2026-01-01 to 2026-05-01,4,,,4,3,440,370,');
    const other = await app.workspace('Other');
    const answer = await other.client.subscriptions.get({ range });
    expect(answer).toMatchObject({ months: [], locked: null, currencies: [], lastMonth: null });
    expect((await other.client.subscriptions.rows({ range, month: '2026-02-01' })).total).toBe(0);
  });
});

test('what is not recurring, or not whole, is left out and counted by its reason', async () => {
  const { client, context } = await openWith('Left out', [
    movement({ account: 'a' }),
    movement({ account: 'a', kind: 'order', amount: 900 }),
    movement({ account: 'a', kind: 'invoice', amount: 900, interval: null }),
    movement({ account: null }),
    movement({ account: 'b', amount: null }),
    movement({ account: 'b', at: null }),
    movement({ account: 'b', interval: null }),
    movement({ account: 'b', interval: 'fortnight' }),
    // More is taken away than was there.
    movement({ account: 'c', amount: 50 }),
    movement({ account: 'c', kind: 'churn', amount: 80, at: on('2026-02-10') }),
    movement({ account: 'e', amount: 70, currency: 'EUR' }),
    // At half past eleven in London it is the next day, and month, in Berlin.
    movement({ account: 'f', amount: 1, at: '2026-03-31 23:30:00.000' }),
  ]);
  const answer = await client.subscriptions.get({ range });
  expect(answer.leftOut).toEqual({ oneOff: 2, withoutAccount: 1, unfinished: 2, interval: 2, intervals: ['', 'fortnight'], belowZero: 1 });
  expect(answer.currencies).toEqual([
    { currency: 'USD', accounts: 3 },
    { currency: 'EUR', accounts: 1 },
  ]);
  expect(answer.months.map(({ mrr }) => mrr)).toEqual([100, 100, 101]);
  expect((await client.subscriptions.get({ range, currency: 'eur' })).months.map(({ mrr }) => mrr)).toEqual([70, 70, 70]);
  await expect(client.subscriptions.get({ range, currency: 'GBP' })).rejects.toThrow(
    'No recurring revenue is in "GBP". There is some in USD, EUR.',
  );
  await expect(client.subscriptions.get({ range, breakdown: { by: 'property', name: 'plan' } })).rejects.toThrow('a field of the account');
  const inBerlin: Context = { ...context, workspace: { ...context.workspace, timeZone: 'Europe/Berlin' } };
  const there = await answerSubscriptions(inBerlin, subscriptionsAsked.parse({ range }));
  expect(there.months.map(({ at, mrr }) => [at, mrr]).slice(-2)).toEqual([
    ['2026-03-01', 100],
    ['2026-04-01', 101],
  ]);
});

const intervals = { week: 12 / 52, monthly: 1, quarter: 3, year: 12 } as const;
const kinds = ['new', 'expansion', 'contraction', 'churn'] as const;

/** Random movements of many accounts over two years, in two currencies, some to nothing and back. */
const random = (seed: number, count: number): { moved: Moved[]; rows: object[] } => {
  const next = seededRandom(seed);
  const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(next() * list.length)]!;
  const moved: Moved[] = [];
  for (let place = 0; place < count; place += 1) {
    let running = 0;
    const currency = next() < 0.8 ? 'USD' : 'EUR';
    for (let day = Math.floor(next() * 500); day < 740; day += 5 + Math.floor(next() * 160)) {
      const monthly = running === 0 ? 10 + Math.floor(next() * 400) : pick([0, 0.25, 0.5, 1]) * running;
      const kind = running === 0 ? 'new' : next() < 0.4 ? 'expansion' : monthly === running ? 'churn' : 'contraction';
      if (monthly === 0) continue;
      running += (kind === 'new' || kind === 'expansion' ? 1 : -1) * monthly;
      const interval = pick(Object.keys(intervals) as (keyof typeof intervals)[]);
      const amount = Math.round(monthly * intervals[interval] * 10_000) / 10_000;
      const months = intervals[interval];
      moved.push({
        account: `account ${place}`,
        kind,
        amount,
        currency,
        months,
        day: new Date(Date.UTC(2024, 4, 1 + day)).toISOString().slice(0, 10),
      });
      if (Math.abs(running) < 0.01) running = 0;
    }
  }
  const nameOf = (months: number) => Object.entries(intervals).find(([, one]) => one === months)![0];
  return { moved, rows: moved.map((one) => movement({ ...one, interval: nameOf(one.months), at: on(one.day) })) };
};

const figures = ({ accounts, paying, start, end, gross }: Kept) => ({
  accounts,
  paying,
  start,
  end,
  gross: gross === null ? null : gross.share * start,
});
const close = (found: Kept | null, pairs: (readonly [number, number])[]): void => {
  const plain = keptOf(pairs);
  if (pairs.length === 0) return expect(found).toBeNull();
  const said = figures(found!);
  expect([said.accounts, said.paying]).toEqual([plain.accounts, plain.paying]);
  expect(said.start).toBeCloseTo(plain.start, 2);
  expect(said.end).toBeCloseTo(plain.end, 2);
  if (said.gross !== null) expect(said.gross).toBeCloseTo(plain.gross, 2);
};

test('the statements say what the plain definition says, on random movements', { timeout: 120_000 }, async () => {
  for (const seed of [31, 32]) {
    const { moved, rows } = random(seed, 120);
    expect(new Set(moved.map(({ kind }) => kind))).toEqual(new Set(kinds));
    const names = [...new Set(moved.map(({ account }) => account))];
    const accounts = names.map((name, place) => ({ ...batch, id: name, name, plan: ['pro', 'team', null][place % 3], properties: {} }));
    const { client } = await openWith(`Random ${seed}`, rows, accounts);
    for (const currency of ['USD', 'EUR']) {
      const own = moved.filter((one) => one.currency === currency);
      const origin = own.map(({ day }) => day.slice(0, 7)).toSorted()[0]!;
      const all = monthsBetween(origin, '2026-05');
      const levels = new Map(
        [...new Set(own.map(({ account }) => account))].map((account) => [account, all.map((month) => paid(own, account, month))]),
      );
      // What is less than a cent after sums of parts of a cent is nothing.
      for (const [account, list] of levels)
        levels.set(
          account,
          list.map((value) => (value < 0.01 ? 0 : value)),
        );
      const answer = await client.subscriptions.get({
        range: between('2024-12-01', '2026-05-31'),
        currency,
        over: 12,
        follow: 9,
        breakdown: { by: 'account_property', name: 'plan' },
      });
      const asked = monthsBetween('2024-12', '2026-05');
      expect(answer.months.map(({ at }) => at.slice(0, 7))).toEqual(asked);
      for (const [index, month] of answer.months.entries()) {
        const place = all.indexOf(asked[index]!);
        const stands = [...levels].map(([account, list]) => ({
          account,
          before: list[place - 1] ?? 0,
          after: list[place]!,
          earlier: list.slice(0, place).some((value) => value > 0),
        }));
        expect(month.mrr).toBeCloseTo(
          stands.reduce((sum, { after }) => sum + after, 0),
          2,
        );
        expect(month.accounts).toBe(stands.filter(({ after }) => after > 0).length);
        for (const name of movements) {
          const did = stands.filter((one) => Math.abs(one.after - one.before) >= 0.01 && didWhat(one) === name);
          expect(month.movements[name].accounts, `${currency} ${month.at} ${name}`).toBe(did.length);
          expect(month.movements[name].amount).toBeCloseTo(
            did.reduce((sum, { before, after }) => sum + after - before, 0),
            2,
          );
        }
        // The law: what moved is the difference.
        const before = index === 0 ? stands.reduce((sum, one) => sum + one.before, 0) : answer.months[index - 1]!.mrr;
        expect(before + movements.reduce((sum, name) => sum + month.movements[name].amount, 0)).toBeCloseTo(month.mrr, 2);
      }
      const [start, end] = [all.indexOf('2025-05'), all.indexOf('2026-05')];
      const pairs = (only: (account: string) => boolean) =>
        [...levels].flatMap(([account, list]) => (list[start]! > 0 && only(account) ? [[list[start]!, list[end]!] as const] : []));
      close(
        answer.locked,
        pairs(() => true),
      );
      const planOf = new Map(accounts.map(({ id: name, plan }) => [name, plan ?? '']));
      for (const group of answer.groups)
        close(
          group,
          pairs((account) => planOf.get(account) === group.name),
        );
      expect(answer.groups.reduce((sum, group) => sum + group.accounts, 0)).toBe(answer.locked!.accounts);
      for (let after = 0; after <= 9; after += 1) {
        const followed = [...levels].flatMap(([, list]) => {
          const began = list.findIndex((value) => value > 0);
          const isAsked = began >= 0 && asked.includes(all[began]!) && began + after < all.length;
          return isAsked ? [[list[began]!, list[began + after]!] as const] : [];
        });
        close(answer.followed[after]!, followed);
      }
    }
    const { locked } = await client.subscriptions.get({ range: between('2024-12-01', '2026-05-31'), over: 12 });
    if (locked!.accounts >= 40) expect(locked!.net!.why === null || locked!.net!.low === null).toBe(true);
    expect(locked!.gross!.share).toBeLessThanOrEqual(Math.min(1, locked!.net!.share) + 1e-9);
  }
});

test('where nothing grew, net and gross are the same; an account that holds nearly everything leaves no interval', async () => {
  const given = (giant: number) =>
    Array.from({ length: 60 }, (_, place) => [
      movement({ account: `s${place}`, amount: place === 0 ? giant : 100, at: on('2024-12-01') }),
      ...(place % 3 === 1
        ? [
            movement({
              account: `s${place}`,
              kind: place % 2 ? 'churn' : 'contraction',
              amount: place % 2 ? 100 : 40,
              at: on('2026-01-05'),
            }),
          ]
        : []),
    ]).flat();
  const asked = { range: between('2026-01-01', '2026-01-31') };
  const { locked } = await (await openWith('Shrinking', given(100))).client.subscriptions.get(asked);
  expect(locked!.net!.share).toBe(locked!.gross!.share);
  expect(locked!.net!.why).toBeNull();
  expect(locked!.gross!.high!).toBeLessThan(1);
  expect(locked!.logo!.low!).toBeGreaterThan(0);
  const concentrated = (await (await openWith('Giant', given(50_000))).client.subscriptions.get(asked)).locked!;
  expect(concentrated.net).toMatchObject({ low: null, high: null, why: 'too_concentrated' });
  expect(concentrated.effective).toBeLessThan(2);
});

test('invoices that say for how long are MRR, month by month, where an account has no movements', async () => {
  const { context, client } = await app.workspace('Invoices');
  let number = 0;
  const bill = (account: string, day: string, amount: number, interval: string | null, kind = 'invoice') => ({
    import: '00000000-0000-4000-8000-0000000000aa',
    version: 1,
    id: `bill-${(number += 1)}`,
    account_id: account,
    kind,
    amount,
    currency: 'USD',
    interval,
    at: `${day} 12:00:00.000`,
    properties: {},
  });
  await context.events.insert('revenue', [
    // By the month; none comes in March 2026.
    ...['2026-01-05', '2026-02-05', '2026-04-05', '2026-05-05'].map((day) => bill('monthly', day, 100, 'month')),
    bill('monthly', '2026-05-20', -20, 'month'),
    // By the year, at a higher price from February 2026.
    bill('yearly', '2025-02-10', 1200, 'year'),
    bill('yearly', '2026-02-10', 1800, 'year'),
    // Its movements say it already.
    bill('both', '2026-01-05', 50, 'month', 'new'),
    bill('both', '2026-02-05', 50, 'month'),
    // Nothing says for how long.
    bill('once', '2026-02-05', 999, null),
    bill('order', '2026-02-05', 999, 'month', 'order'),
  ]);
  const { months, invoiced, leftOut } = await client.subscriptions.get({ range: between('2026-01-01', '2026-05-31') });
  expect(months.map(({ mrr }) => mrr)).toEqual([100 + 100 + 50, 100 + 150 + 50, 150 + 50, 100 + 150 + 50, 80 + 150 + 50]);
  expect(
    months.map(({ movements: moved }) => Object.fromEntries(Object.entries(moved).filter(([, { accounts }]) => accounts > 0))),
  ).toEqual([
    { new: { amount: 150, accounts: 2 } },
    { expansion: { amount: 50, accounts: 1 } },
    { churn: { amount: -100, accounts: 1 } },
    { reactivation: { amount: 100, accounts: 1 } },
    { contraction: { amount: -20, accounts: 1 } },
  ]);
  expect([invoiced, leftOut.oneOff]).toEqual([7, 3]);
});

test('the engine takes each statement', async () => {
  const { context } = await app.workspace('Plans');
  const frame = { currency: 'USD', zone: 'UTC', origin: '2025-01-01', last: 16 };
  const asked = subscriptionsAsked.parse({ range, breakdown: { by: 'account_property', name: "plan'] --" } });
  const rows = subscriptionRowsAsked.parse({ range, month: '2026-05-01', movement: 'churn', locked: true });
  const fields = (['lock', 'now'] as const).map((asOf) => ({ kind: 'field' as const, name: "plan'] --", asOf, named: ['pro'] }));
  const rule = featureRule.parse({ eventName: "used'", times: 2, days: 2 });
  const base = featureBase.parse({ plans: ['pro'], accessProperty: 'beta' });
  const byFeature = { kind: 'feature' as const, rule, base, day: '2025-05-31', now: new Date('2026-06-01') };
  const statements = [
    queries.fates(new Date('2026-06-01')),
    queries.currencyRows('UTC'),
    queries.belowZero(frame),
    queries.monthRows(frame, 0, 16),
    ...fields.map((field) => groups.lockedValues(field, frame, 4, 16)),
    groups.lockedKnown("plan'] --", frame, 4, 16),
    groups.followedKnown('plan', frame, { from: 'first', first: 0, last: 9, until: 16 }),
    ...[...fields, byFeature, null].flatMap((by) => [
      groups.lockedRows(by, frame, 4, 16),
      groups.survivalRows(by, frame, { from: 'lock', first: 4, last: 4, until: 16 }),
      groups.survivalRows(by, frame, { from: 'first', first: 0, last: 9, until: 16 }),
    ]),
    queries.followedRows(asked, frame, 0, 16),
    queries.countRows(rows, frame, 16),
    queries.pageRows(rows, frame, 16, { offset: 0, limit: 10 }),
  ];
  for (const { sql, params } of statements) expect((await context.events.ask({ sql: `EXPLAIN ${sql}`, params })).length).toBeGreaterThan(0);
});
