import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import type { Context } from '../../platform/context.ts';
import { rows } from '../../platform/events/sources.ts';
import { clientOf, countsOf, importFile, send } from './importing.fixture.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const events = (context: Context) =>
  context.events.ask({
    sql: `SELECT name, formatDateTime(at, '%Y-%m-%d %H:%i:%S', 'UTC') AS at, properties FROM ${rows('event')} ORDER BY at, notEmpty(properties) DESC, message`,
  });

test('Google Play reviews in UTF-16: the same review in a later month is known', async () => {
  const { context } = await app.workspace();
  const head =
    'Package Name,Reviewer Language,Review Submit Date and Time,Review Submit Millis Since Epoch,Star Rating,Review Text,Review Link\n';
  const first = 'com.x,zh,2026-01-02T03:04:05Z,1767323045000,5,"很好，👍",\n';
  const second = 'com.x,ar,2026-02-03T03:04:05Z,1770087845000,1,سيئ,http://play/2\n';
  const wide = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
  const january = await importFile(context, { name: 'reviews_202601.csv', bytes: wide(head + first) });
  expect(january.file).toMatchObject({ encoding: 'utf-16le', replaced: 0 });
  const february = await importFile(context, { name: 'reviews_202602.csv', bytes: wide(head + first + second) });
  expect(countsOf(february).event).toMatchObject({ new: 1, unchanged: 1 });
  expect(await events(context)).toMatchObject([
    { name: 'Review submitted', at: '2026-01-02 03:04:05', properties: { 'Review Text': '很好，👍', 'Star Rating': '5' } },
    { name: 'Review submitted', at: '2026-02-03 03:04:05', properties: { 'Review Text': 'سيئ' } },
  ]);
});

test('Mixpanel JSON Lines, packed: the first copy of an insert id stands', async () => {
  const { context } = await app.workspace();
  const line = (id: string, extra: object) =>
    JSON.stringify({
      event: 'Paid',
      properties: { time: 1767323045, distinct_id: 'u1', $insert_id: id, mp_processing_time_ms: 1, ...extra },
    });
  const bytes = gzipSync(
    [line('a', { plan: 'pro', nested: { deep: 1 } }), line('b', {}), line('a', { plan: 'pro', nested: { deep: 1 } })].join('\n'),
  );
  const done = await importFile(context, { name: 'export.json.gz', bytes });
  expect(done.mapping).toMatchObject({ source: 'mixpanel', targets: [{ kind: 'event' }] });
  expect(countsOf(done).event).toMatchObject({ new: 2, duplicate: 1 });
  expect(await events(context)).toMatchObject([
    { at: '2026-01-02 03:04:05', properties: { plan: 'pro', 'nested.deep': '1' } },
    { properties: {} },
  ]);
  expect(countsOf(await importFile(context, { name: 'export.json.gz', bytes })).event).toMatchObject({ new: 0, unchanged: 2 });
  // Undone by mistake, the same file brings the same events back: the memory of message ids is the events themselves.
  await clientOf(context).imports.undo({ import: done.id, waitSeconds: 60 });
  expect(await events(context)).toEqual([]);
  expect(countsOf(await importFile(context, { name: 'export.json.gz', bytes })).event).toMatchObject({ new: 2, duplicate: 1 });
  expect(await events(context)).toHaveLength(2);
});

test('Parquet as ClickHouse writes it: numbers above 2^53, dates and texts keep their value', async () => {
  const { context } = await app.workspace();
  const path = join(tmpdir(), `landfall-${process.pid}.parquet`);
  const { query } = await import('chdb');
  query(
    `SELECT toInt64(9007199254740993) AS user_id, '李雷' AS full_name, toDateTime64('2026-01-02 03:04:05', 3, 'UTC') AS created_at, toDecimal64('12.30', 2) AS score
     INTO OUTFILE '${path}' FORMAT Parquet SETTINGS output_format_parquet_compression_method = 'zstd'`,
  );
  const bytes = readFileSync(path);
  rmSync(path);
  const sent = await send(context, { name: 'people.parquet', bytes });
  expect(sent.file).toMatchObject({ kind: 'parquet', rows: 1 });
  const { client } = await app.workspace('Other');
  expect((await client.people.list({})).total).toBe(0);
  const done = await importFile(context, { name: 'people.parquet', bytes });
  expect(countsOf(done).person).toMatchObject({ new: 1, rejected: 0 });
  const [person] = await context.events.ask({ sql: `SELECT name, created_at, properties FROM ${rows('person')}` });
  expect(person).toMatchObject({ name: '李雷', created_at: '2026-01-02 03:04:05.000', properties: { score: '12.3' } });
});
