import { everyRow, own, type TableName } from '../../platform/events/sources.ts';
import type { Query, WorkspaceEvents } from '../../platform/events/store.ts';
import { anonymousKey } from '../events/settling.ts';
import { canonicalIdSql, productKey } from '../objects/identity.ts';
import type { Tombstone } from './tombstone-file.ts';
import { active, tombstoneSql, wordsOf } from './tombstones.ts';

/** Whether the object id that the SQL text `id` gives is one that an erasure erased. */
export const isOfErasure = (id: string): string =>
  `${tombstoneSql(`(SELECT any(salt) FROM ${own('erased')} WHERE erasure = {erasure:UUID})`, id)} IN (SELECT hash FROM ${own('erased')} WHERE erasure = {erasure:UUID})`;

const instant = (at: string) => `formatDateTime(${at}, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC')`;

/** Every id of a person that stands anywhere. */
export const idsThere = [
  `SELECT id AS value FROM ${own('unit')} WHERE kind = 'person'`,
  `SELECT id AS value FROM ${everyRow('person')}`,
  `SELECT id AS value FROM ${everyRow('identity')} WHERE kind = 'person'`,
  ...(['opportunity', 'revenue', 'touch'] as const).map((table) => `SELECT ifNull(person_id, '') AS value FROM ${everyRow(table)}`),
  `SELECT arrayJoin([if(kind = 'person', id, ''), fields['person_id']]) AS value FROM ${everyRow('import_outcome')}`,
].join(' UNION DISTINCT ');

/** Each text of a select as every kind of key that it may be. */
const asAnyKey = (texts: string): string =>
  `SELECT key.1 AS key_type, key.2 AS value FROM (SELECT DISTINCT text FROM (${texts})) ARRAY JOIN [('${productKey}', text), ('${anonymousKey}', text), ('email', lower(text))] AS key`;
const part = String.raw`[^\\s<>"\',;:()\\[\\]{}]+`;
const addressesIn = (texts: string, from: string): string =>
  `SELECT 'email' AS key_type, lower(arrayJoin(extractAll(arrayStringConcat(${texts}, ' '), '${part}@${part}'))) AS value FROM ${from}`;
const described: readonly TableName[] = ['event', 'person', 'account', 'touch', 'opportunity', 'revenue', 'product'];

/** Every key of a person that stands anywhere: in keys and links, in files, in what failed, and addresses in any property. */
export const keysThere = [
  ...[everyRow('identity'), own('unit')].map(
    (from) => `SELECT toString(key_type) AS key_type, key_value AS value FROM ${from} WHERE kind = 'person'`,
  ),
  `SELECT toString(key_type) AS key_type, key_value AS value FROM ${everyRow('link')}`,
  `SELECT '${productKey}' AS key_type, user AS value FROM ${everyRow('link')}`,
  `SELECT 'email' AS key_type, lower(trimBoth(ifNull(email, ''))) AS value FROM ${everyRow('person')}`,
  `SELECT key.1 AS key_type, key.2 AS value FROM ${everyRow('import_outcome')} ARRAY JOIN keys AS key WHERE kind = 'person'`,
  `SELECT key.3 AS key_type, key.4 AS value FROM ${everyRow('import_outcome')} ARRAY JOIN missing AS key WHERE key.2 = 'person'`,
  asAnyKey(`SELECT fields['anonymous_id'] AS text FROM ${everyRow('import_outcome')}`),
  asAnyKey(`SELECT trimBoth(arrayJoin(cells)) AS text FROM ${everyRow('import_row')}`),
  asAnyKey(`SELECT arrayJoin(${wordsOf(`concat(raw, ' ', message, ' ', detail)`)}) AS text FROM ${own('failed_event')}`),
  addressesIn('cells', everyRow('import_row')),
  ...described.map((table) => addressesIn(`CAST(mapValues(properties), 'Array(String)')`, everyRow(table))),
].join(' UNION DISTINCT ');

type Stored = { erasure: string; at: string; salt: string; hashes: string[] };

/** What the store says of who was erased, and who may come again. */
export const storedTombstones = (events: WorkspaceEvents): Promise<Stored[]> =>
  events.ask<Stored>({
    sql: `SELECT toString(erasure) AS erasure, ${instant('min(at)')} AS at, any(salt) AS salt, groupUniqArray(hash) AS hashes FROM ${own('erased')} GROUP BY erasure`,
  });
