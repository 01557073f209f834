import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { kinds, type PatchedKind } from './schema.ts';

const newestProperties = `if(count() = 1, any(CAST(properties, 'Map(String, String)')), arrayFold((held, one) -> mapUpdate(held, one),
  arrayMap(patch -> patch.2, arraySort(patch -> patch.1, groupArray((version, CAST(properties, 'Map(String, String)'))))), CAST(map(), 'Map(String, String)'))) AS properties`;

/**
 * The objects of one kind as they are now: field by field the newest value that an import brought (argMax skips NULL).
 * `only` is SQL text that narrows the rows before they are folded, by id. An event is no object: it is never patched.
 */
export function current(kind: PatchedKind, only = ''): string {
  const { fields, properties } = kinds[kind];
  const narrowed = `${rows(kind)}${only ? ` WHERE ${only}` : ''}`;
  const values = Object.keys(fields).map((field) => `argMax(${field}, version) AS ${field}`);
  if (properties) values.push(newestProperties);
  // The inner names are qualified away so that an alias never stands for the column it is made of.
  return `(SELECT id, ${values.join(', ')} FROM ${narrowed} GROUP BY id SETTINGS prefer_column_name_to_alias = 1)`;
}

export type ObjectPage = { search?: string; limit: number; offset: number };

const columnsOf = (kind: PatchedKind): string => Object.keys(kinds[kind].fields).map(readable(kind)).join(', ');

/** Dates leave as ISO text; decimals already leave as text, so that no digit is lost. */
const readable =
  (kind: PatchedKind) =>
  (field: string): string =>
    kinds[kind].fields[field]!.type === 'date' ? `formatDateTime(${field}, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS ${field}` : field;

const searched: Partial<Record<PatchedKind, string[]>> = {
  account: ['name', 'domain'],
  person: ['name', 'email'],
  opportunity: ['name', 'stage', 'origin', 'owner'],
  product: ['name', 'series'],
};

function matches(kind: PatchedKind, search?: string): string {
  if (!search) return '1';
  const places = ['id', ...(searched[kind] ?? [])];
  const known = `id IN (SELECT id FROM ${rows('identity')} WHERE kind = '${kind}' AND key_value IN ({search:String}, lowerUTF8({search:String})))`;
  return [...places.map((place) => `positionCaseInsensitiveUTF8(coalesce(${place}, ''), {search:String}) > 0`), known].join(' OR ');
}

/** Only those of a page are folded, unless what they are now has to be searched. */
const listed = (kind: PatchedKind, search?: string): string => {
  const page = 'ORDER BY id LIMIT {limit:UInt32} OFFSET {offset:UInt64}';
  return search
    ? `(SELECT * FROM ${current(kind)} WHERE ${matches(kind, search)} ${page})`
    : `(SELECT * FROM ${current(kind, `id IN (SELECT id FROM ${rows(kind)} GROUP BY id ${page})`)} ORDER BY id)`;
};

export function listObjects(kind: PatchedKind, page: ObjectPage): Query {
  return {
    sql: `SELECT id, ${columnsOf(kind)}, properties FROM ${listed(kind, page.search)}`,
    params: { search: page.search ?? '', limit: page.limit, offset: page.offset },
  };
}

export function countObjects(kind: PatchedKind, search?: string): Query {
  const sql = search
    ? `SELECT toUInt32(count()) AS total FROM ${current(kind)} WHERE ${matches(kind, search)}`
    : `SELECT toUInt32(uniqExact(id)) AS total FROM ${rows(kind)}`;
  return { sql, params: { search: search ?? '' } };
}

export function getObject(kind: PatchedKind, id: string): Query {
  return { sql: `SELECT id, ${columnsOf(kind)}, properties FROM ${current(kind, 'id = {id:String}')}`, params: { id } };
}

/** Under which keys of which source an object is known. */
export function objectKeys(kind: PatchedKind, id: string): Query {
  return {
    sql: `SELECT DISTINCT key_type AS keyType, key_value AS keyValue FROM ${rows('identity')} WHERE kind = {kind:String} AND id = {id:String} ORDER BY keyType, keyValue`,
    params: { kind, id },
  };
}

/** Under which id the product or another source knows an object; people recognise it sooner than ours. */
export const sourceIds = (kind: 'account' | 'person'): string =>
  `(SELECT id, min(key_value) AS source_id FROM ${rows('identity')} WHERE kind = '${kind}' AND startsWith(key_type, 'id:') GROUP BY id)`;

/** Where sales systems write how far somebody came with a campaign; empty where none does. SQL over a row of `touch`. */
export const touchStatus = `arrayFirst(v -> v != '', [${['status', 'Status', 'Member Status', 'State'].map((name) => `properties['${name}']`).join(', ')}, ''])`;

/** Whether a sales system says that they responded. SQL over a row of `touch`. */
export const touchResponded = `lowerUTF8(properties['HasResponded']) IN ('true', '1', 'yes')`;
