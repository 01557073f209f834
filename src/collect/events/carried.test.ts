import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApplication, type RunningApplication } from '../../platform/application.ts';
import { readConfig } from '../../platform/config.ts';
import { own, rows } from '../../platform/events/sources.ts';
import { openEvents } from '../../platform/events/store.ts';
import { refreshIdentities } from '../identities/refresh.ts';
import { events, numbers } from './queries.ts';
import { contextOf } from './settle.ts';
import { settleCarried } from './settler.ts';

const folder = mkdtempSync(join(tmpdir(), 'landfall-carried-'));
const workspace = '00000000-0000-4000-8000-000000000001';
const [undone, committed] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];

/** The event store as the version before wrote it. */
const fillOldStore = async () => {
  const migrations = join(folder, 'old-migrations');
  mkdirSync(migrations);
  for (const name of ['0001_objects.sql', '0002_imports.sql']) cpSync(join('migrations/events', name), join(migrations, name));
  const old = await openEvents({ folder, migrations });
  const event = (id: string, name: string, more: object) => ({
    workspace,
    id,
    name,
    at: '2026-05-30 23:30:00.000',
    person_id: 'crm-ada',
    account_id: '',
    properties: {},
    ...more,
  });
  const values = [
    event('m1', 'Of the import that was undone', { import: undone, version: 1 }),
    event('m1', 'Exported', { import: committed, version: 2 }),
    event('m2', 'Sent', { import: committed, version: 2 }),
    // Rows of a workspace that Postgres does not know.
    event('m3', 'Lost', { import: committed, version: 2, workspace: '00000000-0000-4000-8000-0000000000ff' }),
  ];
  await old.client.insert({ table: 'event', values, format: 'JSONEachRow' });
  const person = { workspace, import: committed, version: 2, id: 'crm-ada', account_id: 'crm-acme' };
  await old.client.insert({ table: 'person', values: [person], format: 'JSONEachRow' });
  const account = { workspace, import: committed, version: 2, id: 'crm-acme', name: 'Acme' };
  await old.client.insert({ table: 'account', values: [account], format: 'JSONEachRow' });
  const key = { workspace, import: committed, version: 2, kind: 'person', key_type: 'id:segment', key_value: 'u1', id: 'crm-ada' };
  await old.client.insert({ table: 'identity', values: [key], format: 'JSONEachRow' });
  await old.close();
};

let application: RunningApplication;
beforeAll(async () => {
  await fillOldStore();
  application = await openApplication(readConfig({ LANDFALL_DATA: folder, LANDFALL_PORT: '0' }), { log: pino({ level: 'silent' }) });
  await application.records.unbounded((transaction) =>
    transaction.execute(
      sql`INSERT INTO workspace (id, name, currency, time_zone) VALUES (${workspace}, 'Weftwork', 'EUR', 'Europe/Berlin')`,
    ),
  );
  const states = { [undone]: 'undone', [committed]: 'committed' };
  for (const [number, id] of [undone, committed].entries())
    await application.records.unbounded((transaction) =>
      transaction.execute(sql`INSERT INTO import (id, workspace_id, number, state, file_name, created_by)
        VALUES (${id}, ${workspace}, ${number + 1}, ${states[id]}, 'a.csv', 'test')`),
    );
});
afterAll(async () => {
  await application.close();
  rmSync(folder, { recursive: true, force: true });
});

test('events of the version before are carried over once, of each message the copy that counts, with its person and account', async () => {
  for (let start = 0; start < 2; start++) for (const context of await settleCarried(application)) await refreshIdentities(context);
  const context = await contextOf(application, workspace);
  const found = await context.events.ask({
    sql: `SELECT e.name AS name, toString(e.day) AS day, p.id AS person, a.id AS account FROM ${events('1', ['name', 'day'])} AS e
      LEFT JOIN ${numbers('person')} AS p ON p.number = e.person LEFT JOIN ${numbers('account')} AS a ON a.number = e.account ORDER BY name`,
  });
  expect(found).toEqual([
    { name: 'Exported', day: '2026-05-31', person: 'crm-ada', account: 'crm-acme' },
    { name: 'Sent', day: '2026-05-31', person: 'crm-ada', account: 'crm-acme' },
  ]);
  const keys = await context.events.ask({ sql: `SELECT id FROM ${rows('identity')} WHERE key_type = 'id:product' AND key_value = 'u1'` });
  expect(keys).toEqual([{ id: 'crm-ada' }]);
  expect(await context.events.ask({ sql: `SELECT toUInt32(count()) AS n FROM ${own('arrival')}` })).toEqual([{ n: 0 }]);
});
