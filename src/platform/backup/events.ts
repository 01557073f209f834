import { randomBytes } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { Failure } from '../failure.ts';
import type { TableSummary } from './manifest.ts';

// A clone of a table shares its files, so it costs milliseconds and stands still while rows are read from it page by page.
const rowsPerPage = 20_000;
const cloneOf = (cut: string, table: string) => `backup_${cut}_${table}`;

/** Written so that not-a-number and infinity come back. */
const exact = { output_format_json_quote_denormals: 1 } as const;

const ask = async <Row>(client: ClickHouseClient, query: string, query_params: Record<string, unknown> = {}): Promise<Row[]> =>
  (await client.query({ query, query_params, format: 'JSONEachRow' })).json<Row>();

export const listEventTables = async (client: ClickHouseClient): Promise<string[]> => {
  const found = await ask<{ name: string }>(
    client,
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND name != 'migration'
       AND NOT startsWith(name, 'backup_') AND NOT startsWith(name, 'replaced_') AND NOT startsWith(name, '.inner') ORDER BY name`,
  );
  return found.map(({ name }) => name);
};

const columnsOf = async (client: ClickHouseClient, table: string): Promise<string[]> => {
  const found = await ask<{ name: string }>(
    client,
    `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table:String}
       AND default_kind NOT IN ('ALIAS', 'MATERIALIZED', 'EPHEMERAL') ORDER BY position`,
    { table },
  );
  return found.map(({ name }) => name);
};

const quoted = (columns: string[]) => columns.map((name) => `\`${name.replaceAll('`', '\\`')}\``).join(', ');

const fingerprint = async (client: ClickHouseClient, table: string, columns: string[]): Promise<TableSummary> => {
  const [found] = await ask<{ rows: number; checksum: string }>(
    client,
    `SELECT toUInt64(count()) AS rows, toString(sum(sipHash64(toString(tuple(${quoted(columns)}))))) AS checksum FROM ${table}`,
  );
  return { rows: found!.rows, checksum: found!.checksum, columns };
};

/** Rows and checksum of each table, computed by ClickHouse. */
export const fingerprintEvents = async (client: ClickHouseClient): Promise<Record<string, TableSummary>> => {
  const summaries: Record<string, TableSummary> = {};
  for (const table of await listEventTables(client)) summaries[table] = await fingerprint(client, table, await columnsOf(client, table));
  return summaries;
};

/** Clones that a killed backup left behind; a running one is younger. */
export const dropOldClones = async (client: ClickHouseClient): Promise<void> => {
  const old = await ask<{ name: string }>(
    client,
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'backup_') AND metadata_modification_time < now() - 86400`,
  );
  for (const { name } of old) await client.command({ query: `DROP TABLE IF EXISTS ${name} SYNC` });
};

/** Clones of all tables, taken one right after the other. */
export const cloneTables = async (client: ClickHouseClient) => {
  const cut = randomBytes(4).toString('hex');
  const tables = await listEventTables(client);
  const drop = async () => {
    for (const table of tables) await client.command({ query: `DROP TABLE IF EXISTS ${cloneOf(cut, table)} SYNC` }).catch(() => {});
  };
  try {
    for (const table of tables) await client.command({ query: `CREATE TABLE ${cloneOf(cut, table)} CLONE AS ${table}` });
    for (const table of tables) await client.command({ query: `SYSTEM STOP MERGES ${cloneOf(cut, table)}` });
  } catch (error) {
    await drop();
    throw error;
  }
  return { cut, tables, drop };
};

type Page = { parts: string[]; from: number; to: number };

/** Small parts together, large ones in slices. */
const pagesOf = (parts: { name: string; rows: number }[]): Page[] => {
  const pages: Page[] = [];
  let together: Page & { rows: number } = { parts: [], from: 0, to: rowsPerPage, rows: 0 };
  for (const { name, rows } of parts) {
    if (rows >= rowsPerPage) {
      for (let from = 0; from < rows; from += rowsPerPage) pages.push({ parts: [name], from, to: from + rowsPerPage });
      continue;
    }
    if (together.rows + rows > rowsPerPage) {
      pages.push(together);
      together = { parts: [], from: 0, to: rowsPerPage, rows: 0 };
    }
    together.parts.push(name);
    together.rows += rows;
  }
  return together.parts.length > 0 ? [...pages, together] : pages;
};

const readPage = async (client: ClickHouseClient, table: string, columns: string[], page: Page): Promise<Buffer> => {
  const { stream } = await client.exec({
    query: `SELECT ${quoted(columns)} FROM ${table} WHERE _part IN {parts:Array(String)}
      AND _part_offset >= {from:UInt64} AND _part_offset < {to:UInt64} FORMAT JSONCompactEachRow`,
    query_params: page,
    // With them the engine (26.7) left out a part whose rows are like those of another.
    clickhouse_settings: { ...exact, optimize_use_projections: 0 },
  });
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const countLines = (text: Buffer): number => {
  let lines = 0;
  for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) lines++;
  return lines;
};

type Add = (name: string, text: Buffer) => Promise<void>;

const dumpTable = async (client: ClickHouseClient, table: string, clone: string, add: Add): Promise<TableSummary> => {
  const columns = await columnsOf(client, clone);
  const summary = await fingerprint(client, clone, columns);
  const parts = await ask<{ name: string; rows: number }>(
    client,
    `SELECT name, toUInt32(rows) AS rows FROM system.parts WHERE database = currentDatabase() AND table = {clone:String} AND active ORDER BY name`,
    { clone },
  );
  let read = 0;
  for (const [index, page] of pagesOf(parts).entries()) {
    const text = await readPage(client, clone, columns, page);
    read += countLines(text);
    if (text.length > 0) await add(`events/${table}/${String(index + 1).padStart(6, '0')}.jsonl`, text);
  }
  if (read !== summary.rows)
    throw new Failure('unavailable', `The backup was stopped: ${read} rows of ${table} were read where ${summary.rows} are. Run it again.`);
  return summary;
};

/** Every table, from its clone. */
export const dumpEvents = async (client: ClickHouseClient, { cut, tables }: { cut: string; tables: string[] }, add: Add) => {
  const summaries: Record<string, TableSummary> = {};
  for (const table of tables) summaries[table] = await dumpTable(client, table, cloneOf(cut, table), add);
  const migrations = await ask<{ name: string; checksum: string }>(client, 'SELECT DISTINCT name, checksum FROM migration ORDER BY name');
  return { migrations, tables: summaries };
};

/** Adds rows that `dumpEvents` wrote, all of them: else the engine joins versions of one row that it had not joined yet. */
export const loadEvents = (client: ClickHouseClient, table: string, columns: string[], rows: Buffer): Promise<unknown> =>
  client.command({
    query: `INSERT INTO ${table} (${quoted(columns)}) FORMAT JSONCompactEachRow\n${rows.toString('utf8')}`,
    clickhouse_settings: { optimize_on_insert: 0 },
  });