export const storedReadmissions = (events: WorkspaceEvents): Promise<{ erasure: string; at: string }[]> =>
  events.ask({ sql: `SELECT toString(erasure) AS erasure, ${instant('min(at)')} AS at FROM ${own('readmitted')} GROUP BY erasure` });

/** Workspaces in which anybody was erased. */
export const workspacesWithErased = `SELECT DISTINCT toString(workspace) AS workspace FROM erased`;

const hashesAtOnce = 100;
const asTime = (at: string) => at.replace('Z', '');

/** Refuses again who was erased, as another copy of the tombstones says. */
export const storeTombstone = async (events: WorkspaceEvents, { erasure, at, salt, hashes }: Tombstone): Promise<void> => {
  for (let from = 0; from < hashes.length; from += hashesAtOnce)
    await events.command({
      sql: `INSERT INTO erased (workspace, erasure, salt, hash, at)
        SELECT {workspace:UUID}, {erasure:UUID}, {salt:String}, hash, {at:DateTime64(3, 'UTC')} FROM (SELECT arrayJoin({hashes:Array(String)}) AS hash)
        WHERE hash NOT IN (SELECT hash FROM ${own('erased')} WHERE erasure = {erasure:UUID})`,
      params: { erasure, salt, at: asTime(at), hashes: hashes.slice(from, from + hashesAtOnce) },
    });
};

export const storeReadmission = (erasure: string, at: string): Query => ({
  sql: `INSERT INTO readmitted (workspace, erasure, at) VALUES ({workspace:UUID}, {erasure:UUID}, {at:DateTime64(3, 'UTC')})`,
  params: { erasure, at: asTime(at) },
});

/** The tombstones of what is sought, with the salt that the workspace has, or gets. */
export const keepTombstones = (erasure: string, now: Date): Query => ({
  sql: `INSERT INTO erased (workspace, erasure, salt, hash, at)
    SELECT {workspace:UUID}, {erasure:UUID}, chosen, ${tombstoneSql('chosen', 'value')} AS hash, {at:DateTime64(3, 'UTC')}
    FROM (SELECT DISTINCT value, if(empty(known), made, known) AS chosen FROM (SELECT value, (SELECT any(salt) FROM ${own('erased')}) AS known,
        (SELECT lower(hex(SHA256(concat(toString(any(id)), toString({workspace:UUID}))))) FROM instance) AS made
      FROM ${own('erasing')} WHERE erasure = {erasure:UUID} AND kind = 'id'))
    WHERE hash NOT IN (SELECT hash FROM ${own('erased')} WHERE erasure = {erasure:UUID}) SETTINGS log_queries = 0`,
  params: { erasure, at: asTime(now.toISOString()) },
});

export const tombstoneOf = (person: string): Query => ({
  sql: `SELECT ${tombstoneSql(`(SELECT any(salt) FROM ${own('erased')})`, '{person:String}')} AS hash SETTINGS log_queries = 0`,
  params: { person },
});

const sourceKeys = `SELECT groupUniqArray(toString(key_type)) FROM ${everyRow('identity')} WHERE kind = 'person' AND startsWith(key_type, 'id:')`;

/** Erasures that refuse whoever is known by a key of any kind, or by the id of an object. */
export const erasuresOf = (key: string): Query => ({
  sql: `SELECT DISTINCT toString(erasure) AS erasure FROM ${own('erased')} WHERE hash IN ${active} AND hash IN (
      SELECT ${tombstoneSql('salt', 'id')} FROM (SELECT arrayJoin(arrayConcat([{key:String}, ${canonicalIdSql('person', `'email'`, 'lower({key:String})')}],
        arrayMap(type -> ${canonicalIdSql('person', 'type', '{key:String}')}, arrayConcat(['${productKey}', '${anonymousKey}'], (${sourceKeys}))))) AS id) AS ids
      CROSS JOIN (SELECT DISTINCT salt FROM ${own('erased')}) AS salts) SETTINGS log_queries = 0`,
  params: { key: key.trim() },
});
