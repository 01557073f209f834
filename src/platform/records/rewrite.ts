import type pg from 'pg';
import type { Records } from './store.ts';

// Members, their invitations and keys are no people of the product: whoever manages members takes those away.
const ofMembers = ['membership', 'invitation', 'key'];

type TextColumn = { table: string; name: string; json: boolean };

const textColumns = async (client: pg.ClientBase, except: readonly string[]): Promise<Map<string, TextColumn[]>> => {
  const { rows } = await client.query<{ table: string; name: string; type: string }>(
    `SELECT c.table_name AS table, c.column_name AS name, c.data_type AS type FROM information_schema.columns AS c
     JOIN information_schema.columns AS w ON w.table_schema = 'public' AND w.table_name = c.table_name AND w.column_name = 'workspace_id'
     WHERE c.table_schema = 'public' AND c.data_type IN ('text', 'jsonb') AND NOT c.table_name = ANY($1) ORDER BY 1, 2`,
    [[...ofMembers, ...except]],
  );
  const byTable = new Map<string, TextColumn[]>();
  for (const { table, name, type } of rows) byTable.set(table, [...(byTable.get(table) ?? []), { table, name, json: type === 'jsonb' }]);
  return byTable;
};

const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Writes over every text within a JSON value, names of fields included. */
const rewriteJson = (value: unknown, over: (text: string) => string): unknown => {
  if (typeof value === 'string') return over(value);
  if (Array.isArray(value)) return value.map((one) => rewriteJson(one, over));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [over(name), rewriteJson(one, over)]));
};

const rewriteTable = async (
  client: pg.ClientBase,
  workspace: string,
  columns: readonly TextColumn[],
  texts: readonly string[],
  over: (text: string) => string,
): Promise<number> => {
  const table = quoted(columns[0]!.table);
  const patterns = [...new Set(texts.flatMap((text) => [pattern(text), pattern(JSON.stringify(text).slice(1, -1))]))];
  const held = columns.map(({ name }) => `${quoted(name)}::text ILIKE ANY($2)`).join(' OR ');
  const { rows } = await client.query<Record<string, string | null>>(
    `SELECT ctid::text AS "ctid", ${columns.map(({ name }) => `${quoted(name)}::text AS ${quoted(name)}`).join(', ')} FROM ${table}
     WHERE workspace_id = $1 AND (${held}) FOR UPDATE`,
    [workspace, patterns],
  );
  for (const row of rows) {
    const values = columns.map(({ name, json }) => {
      const text = row[name] ?? null;
      return text === null ? null : json ? JSON.stringify(rewriteJson(JSON.parse(text), over)) : over(text);
    });
    const sets = columns.map(({ name, json }, place) => `${quoted(name)} = $${place + 2}${json ? '::jsonb' : ''}`);
    await client.query(`UPDATE ${table} SET ${sets.join(', ')} WHERE ctid = $1::tid`, [row.ctid, ...values]);
  }
  return rows.length;
};

/**
 * Writes `over` every place in what people of a workspace wrote where one of the texts stands, in any table but those excepted; answers the
 * rows by table.
 * All or nothing; run again it finds nothing.
 */
export const rewriteTexts = async (
  { pool }: Records,
  workspace: string,
  texts: readonly string[],
  over: (text: string) => string,
  except: readonly string[],
): Promise<Record<string, number>> => {
  const found: Record<string, number> = {};
  if (texts.length === 0) return found;
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const [table, columns] of await textColumns(client, except)) {
      const rows = await rewriteTable(client, workspace, columns, texts, over);
      if (rows > 0) found[table] = rows;
    }
    await client.query('COMMIT');
    return found;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
};

const tablesOfWorkspaces = `SELECT table_name AS table FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'workspace_id' ORDER BY 1`;

/**
 * Takes the bytes of rows that were written over off the disk, whoever wrote over them and whenever: in the in-process Postgres from the tables of
 * workspaces, their statistics and the log of what was written. A server keeps its log and its replicas as it was told to; there the tables
 * and statistics are cleaned.
 */
export const forgetOldRows = async ({ pool, kind }: Records): Promise<void> => {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ table: string }>(tablesOfWorkspaces);
    for (const { table } of rows) await client.query(`VACUUM (${kind === 'pglite' ? 'FULL, ' : ''}ANALYZE) ${quoted(table)}`);
    if (kind !== 'pglite') return;
    await client.query('SET wal_recycle = off');
    await client.query('SELECT pg_switch_wal()');
    await client.query('CHECKPOINT');
    await client.query('RESET wal_recycle');
  } finally {
    client.release();
  }
};
