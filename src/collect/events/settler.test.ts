import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Context } from '../../platform/context.ts';
import { own, rows } from '../../platform/events/sources.ts';
import { peopleBy } from './queries.ts';
import { recountDays } from './recount.ts';
import { settleNow } from './settler.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const send = (context: Context, events: object[]) => {
  const common = {
    workspace: context.workspace.id,
    key: context.workspace.id,
    kind: 'track',
    name: 'Exported',
    received_at: '2026-06-01 12:00:00.000',
  };
  return app.application.spool.append(events.map((event) => JSON.stringify({ ...common, ...event })));
};
const sums = (context: Context) =>
  context.events.ask({
    sql: `SELECT toUInt32(sum(received)) AS received, toUInt32(sum(stored)) AS stored, toUInt32(sum(duplicate)) AS duplicate, toUInt32(sum(failed)) AS failed FROM ${own('ingest')}`,
  });
const days = async (context: Context) => {
  const found = await context.events.ask<{ day: string; events: number }>({
    sql: `SELECT toString(bucket) AS day, toUInt32(events) AS events FROM ${peopleBy('day', '1')} ORDER BY day`,
  });
  return Object.fromEntries(found.map(({ day, events }) => [day, events]));
};

test('what is in the spool is stored once, for each workspace behind its wall, and the spool is empty', async () => {
  const mine = await app.workspace('Mine');
  const other = await app.workspace('Other');
  await send(mine.context, [
    { message: 'm1', at: '2026-06-01 10:00:00.000', user: 'u1' },
    { message: 'm1', at: '2026-06-01 10:00:05.000', user: 'u1' },
  ]);
  await send(other.context, [{ message: 'm1', at: '2026-06-01 10:00:00.000', user: 'u1' }]);
  await settleNow(app.application);
  expect(await sums(mine.context)).toEqual([{ received: 2, stored: 1, duplicate: 1, failed: 0 }]);
  expect(await sums(other.context)).toEqual([{ received: 1, stored: 1, duplicate: 0, failed: 0 }]);
  expect(app.application.spool.stats()).toMatchObject({ bytes: 0, segments: 0 });
});

test('a line that the store refuses is kept as a failed event and holds up nobody', async () => {
  const { context } = await app.workspace();
  const good = Array.from({ length: 9 }, (_, index) => ({ message: `m${index}`, at: '2026-06-01 10:00:00.000', user: 'u1' }));
  await send(context, [...good.slice(0, 5), { message: 'bad', at: 'yesterday' }, ...good.slice(5)]);
  await settleNow(app.application);
  expect(await sums(context)).toEqual([{ received: 10, stored: 9, duplicate: 0, failed: 1 }]);
  const [failed] = await context.events.ask<{ reason: string; raw: string }>({ sql: `SELECT reason, raw FROM ${own('failed_event')}` });
  expect(failed).toMatchObject({ reason: 'refused_by_store', raw: expect.stringContaining('yesterday') });
});

test('days are counted anew where there is anything to count', async () => {
  const empty = await app.workspace('Nothing yet');
  await empty.client.workspaces.update({ timeZone: 'Pacific/Apia' });
  await recountDays(app.application);
  await send(empty.context, [{ message: 'm1', at: '2026-06-01 23:00:00.000', user: 'u1' }]);
  await settleNow(app.application);
  expect(await days(empty.context)).toEqual({ '2026-06-02': 1 });
});

test('when the time zone of the workspace changes, its events and their sums move to their new days', async () => {
  const { context, id, client } = await app.workspace();
  await send(context, [
    { message: 'm1', at: '2026-05-30 23:30:00.000', user: 'u1' },
    { message: 'm2', at: '2026-05-31 10:00:00.000', user: 'u1' },
  ]);
  await settleNow(app.application);
  expect(await days(context)).toEqual({ '2026-05-30': 1, '2026-05-31': 1 });
  await client.workspaces.update({ timeZone: 'Europe/Berlin' });
  await recountDays(app.application);
  expect(await days(context)).toEqual({ '2026-05-31': 2 });
  expect(await context.events.ask({ sql: `SELECT toUInt32(count()) AS n FROM ${rows('event')} WHERE workspace = '${id}'` })).toEqual([
    { n: 2 },
  ]);
});

test('days of 23 and 25 hours hold just their own hours', async () => {
  const { context, client } = await app.workspace();
  await client.workspaces.update({ timeZone: 'Europe/Berlin' });
  const hours = (day: string) =>
    Array.from({ length: 120 }, (_, hour) => {
      const at = new Date(Date.parse(`${day}T00:30:00Z`) + (hour - 48) * 3_600_000);
      return { message: at.toISOString(), at: at.toISOString().replace('T', ' ').replace('Z', ''), user: 'u1' };
    });
  await send(context, [...hours('2026-03-29'), ...hours('2025-10-26')]);
  await settleNow(app.application);
  expect(await days(context)).toMatchObject({ '2026-03-28': 24, '2026-03-29': 23, '2025-10-25': 24, '2025-10-26': 25 });
});
