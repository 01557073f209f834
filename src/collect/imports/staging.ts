import { rows } from '../../platform/events/sources.ts';

/** Values of a statement, bound under names made here. */
export type Binder = {
  bind: (value: unknown, type: string) => string;
  /** The trimmed cell of a column; the statement reads the columns that were asked for. */
  cell: (column: number) => string;
  columns: Set<number>;
  params: Record<string, unknown>;
};

export function binder(start: Record<string, unknown> = {}): Binder {
  const params: Record<string, unknown> = { ...start };
  const bind = (value: unknown, type: string): string => {
    const name = `p${Object.keys(params).length}`;
    params[name] = value;
    return `{${name}:${type}}`;
  };
  const columns = new Set<number>();
  const cell = (column: number): string => {
    columns.add(column);
    return `c${column}`;
  };
  return { bind, cell, columns, params };
}

/** What the dry run of this import found. Needs the parameter `import`. */
export const outcomeRows = `(SELECT * FROM import_outcome WHERE workspace = {workspace:UUID} AND import = {import:UUID})`;

/** Who is known under a key: first what the workspace knows, then what rows of this import bring. SQL text of both arguments. */
export function knownBy(kind: string, keyType: string, withImport: boolean): string {
  const known = `SELECT key_value, id, 0 AS rank, version FROM ${rows('identity')} WHERE kind = '${kind}' AND key_type = ${keyType}`;
  const brought = `SELECT tupleElement(key, 2) AS key_value, id, 1 AS rank, 0 AS version FROM ${outcomeRows} ARRAY JOIN keys AS key
    WHERE kind = '${kind}' AND tupleElement(key, 1) = ${keyType} AND outcome NOT IN ('rejected', 'duplicate')`;
  return `(SELECT key_value, argMin(id, (rank, version, id)) AS known_id FROM (${withImport ? `${known} UNION ALL ${brought}` : known}) GROUP BY key_value)`;
}
