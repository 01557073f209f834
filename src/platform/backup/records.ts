import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { TableSummary } from './manifest.ts';

// Rows travel as JSON text that only Postgres writes and reads: whatever a column holds (numbers of any length, times to
// the microsecond, arrays) comes back as it was. Names come from the catalogue of Postgres and are quoted by it.
const mostRowsPerFetch = 1000;
const firstRowsPerFetch = 16;
const bytesPerEntry = 4 * 1024 * 1024;

type Table = { name: string; quoted: string; columns: string[] };

/** Texts of times and numbers depend on these. */
const plainTexts = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'postgres';
  SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'`;

/** All tables but those that are about the store itself: its migrations, and who of the running servers does what. */
export const listTables = async (client: pg.ClientBase): Promise<Table[]> => {
  const { rows } = await client.query<Table>(`
    SELECT class.relname AS name, quote_ident(class.relname) AS quoted,
      array_agg(attribute.attname::text ORDER BY attribute.attnum) FILTER (WHERE attribute.attgenerated = '') AS columns
    FROM pg_class class JOIN pg_attribute attribute ON attribute.attrelid = class.oid AND attnum > 0 AND NOT attisdropped
    WHERE class.relnamespace = 'public'::regnamespace AND class.relkind IN ('r', 'p') AND NOT class.relispartition AND class.relname NOT IN ('migration', 'lease')
    GROUP BY class.relname ORDER BY class.relname`);
  return rows;
};

export const readMigrationsOf = async (client: pg.ClientBase) =>
  (await client.query<{ name: string; checksum: string }>('SELECT name, checksum FROM migration ORDER BY name')).rows;

const readSequences = async (client: pg.ClientBase): Promise<Record<string, string>> => {
  const { rows } = await client.query<{ name: string; last: string }>(
    `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
};

/** A checksum that does not depend on the order of the rows; the statement in `fingerprint` says the same in SQL. */
const checksumOfLine = (line: string): bigint => BigInt(`0x${createHash('md5').update(line).digest('hex').slice(0, 15)}`);

type Add = (name: string, text: string) => Promise<void>;

const dumpTable = async (client: pg.ClientBase, { name, quoted, columns }: Table, add: Add): Promise<TableSummary> => {
  await client.query(`DECLARE backup NO SCROLL CURSOR FOR SELECT to_jsonb(source)::text AS line FROM ${quoted} source`);
  let rows = 0;
  let checksum = 0n;
  let number = 0;
  let held: string[] = [];
  let bytes = 0;
  let bytesOfAll = 0;
  // Rows may be short or hold pieces of files: as many at once as make an entry.
  let asked = firstRowsPerFetch;
  const flush = async () => {
    if (held.length > 0) await add(`records/${name}/${String(++number).padStart(6, '0')}.jsonl`, held.join('\n'));
    held = [];
    bytes = 0;
  };
  for (;;) {
    const fetched = await client.query<{ line: string }>(`FETCH ${asked} FROM backup`);
    for (const { line } of fetched.rows) {
      held.push(line);
      bytes += line.length;
      bytesOfAll += line.length;
      checksum += checksumOfLine(line);
      if (bytes > bytesPerEntry) await flush();
    }
    rows += fetched.rows.length;
    if (fetched.rows.length < asked) break;
    asked = Math.min(mostRowsPerFetch, Math.max(1, Math.floor((bytesPerEntry * rows) / bytesOfAll)));
  }
  await flush();
  await client.query('CLOSE backup');
  return { rows, checksum: checksum.toString(), columns };
};

/** Opens the cut: everything that is read after this is as it was now. */
export const beginCut = async (client: pg.ClientBase): Promise<void> => {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await client.query(plainTexts);
};

/** Which rows of ClickHouse count, and which do not, is decided by these. */
export const importStates = async (client: pg.ClientBase | pg.Pool): Promise<string> => {
  const { rows } = await client.query<{ states: string | null }>(
    `SELECT string_agg(id || ' ' || state, ',' ORDER BY id) AS states FROM import WHERE state IN ('committing', 'committed', 'undone')`,
  );
  return rows[0]?.states ?? '';
};

/** Every table, inside an open cut. */
export const dumpRecords = async (client: pg.ClientBase, add: Add) => {
  const tables: Record<string, TableSummary> = {};
  for (const table of await listTables(client)) tables[table.name] = await dumpTable(client, table, add);
  return { migrations: await readMigrationsOf(client), tables, sequences: await readSequences(client) };
};

/** Rows and checksum of each table, computed by Postgres. */
export const fingerprintRecords = async (client: pg.ClientBase): Promise<Record<string, TableSummary>> => {
  await client.query(plainTexts);
  const summaries: Record<string, TableSummary> = {};
  for (const { name, quoted, columns } of await listTables(client)) {
    const { rows } = await client.query<{ rows: number; checksum: string }>(`
      SELECT count(*)::integer AS rows,
        coalesce(sum(('x' || substr(md5(to_jsonb(source)::text), 1, 15))::bit(60)::bigint), 0)::text AS checksum
      FROM ${quoted} source`);
    summaries[name] = { ...rows[0]!, columns };
  }
  return summaries;
};
