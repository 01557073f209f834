import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedNow, openTestApplication, type TestApplication } from '../../test/application.ts';
import { rows } from './events/sources.ts';
import { readConfig } from './config.ts';
import { matchInstances } from './instance.ts';
import { lockDataFolder } from './lock.ts';
import { pendingMigrations, readMigrations } from './migrations.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const anImport = '00000000-0000-4000-8000-00000000000a';
const anEvent = {
  import: anImport,
  message: 1,
  name: 'Signed in',
  at: fixedNow,
  person: 1,
  account: 1,
  properties: {},
};
const count = { sql: `SELECT count() AS n FROM ${rows('event')}` };

test('every table that carries a workspace is walled by forced row-level security', async () => {
  const { rows: bare } = await app.application.records.unbounded((transaction) =>
    transaction.execute(sql`
      SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
      WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`),
  );
  expect(bare).toEqual([]);
});

test('the role that works in workspaces is no superuser, and without a workspace sees no row of any table', async () => {
  await app.workspace();
  const { records } = app.application;
  const tables = await records.unbounded((transaction) =>
    transaction.execute<{ name: string }>(sql`
      SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'workspace_id' AND table_schema = 'public'`),
  );
  expect(tables.rows.length).toBeGreaterThan(5);
  await records.unbounded(async (transaction) => {
    await transaction.execute(sql`SET LOCAL ROLE landfall_app`);
    const { rows: who } = await transaction.execute<{ rolsuper: boolean; rolbypassrls: boolean }>(
      sql`SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user`,
    );
    expect(who).toEqual([{ rolsuper: false, rolbypassrls: false }]);
    for (const { name } of [...tables.rows, { name: 'workspace' }, { name: 'member' }]) {
      const found = await transaction.execute<{ n: number }>(sql`SELECT count(*)::int AS n FROM ${sql.identifier(name)}`);
      expect(`${name}: ${found.rows[0]?.n}`).toBe(`${name}: 0`);
    }
  });
});

test('a row cannot be written into another workspace, and the audit trail cannot be rewritten', async () => {
  const mine = await app.workspace('Mine');
  const other = await app.workspace('Other');
  const foreign = mine.context.read((transaction) =>
    transaction.execute(sql`INSERT INTO feature (workspace_id, name) VALUES (${other.id}, 'x')`),
  );
  await expect(foreign).rejects.toMatchObject({ cause: { message: expect.stringContaining('row-level security') } });
  await mine.client.features.create({ name: 'One', rule: { eventName: 'One' } });
  await expect(mine.context.read((transaction) => transaction.execute(sql`UPDATE audit SET actor_name = 'nobody'`))).rejects.toThrow();
  await expect(mine.context.read((transaction) => transaction.execute(sql`DELETE FROM audit`))).rejects.toThrow();
});

test('each write leaves one audit row that says who, through which door, before and after', async () => {
  const { client, context } = await app.workspace();
  const feature = await client.features.create({ name: 'Lanes', rule: { eventName: 'Lane opened' } });
  await client.features.update({ feature: feature.id, name: 'Guest lanes' });
  const { rows: trail } = await context.read((transaction) => transaction.execute(sql`SELECT * FROM audit ORDER BY id`));
  expect(trail).toMatchObject([
    { operation: 'features.create', actor_name: 'Test owner', door: 'api', subject_id: feature.id, before: null, after: { name: 'Lanes' } },
    { operation: 'features.update', before: { name: 'Lanes' }, after: { name: 'Guest lanes' } },
  ]);
});

test('a write that fails leaves neither its row nor an audit row', async () => {
  const { client, context } = await app.workspace();
  const broken = context.write('feature', async (transaction) => {
    await transaction.execute(sql`INSERT INTO feature (workspace_id, name) VALUES (${context.workspace.id}, 'Half')`);
    throw new Error('stop');
  });
  await expect(broken).rejects.toThrow('stop');
  expect((await client.features.list({})).features).toEqual([]);
  const { rows: trail } = await context.read((transaction) => transaction.execute(sql`SELECT 1 FROM audit`));
  expect(trail).toEqual([]);
});

test('events of one workspace are not counted in another, and rows of a hidden import are not seen', async () => {
  const mine = await app.workspace('Mine');
  const other = await app.workspace('Other');
  await mine.context.events.insert('event', [anEvent]);
  expect(await mine.context.events.ask(count)).toEqual([{ n: 1 }]);
  expect(await other.context.events.ask(count)).toEqual([{ n: 0 }]);
  await mine.context.read((transaction) =>
    transaction.execute(sql`INSERT INTO import (id, workspace_id, number, state, file_name, created_by)
      VALUES (${anImport}, ${mine.id}, 1, 'undone', 'a.csv', 'test')`),
  );
  expect(await mine.context.events.ask(count)).toEqual([{ n: 0 }]);
});

test('values reach the engine as values, whatever they hold', async () => {
  const { context } = await app.workspace();
  const nasty = `'; DROP TABLE event; -- \\ \t\n " 漢字 🚀 {x:String}`;
  const [row] = await context.events.ask<{ one: string; many: string[] }>({
    sql: 'SELECT {one:String} AS one, {many:Array(String)} AS many',
    params: { one: nasty, many: [nasty, "it's"] },
  });
  expect(row).toEqual({ one: nasty, many: [nasty, "it's"] });
});

