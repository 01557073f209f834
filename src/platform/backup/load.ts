import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import type { Events } from '../events/store.ts';
import { Failure } from '../failure.ts';
import type { Records } from '../records/store.ts';
import { readArchive } from './archive.ts';
import { fingerprintEvents, listEventTables, loadEvents } from './events.ts';
import type { Manifest, TableSummary } from './manifest.ts';
import { fingerprintRecords, listTables } from './records.ts';

type Constraint = { table: string; name: string; definition: string };

/** References between tables stand aside while rows come in, table by table. */
const liftConstraints = async (client: pg.ClientBase): Promise<() => Promise<void>> => {
  const { rows } = await client.query<Constraint>(`
    SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0`);
  const tables = await listTables(client);
  for (const { table, name } of rows) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  for (const { quoted } of tables) await client.query(`ALTER TABLE ${quoted} DISABLE TRIGGER USER`);
  return async () => {
    for (const { quoted } of tables) await client.query(`ALTER TABLE ${quoted} ENABLE TRIGGER USER`);
    for (const { table, name, definition } of rows) await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
  };
};

const insertRecords = async (client: pg.ClientBase, table: string, columns: string[], lines: Buffer): Promise<void> => {
  const names = columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ');
  const rows = `[${lines.toString('utf8').split('\n').join(',')}]`;
  await client.query(
    `INSERT INTO "${table}" (${names}) OVERRIDING SYSTEM VALUE SELECT ${names} FROM json_populate_recordset(NULL::"${table}", $1::json)`,
    [rows],
  );
};

const different = (store: string, expected: Record<string, TableSummary>, found: Record<string, TableSummary>): void => {
  for (const [table, { rows, checksum }] of Object.entries(expected)) {
    const here = found[table];
    if (!isDeepStrictEqual([rows, checksum], [here?.rows, here?.checksum]))
      throw new Failure(
        'conflict',
        `Restoring failed: table ${table} of ${store} should have ${rows} rows and came out otherwise (${here?.rows ?? 0} rows).`,
      );
  }
};

/** Fills the empty, migrated records store in one transaction, and checks every table against the backup. */
export const loadRecords = async ({ pool }: Records, file: string, manifest: Manifest): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const putBack = await liftConstraints(client);
    const tables = await listTables(client);
    const isKnown = (name: string) => tables.some((table) => table.name === name);
    await client.query(`TRUNCATE ${tables.map(({ quoted }) => quoted).join(', ')}`);
    for await (const { name, content } of readArchive(file)) {
      const [store, table = ''] = name.split('/');
      if (store === 'records' && isKnown(table)) await insertRecords(client, table, manifest.records.tables[table]!.columns, content);
    }
    for (const [name, last] of Object.entries(manifest.records.sequences))
      await client.query('SELECT setval(quote_ident($1)::regclass, $2::bigint)', [name, last]);
    await putBack();
    different('Postgres', manifest.records.tables, await fingerprintRecords(client));
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
};

/** Puts back what was received and not stored yet; the server stores it when it starts. */
export const loadSpool = async (folder: string, file: string): Promise<void> => {
  mkdirSync(folder, { mode: 0o700 });
  for await (const { name, content } of readArchive(file)) {
    const [, segment] = /^spool\/(\d+\.(?:jsonl|open))$/.exec(name) ?? [];
    if (segment) writeFileSync(join(folder, segment), content, { mode: 0o600 });
  }
};

/** Fills the empty, migrated events store, and checks every table against the backup. */
export const loadEventStore = async ({ client }: Events, file: string, manifest: Manifest): Promise<void> => {
  const tables = await listEventTables(client);
  // Versions of one row stay apart until they are compared with the backup.
  for (const table of tables) await client.command({ query: `SYSTEM STOP MERGES ${table}` });
  for await (const { name, content } of readArchive(file)) {
    const [store, table = ''] = name.split('/');
    if (store === 'events' && tables.includes(table)) await loadEvents(client, table, manifest.events.tables[table]!.columns, content);
  }
  different('ClickHouse', manifest.events.tables, await fingerprintEvents(client));
  for (const table of tables) await client.command({ query: `SYSTEM START MERGES ${table}` });
};
