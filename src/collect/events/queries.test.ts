import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { refreshIdentities } from '../identities/refresh.ts';
import { accountsBy, accountsSeen, events, peopleBy, peopleSeen } from './queries.ts';
import { storeEvents } from './settle.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

test('people are counted as who they are now, by the sums that are stored with the events', async () => {
  const { context } = await app.workspace();
  const event = (message: string, day: number, more: object) => ({
    message,
    name: 'Exported',
    at: `2026-05-0${day} 10:00:00.000`,
    ...more,
  });
  const given = [
    event('m1', 1, { anonymous: 'a1' }),
    event('m2', 1, { user: 'u1' }),
    event('m3', 2, { anonymous: 'a1' }),
    event('m4', 2, { user: 'u2' }),
    event('m5', 2, {}),
    { message: 'i1', kind: 'identify' as const, name: '$identify', at: '2026-05-03 10:00:00.000', user: 'u1', anonymous: 'a1' },
  ];
  await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
  const days = {
    sql: `SELECT toString(bucket) AS day, toUInt32(bitmapCardinality(people)) AS people, toUInt32(events) AS events FROM ${peopleBy('day', `name = 'Exported'`)} ORDER BY day`,
  };
  expect(await context.events.ask(days)).toEqual([
    { day: '2026-05-01', people: 1, events: 2 },
    { day: '2026-05-02', people: 2, events: 3 },
  ]);
  const [plan] = await context.events.ask<{ explain: string }>({
    sql: `SELECT arrayStringConcat(groupArray(explain), ' ') AS explain FROM (EXPLAIN ${days.sql})`,
  });
  expect(plan!.explain).toContain('by_name');
  const seen = await context.events.ask({
    sql: `SELECT toString(toDate(first)) AS first, toString(toDate(last)) AS last, toUInt32(events) AS events FROM ${peopleSeen} ORDER BY first, last`,
  });
  expect(seen).toEqual([
    { first: '2026-05-01', last: '2026-05-03', events: 4 },
    { first: '2026-05-02', last: '2026-05-02', events: 1 },
  ]);
});

test('accounts are those that events name and those of the people whose events name none, by the sums as by the events', async () => {
  const { context } = await app.workspace();
  let seed = 7;
  const below = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
  const at = (day: number) => `2026-05-${`${day}`.padStart(2, '0')} 10:00:00.000`;
  const given = [
    ...Array.from({ length: 400 }, (_, index) => ({
      message: `m${index}`,
      name: ['Exported', 'Shared'][below(2)]!,
      at: at(1 + below(12)),
      ...[{ user: `u${below(20)}` }, { anonymous: `a${below(20)}` }, {}][below(3)],
      ...(below(3) === 0 ? { account: `g${below(9)}` } : {}),
    })),
    ...Array.from({ length: 15 }, (_, index) => ({
      message: `i${index}`,
      kind: 'identify' as const,
      name: '$identify',
      at: at(13),
      user: `u${below(20)}`,
      anonymous: `a${below(20)}`,
    })),
    ...Array.from({ length: 12 }, (_, index) => ({
      message: `g${index}`,
      kind: 'group' as const,
      name: '$group',
      at: at(14),
      user: `u${index}`,
      account: `g${below(9)}`,
    })),
  ];
  await storeEvents(context.events, given, { timeZone: 'UTC', receivedAt: context.now() });
  await refreshIdentities(context);
  const only = `does = 1 AND day >= '2026-05-02'`;
  const sums = `SELECT toString(bucket) AS day, toUInt32(bitmapCardinality(accounts)) AS accounts, toUInt32(events) AS events FROM ${accountsBy('day', only)} ORDER BY day`;
  const counted = await context.events.ask<{ accounts: number }>({ sql: sums });
  const plain = `SELECT toString(day) AS day, toUInt32(uniqExactIf(account, account != 0)) AS accounts, toUInt32(count()) AS events FROM ${events(only)} GROUP BY day ORDER BY day`;
  expect(counted).toEqual(await context.events.ask({ sql: plain }));
  expect(Math.max(...counted.map(({ accounts }) => accounts))).toBeGreaterThan(5);
  const [plan] = await context.events.ask<{ reads: number }>({
    sql: `SELECT toUInt32(countIf(explain LIKE '%by_day%')) AS reads FROM (EXPLAIN ${sums})`,
  });
  expect(plan!.reads).toBe(2);
  const firsts = { sql: `SELECT toUInt32(account) AS account, toString(first) AS first FROM ${accountsSeen} ORDER BY account` };
  expect(await context.events.ask(firsts)).toEqual(
    await context.events.ask({
      sql: `SELECT toUInt32(account) AS account, toString(min(at)) AS first FROM ${events('1')} WHERE account != 0 GROUP BY account ORDER BY account`,
    }),
  );
});
