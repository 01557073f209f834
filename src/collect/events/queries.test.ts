import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { refreshIdentities } from '../identities/refresh.ts';
import { peopleBy, peopleSeen } from './queries.ts';
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