test.runIf(!process.env.LANDFALL_TEST_CLICKHOUSE_URL)(
  'when the engine crashes, what was acknowledged is there and questions are answered again',
  async () => {
    const { context } = await app.workspace();
    await context.events.insert('event', [anEvent, { ...anEvent, message: 2 }]);
    process.kill(app.application.events.engineProcess() ?? 0, 'SIGKILL');
    await expect
      .poll(() => context.events.ask(count).catch((error: { code?: string }) => error.code), { timeout: 15_000 })
      .toEqual([{ n: 2 }]);
  },
);

test('a long question does not hold up the process', async () => {
  const { context } = await app.workspace();
  const long = context.events.ask({ sql: 'SELECT sum(sipHash64(number)) AS n FROM numbers(60000000)' });
  let worst = 0;
  let finished = false;
  void long.finally(() => (finished = true));
  while (!finished) {
    const startedAt = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
    worst = Math.max(worst, performance.now() - startedAt);
  }
  await long;
  expect(worst).toBeLessThan(1000);
});

test('a question that is given up is stopped in the engine, not only forgotten', async () => {
  const { context } = await app.workspace();
  const given = new AbortController();
  const asked = context.events.ask({ sql: 'SELECT sum(sipHash64(number)) AS n FROM numbers(20000000000)' }, { signal: given.signal });
  const ended = asked.catch((error: unknown) => error);
  const running = {
    sql: `SELECT count() AS n FROM system.processes WHERE query LIKE '%numbers(20000000000)%' AND query NOT LIKE '%processes%'`,
  };
  await expect.poll(() => context.events.ask(running), { timeout: 15_000 }).toEqual([{ n: 1 }]);
  given.abort();
  expect(await ended).toBeInstanceOf(Error);
  await expect.poll(() => context.events.ask(running), { timeout: 60_000 }).toEqual([{ n: 0 }]);
});

test('a second holder of the data folder is refused and told who holds it; a released folder is free', () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-lock-'));
  const first = lockDataFolder(folder);
  first.release();
  lockDataFolder(folder).release();
  rmSync(folder, { recursive: true });
  // The lock is per process on some systems: test/server.test.ts tries it with two.
});

test('a store that should hold data and is empty is refused, not made anew', async () => {
  const { application, folder } = app;
  const marker = mkdtempSync(join(tmpdir(), 'landfall-instance-'));
  mkdirSync(marker, { recursive: true });
  writeFileSync(join(marker, 'instance'), '00000000-0000-4000-8000-0000000000ff\n');
  await expect(matchInstances(application.records, application.events, marker)).rejects.toMatchObject({ code: 'conflict' });
  await expect(matchInstances(application.records, application.events, folder)).resolves.toMatch(/^[0-9a-f-]{36}$/);
  rmSync(marker, { recursive: true });
});

test('a first start that was killed between the two stores is finished by the next one; one that was used is not', async () => {
  const { records, events } = app.application;
  const folder = mkdtempSync(join(tmpdir(), 'landfall-begun-'));
  const written: unknown[] = [];
  const insert = async (rows: unknown) => void written.push(rows);
  const empty = { client: { query: async () => ({ json: async () => [] }), insert } } as unknown as typeof events;
  const unused = {
    unbounded: async () => ({ rows: [{ id: '00000000-0000-4000-8000-0000000000aa', used: false }] }),
  } as unknown as typeof records;
  const used = {
    unbounded: async () => ({ rows: [{ id: '00000000-0000-4000-8000-0000000000aa', used: true }] }),
  } as unknown as typeof records;
  await expect(matchInstances(used, empty, folder)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('ClickHouse'),
  });
  await expect(matchInstances(unused, empty, folder)).resolves.toBe('00000000-0000-4000-8000-0000000000aa');
  expect(written).toMatchObject([{ values: [{ id: '00000000-0000-4000-8000-0000000000aa' }] }]);
  rmSync(folder, { recursive: true });
});

test('migrations: an edited one and a newer store are refused, what is missing is found in order', () => {
  const all = readMigrations('migrations/records');
  const done = all.slice(0, 1);
  expect(pendingMigrations(all, done).map(({ name }) => name)).toEqual(all.slice(1).map(({ name }) => name));
  expect(() => pendingMigrations(all, [{ name: all[0]!.name, checksum: 'other' }])).toThrow('changed after it was applied');
  expect(() => pendingMigrations(all, [{ name: '9999_future.sql', checksum: 'x' }])).toThrow('newer Landfall');
});

test('wrong settings are all named at once, with what they do', () => {
  expect(() => readConfig({ LANDFALL_PORT: 'many', LANDFALL_POSTGRES_URL: 'mysql://x' })).toThrow(
    /LANDFALL_PORT[\s\S]*LANDFALL_POSTGRES_URL: must be a URL that starts with postgres:\/\//,
  );
  expect(readConfig({ LANDFALL_PORT: '' }).LANDFALL_PORT).toBe(4380);
});
