import { sql } from 'drizzle-orm';
import { rows, rowsOfImport } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { erasures } from '../erasures/tables.ts';
import { current } from '../objects/queries.ts';
import { kinds, type PatchedKind } from '../objects/schema.ts';
import { outcomeRows } from './staging.ts';
import { imports } from './tables.ts';
import { stateSql } from './values.ts';

export type OutcomeCount = { target: number; outcome: string; reason: string; rows: number };

export function countOutcomes(importId: string): Query {
  return {
    sql: `SELECT target, outcome, reason, toUInt32(count()) AS rows FROM ${outcomeRows} GROUP BY target, outcome, reason ORDER BY target, outcome, rows DESC, reason`,
    params: { import: importId },
  };
}

export type MissingValue = {
  target: number;
  field: string;
  kind: PatchedKind;
  keyType: string;
  keyValue: string;
  text: string;
  rows: number;
  distinct: number;
  total: number;
};

/** References to objects that nobody brought: the most frequent hundred of each, with how many there are in all. */
export function missingValues(importId: string): Query {
  return {
    sql: `SELECT *, toUInt32(count() OVER (PARTITION BY target, field)) AS distinct, toUInt32(sum(rows) OVER (PARTITION BY target, field)) AS total FROM
        (SELECT target, one.1 AS field, one.2 AS kind, one.3 AS keyType, one.4 AS keyValue, any(one.5) AS text, toUInt32(count()) AS rows
        FROM ${outcomeRows} ARRAY JOIN missing AS one WHERE outcome IN ('new', 'changed', 'unchanged') GROUP BY target, field, kind, keyType, keyValue) AS found
      ORDER BY target, field, rows DESC, text LIMIT 100 BY target, field`,
    params: { import: importId },
  };
}

/** The known name nearest to each text: the same letters and digits, or at most a third of them different. */
export function nearestNames(kind: PatchedKind, texts: string[]): Query {
  const letters = (text: string) => `replaceRegexpAll(lowerUTF8(${text}), '[^\\\\p{L}\\\\p{N}]', '')`;
  const field = kinds[kind].fields.name ? 'name' : 'id';
  return {
    sql: `SELECT text, argMin(known, (distance, known)) AS suggestion FROM (
        SELECT text, known, editDistanceUTF8(${letters('text')}, ${letters('known')}) AS distance, greatest(lengthUTF8(text), 1) AS size
        FROM (SELECT arrayJoin({texts:Array(String)}) AS text) AS asked CROSS JOIN (SELECT DISTINCT assumeNotNull(${field}) AS known FROM ${current(kind)} WHERE ${field} != '' LIMIT 20000) AS there) AS pairs
      WHERE distance * 3 <= size GROUP BY text`,
    params: { texts: texts.map((text) => text.slice(0, 200)) },
  };
}

export type OutcomePage = { importId: string; target: number; outcome?: string; limit: number; offset: number };

export function outcomePage({ importId, target, outcome, limit, offset }: OutcomePage): Query {
  const which = `target = {target:UInt8}${outcome ? ' AND outcome = {outcome:String}' : ''}`;
  return {
    sql: `SELECT toUInt32(line) AS line, outcome, reason, detail, id, fields, cells FROM
        (SELECT * FROM ${outcomeRows} WHERE ${which} ORDER BY line LIMIT {limit:UInt32} OFFSET {offset:UInt64}) AS page
        LEFT JOIN (SELECT line AS row_line, cells FROM ${rowsOfImport('import_row')} WHERE line IN (SELECT line FROM ${outcomeRows} WHERE ${which} ORDER BY line LIMIT {limit:UInt32} OFFSET {offset:UInt64})) AS row ON row_line = line
      ORDER BY line`,
    params: { import: importId, target, outcome: outcome ?? '', limit, offset },
  };
}

/** The words of a column of stages, the most frequent fifty, and what each is read as: value maps come first. */
export function stageMeanings(importId: string, column: number, after: number, map: Record<string, string>): Query {
  return {
    sql: `SELECT value, rows, ${stateSql('meaning')} AS state FROM (
        SELECT value, toUInt32(count()) AS rows, indexOf({words:Array(String)}, value) AS place,
          if(place > 0, arrayElement({meanings:Array(String)}, place), value) AS meaning
        FROM (SELECT trimBoth(cells[{column:UInt32}]) AS value FROM ${rowsOfImport('import_row')} WHERE line > {after:UInt64})
        WHERE value != '' GROUP BY value ORDER BY rows DESC, value LIMIT 50)`,
    params: { import: importId, column: column + 1, after, words: Object.keys(map), meanings: Object.values(map) },
  };
}

export function firstRow(importId: string, firstLine: number): Query {
  return {
    sql: `SELECT cells FROM ${rowsOfImport('import_row')} WHERE line = {line:UInt64} LIMIT 1`,
    params: { import: importId, line: firstLine },
  };
}

export function stagedSize(importId: string): Query {
  return {
    sql: `SELECT toUInt32(count()) AS rows, toUInt32(max(line)) AS lastLine FROM ${rowsOfImport('import_row')}`,
    params: { import: importId },
  };
}

/** One number over everything that a workspace holds of a table: equal before an import and after its undo. */
export function checksum(table: Parameters<typeof rows>[0]): Query {
  return { sql: `SELECT toString(count()) AS rows, toString(sum(cityHash64(toString(tuple(*))))) AS sum FROM ${rows(table)}` };
}

/** Moves on with every commit, undo and erasure: what a dry run compared with is still so while this is the same. */
export async function revision(transaction: Transaction): Promise<string> {
  const [row] = await transaction
    .select({
      newest: sql<number>`coalesce(max(${imports.version}) FILTER (WHERE ${imports.state} IN ('committed', 'undone')), 0)`,
      undone: sql<number>`count(*) FILTER (WHERE ${imports.state} = 'undone')`,
    })
    .from(imports);
  const [{ erased } = { erased: 0 }] = await transaction
    .select({ erased: sql<number>`count(*) FILTER (WHERE ${erasures.state} = 'done')` })
    .from(erasures);
  return `${row!.newest}:${row!.undone}:${erased}`;
}
