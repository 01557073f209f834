import { rows, rowsOfImport, tables } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { anonymousKey } from '../events/settling.ts';
import { canonicalIdSql, productKey } from '../objects/identity.ts';
import { kinds, type FieldType, type PatchedKind } from '../objects/schema.ts';
import type { ImportMapping } from './schema.ts';
import { outcomeRows } from './staging.ts';

const takenRows = `outcome IN ('new', 'changed', 'unchanged')`;

export type Commit = { importId: string; version: number };
export type LineRange = { from: number; to: number };

const cast: Partial<Record<FieldType, (text: string) => string>> = {
  date: (text) => `toDateTime64OrNull(${text}, 3, 'UTC')`,
  money: (text) => `toDecimal64OrNull(${text}, 4)`,
  number: (text) => `toFloat64OrNull(${text})`,
  integer: (text) => `toUInt32OrNull(${text})`,
};

/** Writes the new and changed objects of one target as the dry run found them, in a range of lines. */
export function writeTarget(commit: Commit, kind: PatchedKind, target: number, range: LineRange): Query {
  const { fields, properties } = kinds[kind];
  const names = Object.keys(fields);
  const values = names.map((name) => {
    const typed = cast[fields[name]!.type]?.(`fields['${name}']`) ?? `fields['${name}']`;
    return `if(mapContains(fields, '${name}'), ${typed}, NULL)`;
  });
  const columns = ['workspace', 'import', 'version', 'id', ...names, ...(properties ? ['properties'] : [])];
  const selected = ['{workspace:UUID}', '{import:UUID}', '{version:UInt64}', 'id', ...values, ...(properties ? ['properties'] : [])];
  return {
    sql: `INSERT INTO ${kind} (${columns.join(', ')}) SELECT ${selected.join(', ')} FROM ${outcomeRows}
      WHERE target = {target:UInt8} AND outcome IN ('new', 'changed') AND line BETWEEN {from:UInt64} AND {to:UInt64}`,
    params: { import: commit.importId, version: commit.version, target, ...range },
  };
}

/** Lets the new events of one target, in a range of lines, arrive: they are settled like those that clients send. */
export function arriveEvents(commit: Commit, target: number, range: LineRange, chunk: number, now: Date): Query {
  return {
    sql: `INSERT INTO arrival (workspace, chunk, receipt, import, received_at, kind, message, name, at, person_id, anonymous, account_id, properties)
      SELECT {workspace:UUID}, {chunk:UInt64}, toUInt32(line), {import:UUID}, {now:DateTime64(3, 'UTC')}, 'track', id, fields['name'],
        assumeNotNull(toDateTime64OrNull(fields['at'], 3, 'UTC')), fields['person_id'], fields['anonymous_id'], fields['account_id'], properties FROM ${outcomeRows}
      WHERE target = {target:UInt8} AND outcome = 'new' AND line BETWEEN {from:UInt64} AND {to:UInt64}`,
    params: { import: commit.importId, chunk, target, now: now.toISOString().replace('Z', ''), ...range },
  };
}

/** Joins browsers to the people whom rows name beside them, once for each two; as an identify of a client does. */
export function writeLinks({ importId }: Commit, target: number): Query {
  return {
    sql: `INSERT INTO link (workspace, import, chunk, message, kind, key_type, key_value, user, at)
      SELECT {workspace:UUID}, {import:UUID}, 0, cityHash64(min(id)), fields['joins_as'] AS said, one.1 AS key_type, one.2 AS key_value, fields['joins'] AS user,
        min(assumeNotNull(toDateTime64OrNull(fields['at'], 3, 'UTC'))) AS first
      FROM ${outcomeRows}
      ARRAY JOIN if(fields['joins_as'] = 'alias', [('${anonymousKey}', fields['anonymous_id'])], [('${anonymousKey}', fields['anonymous_id']), ('${productKey}', fields['joins'])]) AS one
      WHERE target = {target:UInt8} AND ${takenRows} AND fields['joins'] != '' AND fields['anonymous_id'] != '' GROUP BY said, key_type, key_value, user`,
    params: { import: importId, target },
  };
}

