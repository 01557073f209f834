import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../test/application.ts';
import { startEmbedded } from './events/embedded.ts';
import { migrateEvents } from './events/migrate.ts';
import { openEvents } from './events/store.ts';
import { migrateRecords } from './records/migrate.ts';

let app: TestApplication;
const folder = mkdtempSync(join(tmpdir(), 'landfall-migrate-'));
beforeAll(async () => void (app = await openTestApplication()));
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The client, whose connection is lost after `count` statements: what a kill looks like to the store. */
const dyingAfter = (client: ClickHouseClient, count: number): ClickHouseClient => {
  let left = count;
  const orDie = <Call extends (...input: never[]) => unknown>(call: Call) =>
    ((...input: Parameters<Call>) => {
      if (left-- <= 0) throw new Error('killed');
      return call(...input);
    }) as Call;
  return new Proxy(client, {
    get: (target, name) =>
      name === 'command' || name === 'insert' ? orDie(target[name].bind(target) as never) : Reflect.get(target, name),
  });
};

test('the event store: killed after any statement, the next start finishes the work once', async () => {
  const statements = readdirSync('migrations/events').reduce(
    (sum, name) => sum + readFileSync(join('migrations/events', name), 'utf8').split(/;\s*$/m).length,
    0,
  );
  const nothing = join(folder, 'none');
  cpSync('migrations/events', nothing, { recursive: true, filter: (path) => !path.endsWith('.sql') });
  const events = await openEvents({ folder, migrations: nothing });
  for (let survived = 0; survived <= statements; survived += 2) {
    const names = await events.client.query({ query: 'SHOW TABLES', format: 'JSONEachRow' });
    for (const { name } of await names.json<{ name: string }>()) await events.client.command({ query: `DROP TABLE ${name}` });
    await migrateEvents(dyingAfter(events.client, survived), 'migrations/events').catch((error: Error) =>
      expect(error.message).toBe('killed'),
    );
    await migrateEvents(events.client, 'migrations/events');
    const applied = await events.client.query({ query: 'SELECT name FROM migration ORDER BY name', format: 'JSONEachRow' });
    expect(await applied.json()).toEqual(
      readdirSync('migrations/events')
        .toSorted()
        .map((name) => ({ name })),
    );
  }
  await events.close();
});

test('the records store: a file that fails half-way leaves nothing of itself, and is applied whole at the next start', async () => {
  const migrations = join(folder, 'records');
  cpSync('migrations/records', migrations, { recursive: true });
  const { pool } = app.application.records;
  const broken = join(migrations, '9000_half.sql');
  writeFileSync(broken, 'CREATE TABLE half (id int); SELECT 1/0;');
  await expect(migrateRecords(pool, migrations)).rejects.toThrow('division by zero');
  expect((await pool.query(`SELECT to_regclass('half') AS name`)).rows).toEqual([{ name: null }]);
  writeFileSync(broken, 'CREATE TABLE half (id int);');
  await migrateRecords(pool, migrations);
  await migrateRecords(pool, migrations);
  expect((await pool.query(`SELECT count(*)::int AS n FROM migration WHERE name = '9000_half.sql'`)).rows).toEqual([{ n: 1 }]);
  await pool.query(`DROP TABLE half; DELETE FROM migration WHERE name = '9000_half.sql'`);
});

test('two servers that start at once on one Postgres migrate it once', async () => {
  const { pool } = app.application.records;
  if (app.application.records.kind === 'pglite') return;
  await Promise.all([migrateRecords(pool, 'migrations/records'), migrateRecords(pool, 'migrations/records')]);
});

test('the engine is started again when it is killed before it answered', async () => {
  const other = mkdtempSync(join(tmpdir(), 'landfall-engine-'));
  const engine = await startEmbedded(other);
  const first = engine.processId();
  process.kill(first ?? 0, 'SIGKILL');
  await expect.poll(() => engine.processId(), { timeout: 10_000 }).not.toBe(first);
  await engine.close();
  rmSync(other, { recursive: true, force: true });
});
