import { everyRow, own, rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { anonymousKey } from '../events/settling.ts';
import { productKey } from '../objects/identity.ts';

/** By what a person is known: objects and numbers that are one person now, keys, and addresses. */
export type Subject = { ids: string[]; numbers: number[]; keys: string[]; emails: string[] };

const units = `(SELECT u.id AS id, u.number AS number, u.key_value AS key_value, if(ifNull(w.owner, 0) = 0, u.number, assumeNotNull(w.owner)) AS owner
  FROM (SELECT * FROM ${own('unit')} WHERE kind = 'person') AS u LEFT JOIN ${own('who')} AS w ON w.person = u.number)`;

export const subjectUnits = (person: string): Query => ({
  sql: `SELECT arrayDistinct(arrayPushBack(groupArray(id), {person:String})) AS ids, groupArray(number) AS numbers, groupArrayIf(key_value, key_value != '') AS keys
    FROM ${units} WHERE owner IN (SELECT owner FROM ${units} WHERE id = {person:String})`,
  params: { person },
});

export const subjectKeys = (ids: readonly string[]): Query => ({
  sql: `SELECT groupUniqArrayIf(key_value, key_type IN ('${productKey}', '${anonymousKey}')) AS keys,
      arrayDistinct(arrayConcat(groupUniqArrayIf(key_value, key_type = 'email'), (SELECT groupUniqArray(assumeNotNull(email)) FROM ${rows('person')} WHERE id IN {ids:Array(String)} AND email != ''))) AS emails
    FROM ${rows('identity')} WHERE kind = 'person' AND id IN {ids:Array(String)}`,
  params: { ids },
});

const instant = (column: string) => `formatDateTime(${column}, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC')`;
const ofThem = `person_id IN {ids:Array(String)}`;

/** Everything that is held of a person, in the order of the file: each with its columns, its rows, and an order that does not change. */
const sections: readonly { name: string; columns: string; from: string; order: string }[] = [
  {
    name: 'description',
    columns: `id, toString(import) AS import, version, account_id, email, name, title, country, created_at, properties`,
    from: `${rows('person')} WHERE id IN {ids:Array(String)}`,
    order: 'version, id, import',
  },
  {
    name: 'key',
    columns: `key_type, key_value, id, version`,
    from: `${rows('identity')} WHERE kind = 'person' AND id IN {ids:Array(String)}`,
    order: 'key_type, key_value, id, version',
  },
  {
    name: 'link',
    columns: `kind, key_type, key_value, user, ${instant('at')} AS at`,
    from: `${rows('link')} WHERE key_value IN {keys:Array(String)} OR user IN {keys:Array(String)}`,
    order: 'at, kind, key_type, key_value, user',
  },
  {
    name: 'touch',
    columns: `id, kind, channel, campaign, at, account_id, properties`,
    from: `${rows('touch')} WHERE ${ofThem}`,
    order: 'at, id, version',
  },
  {
    name: 'opportunity',
    columns: `id, name, account_id, stage, state, amount, currency, owner, created_at, closed_at, properties`,
    from: `${rows('opportunity')} WHERE ${ofThem}`,
    order: 'id, version',
  },
  {
    name: 'revenue',
    columns: `id, kind, amount, currency, interval, at, account_id, properties`,
    from: `${rows('revenue')} WHERE ${ofThem}`,
    order: 'at, id, version',
  },
  {
    name: 'event',
    columns: `name, ${instant('at')} AS at, properties, ${instant('received_at')} AS received_at`,
    from: `${rows('event')} WHERE person IN {numbers:Array(UInt32)}`,
    order: 'at, message',
  },
  {
    name: 'failed_event',
    columns: `${instant('received_at')} AS received_at, reason, detail, message, raw`,
    from: `${own('failed_event')} WHERE arrayExists(one -> positionCaseInsensitiveUTF8(raw, one) > 0, {emails:Array(String)})
      OR arrayExists(one -> position(raw, concat('"', one, '"')) > 0, {keys:Array(String)})`,
    order: 'received_at, chunk, receipt',
  },
  {
    name: 'imported_row',
    columns: `toString(import) AS import, line, cells`,
    from: `${everyRow('import_row')} WHERE arrayExists(cell -> has({emails:Array(String)}, lower(trimBoth(cell))), cells)`,
    order: 'import, line',
  },
];
export const sectionCount = sections.length;

export const sectionName = (section: number): string => sections[section]!.name;

/** The rows of one section. */
export const subjectRows = (section: number, subject: Subject, limit: number, offset: number): Query => {
  const { columns, from, order } = sections[section]!;
  return {
    sql: `SELECT ${columns} FROM ${from} ORDER BY ${order} LIMIT {limit:UInt32} OFFSET {offset:UInt64} SETTINGS prefer_column_name_to_alias = 1`,
    params: { ...subject, limit, offset },
  };
};