/** How many events of an import came by another way while it was being committed, and their removal: the first copy stands. */
export function storedMeanwhile(importId: string): Query {
  return {
    sql: `SELECT toUInt32(count()) AS copies FROM ${rowsOfImport('event')} WHERE message IN (SELECT message FROM ${rows('event')} WHERE message IN (SELECT message FROM ${rowsOfImport('event')}))`,
    params: { import: importId },
  };
}
export function removeStoredMeanwhile(importId: string): Query {
  return {
    sql: `DELETE FROM event WHERE workspace = {workspace:UUID} AND import = {import:UUID} AND message IN (SELECT message FROM ${rows('event')})`,
    params: { import: importId },
  };
}

/** New keys under which objects are known from now on; a key that is taken stays with whom it has. */
export function writeIdentities({ importId, version }: Commit): Query {
  return {
    sql: `INSERT INTO identity (workspace, import, version, kind, key_type, key_value, id)
      SELECT {workspace:UUID}, {import:UUID}, {version:UInt64}, kind, tupleElement(key, 1) AS new_type, tupleElement(key, 2) AS new_value, min(id)
      FROM ${outcomeRows} ARRAY JOIN keys AS key
      WHERE ${takenRows} AND (kind, tupleElement(key, 1), tupleElement(key, 2)) NOT IN (SELECT kind, key_type, key_value FROM ${rows('identity')})
      GROUP BY kind, new_type, new_value`,
    params: { import: importId, version },
  };
}

export type Stub = { kind: PatchedKind; target: number; field: string };

/** References for which the mapping asks to create what is not there. */
export function stubsOf(mapping: ImportMapping): Stub[] {
  return mapping.targets.flatMap((target, index) =>
    Object.entries(target.fields).flatMap(([field, source]) => {
      const to = kinds[target.kind].fields[field]?.to;
      return to && to !== 'event' && (source.missing ?? 'create') === 'create' ? [{ kind: to, target: index, field }] : [];
    }),
  );
}

const stubRows = (
  stub: Stub,
): string => `(SELECT one.3 AS key_type, one.4 AS key_value, any(one.5) AS text FROM ${outcomeRows} ARRAY JOIN missing AS one
  WHERE target = ${stub.target} AND ${takenRows} AND one.1 = '${stub.field}' AND (one.3, one.4) NOT IN (SELECT key_type, key_value FROM ${rows('identity')} WHERE kind = '${stub.kind}' UNION ALL SELECT key_type, key_value FROM ${rowsOfImport('identity')} WHERE kind = '${stub.kind}')
  GROUP BY key_type, key_value)`;

/** An object of which only the key is known, so that what refers to it is not lost. */
export function writeStub({ importId, version }: Commit, stub: Stub): Query[] {
  const named = (['name', 'email', 'domain'] as const).filter((name) => kinds[stub.kind].fields[name]);
  const params = { import: importId, version };
  const id = canonicalIdSql(stub.kind, 'key_type', 'key_value');
  return [
    {
      sql: `INSERT INTO ${stub.kind} (workspace, import, version, id${named.map((name) => `, ${name}`).join('')})
        SELECT {workspace:UUID}, {import:UUID}, {version:UInt64}, ${id}${named.map((name) => `, if(key_type = '${name}', text, NULL)`).join('')} FROM ${stubRows(stub)}`,
      params,
    },
    {
      sql: `INSERT INTO identity (workspace, import, version, kind, key_type, key_value, id)
        SELECT {workspace:UUID}, {import:UUID}, {version:UInt64}, '${stub.kind}', key_type, key_value, ${id} FROM ${stubRows(stub)}`,
      params,
    },
  ];
}

/** Takes every row of an import away; safe to run again. Only tables that the mapping could have filled are touched. */
export function removeImported(importId: string, mapping: ImportMapping): Query[] {
  const filled = mapping.targets.flatMap(({ kind, fields }) => [
    kind,
    ...Object.keys(fields).map((field) => kinds[kind].fields[field]?.to),
  ]);
  const touched: (string | undefined)[] = ['identity', 'arrival', 'link', ...filled];
  return [...tables, 'arrival']
    .filter((table) => touched.includes(table))
    .map((table) => ({
      sql: `DELETE FROM ${table} WHERE workspace = {workspace:UUID} AND import = {import:UUID}`,
      params: { import: importId },
    }));
}

export function removeOutcomes(importId: string): Query {
  return { sql: `DELETE FROM import_outcome WHERE workspace = {workspace:UUID} AND import = {import:UUID}`, params: { import: importId } };
}

export function removeStaged(importId: string): Query[] {
  return [
    removeOutcomes(importId),
    { sql: `DELETE FROM import_row WHERE workspace = {workspace:UUID} AND import = {import:UUID}`, params: { import: importId } },
  ];
}
