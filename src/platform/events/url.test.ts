import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedNow, openTestApplication, type TestApplication } from '../../../test/application.ts';
import { own, rows } from './sources.ts';

// The engine behind a TCP port, reached by LANDFALL_CLICKHOUSE_URL: the path that a ClickHouse server takes, on the same engine.
// What it does not show: a server's own users, clusters, and network faults.
let engine: ChildProcess;
let app: TestApplication;
const folder = mkdtempSync(join(tmpdir(), 'landfall-clickhouse-'));

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

beforeAll(async () => {
  const port = await freePort();
  engine = spawn(process.execPath, ['src/platform/events/chdb-child.mjs', folder, String(port)], {
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  });
  await new Promise((resolve) => engine.once('message', resolve));
  app = await openTestApplication({ LANDFALL_CLICKHOUSE_URL: `http://landfall:secret@127.0.0.1:${port}/default` });
});
afterAll(async () => {
  await app.close();
  engine.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('the same tables, walls and values over the URL of a ClickHouse server', async () => {
  expect(app.application.events.kind).toBe('clickhouse');
  const mine = await app.workspace('Mine');
  const other = await app.workspace('Other');
  const name = `'; DROP TABLE event; -- \\ 漢字`;
  const event = { import: mine.id, message: 1, name, at: fixedNow, person: 1, account: 1, properties: { plan: 'Pro' } };
  await mine.context.events.insert('event', [event]);
  const asked = { sql: `SELECT name, at FROM ${rows('event')} WHERE name = {name:String}`, params: { name } };
  expect(await mine.context.events.ask(asked)).toEqual([{ name, at: '2026-06-01 12:00:00.000' }]);
  expect(await other.context.events.ask(asked)).toEqual([]);
});

test('values are bound whole, however many there are: for questions and for commands', async () => {
  const { id, context } = await app.workspace();
  const names = Array.from({ length: 50_000 }, (_, index) => `it's \\ number ${index} 漢字`);
  const insert = `INSERT INTO unit (workspace, kind, id, number) SELECT {workspace:UUID}, 'person', one, 1 FROM (SELECT arrayJoin({names:Array(String)}) AS one)`;
  await context.events.command({ sql: insert, params: { names } });
  const asked = { sql: `SELECT count() AS n FROM ${own('unit')} WHERE id IN (SELECT arrayJoin({names:Array(String)}))`, params: { names } };
  expect(await context.events.ask(asked)).toEqual([{ n: 50_000 }]);
  expect(await context.events.ask({ sql: `SELECT {workspace:UUID} AS id, {one:String} AS one`, params: { one: names[7] } })).toEqual([
    { id, one: names[7] },
  ]);
});

test('when the server is gone, the answer is "unavailable", not an empty report', async () => {
  const { context } = await app.workspace();
  engine.kill('SIGKILL');
  const asked = context.events.ask({ sql: `SELECT count() AS n FROM ${rows('event')}` });
  await expect(asked).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('Try again') });
});
