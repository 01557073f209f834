import { createClient } from '@clickhouse/client';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '../config.ts';
import { Failure } from '../failure.ts';
import { listEventTables } from './events.ts';

/** Something that holds data already, and the way to set it aside. Nothing is deleted: whoever forced it may want it back. */
export type Occupied = { what: string; setAside: (stamp: string) => Promise<string> };

const occupiedFolder = (folder: string, names: string[]): Occupied[] => {
  const there = names.filter((name) => existsSync(join(folder, name)));
  if (there.length === 0) return [];
  const setAside = async (stamp: string) => {
    const aside = join(folder, `replaced-${stamp}`);
    mkdirSync(aside, { mode: 0o700, recursive: true });
    for (const name of there) renameSync(join(folder, name), join(aside, name));
    return aside;
  };
  return [{ what: `the data folder ${folder} (${there.join(', ')})`, setAside }];
};

const withPostgres = async <T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return await run(client);
  } finally {
    await client.end().catch(() => {});
  }
};

const occupiedPostgres = (url: string): Promise<Occupied[]> =>
  withPostgres(url, async (client) => {
    const { rows } = await client.query<{ tables: number }>(
      `SELECT count(*)::integer AS tables FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`,
    );
    if (rows[0]!.tables === 0) return [];
    const setAside = (stamp: string) =>
      withPostgres(url, async (again) => {
        const schema = `replaced_${stamp.replaceAll(/\W/g, '_').toLowerCase()}`;
        await again.query(`BEGIN; ALTER SCHEMA public RENAME TO ${schema}; CREATE SCHEMA public; COMMIT`);
        return `schema ${schema} of the Postgres database`;
      });
    return [{ what: `the Postgres database (${rows[0]!.tables} tables)`, setAside }];
  });

const withClickHouse = async <T>(url: string, run: (client: ReturnType<typeof createClient>) => Promise<T>): Promise<T> => {
  const client = createClient({ url });
  try {
    return await run(client);
  } finally {
    await client.close();
  }
};

const occupiedClickHouse = (url: string): Promise<Occupied[]> =>
  withClickHouse(url, async (client) => {
    const tables = await listEventTables(client);
    if (tables.length === 0) return [];
    const setAside = (stamp: string) =>
      withClickHouse(url, async (again) => {
        const prefix = `replaced_${stamp.replaceAll(/\W/g, '_').toLowerCase()}_`;
        for (const table of [...tables, 'migration'])
          await again.command({ query: `RENAME TABLE IF EXISTS ${table} TO ${prefix}${table}` });
        return `tables ${prefix}* of the ClickHouse database`;
      });
    return [{ what: `the ClickHouse database (${tables.length} tables)`, setAside }];
  });

/** Makes room for a restore: refuses a target that holds anything, unless forced, and then sets it aside. */
export const makeRoom = async (config: Config, force: boolean, say: (line: string) => void): Promise<void> => {
  const { LANDFALL_DATA: folder, LANDFALL_POSTGRES_URL: postgres, LANDFALL_CLICKHOUSE_URL: clickhouse } = config;
  const inFolder = ['instance', 'spool', ...(postgres ? [] : ['records']), ...(clickhouse ? [] : ['events'])];
  const occupied = [
    ...occupiedFolder(folder, inFolder),
    ...(postgres ? await occupiedPostgres(postgres) : []),
    ...(clickhouse ? await occupiedClickHouse(clickhouse) : []),
  ];
  if (occupied.length > 0 && !force)
    throw new Failure(
      'conflict',
      `There is data already in ${occupied.map(({ what }) => what).join(' and in ')}. Nothing was changed. ` +
        'Restore into an empty folder (LANDFALL_DATA), or add --force: what is there is then set aside, not deleted.',
    );
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  for (const { setAside } of occupied) say(`What was there is now in ${await setAside(stamp)}.`);
};
