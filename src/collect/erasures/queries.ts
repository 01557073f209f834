import { everyRow, own } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { anonymousKey } from '../events/settling.ts';
import { canonicalIdSql, productKey } from '../objects/identity.ts';
import { idsThere, isOfErasure, keysThere } from './kept-tombstones.ts';

/** What is looked for, kept in `erasing` while an erasure runs. What an earlier, interrupted run found stays among it. */
const sought = (kind: string): string => `(SELECT value FROM ${own('erasing')} WHERE erasure = {erasure:UUID} AND kind = '${kind}')`;
const keep = (kind: string, select: string, keyType = `''`): string =>
  `INSERT INTO erasing (workspace, erasure, kind, key_type, value)
  SELECT {workspace:UUID}, {erasure:UUID}, '${kind}', ${keyType}, value FROM (${select}) SETTINGS log_queries = 0`;

const units = `(SELECT u.id AS id, u.number AS number, u.key_type AS key_type, u.key_value AS key_value, if(ifNull(w.owner, 0) = 0, u.number, assumeNotNull(w.owner)) AS owner
  FROM (SELECT * FROM ${own('unit')} WHERE kind = 'person') AS u LEFT JOIN ${own('who')} AS w ON w.person = u.number)`;
const whose = `SELECT owner FROM ${units} WHERE id = {person:String} OR id IN ${sought('id')}`;

/** An address that another person has, too, is not this person's alone. */
const addresses = `SELECT DISTINCT lower(trimBoth(address)) AS value FROM (
    SELECT arrayJoin(arrayConcat([ifNull(email, '')], arrayMap(one -> one.2, arrayFilter(one -> lower(one.1) = 'email', CAST(properties, 'Array(Tuple(String, String))'))))) AS address
      FROM ${everyRow('person')} WHERE id IN ${sought('id')}
    UNION ALL SELECT key_value AS address FROM ${everyRow('identity')} WHERE kind = 'person' AND key_type = 'email' AND id IN ${sought('id')})
  WHERE match(value, '^[^@\\\\s]+@[^@\\\\s]+$')
    AND value NOT IN (SELECT lower(ifNull(email, '')) FROM ${everyRow('person')} WHERE id NOT IN ${sought('id')})`;

const keys = `SELECT key_type, value FROM (
    SELECT key_type, key_value AS value FROM ${everyRow('identity')} WHERE kind = 'person' AND id IN ${sought('id')}
    UNION ALL SELECT key_type, key_value AS value FROM ${own('unit')} WHERE kind = 'person' AND id IN ${sought('id')})
  WHERE value != '' AND NOT (key_type = 'email' AND value NOT IN ${sought('email')}) GROUP BY key_type, value`;

// An id that could be an ordinary word or a small number is looked for only where a field names a person.
const isTelling = `(position(value, '@') > 0 OR (length(value) >= 8 AND match(value, '[0-9]')))`;
const productKeys = `SELECT value FROM ${own('erasing')} WHERE erasure = {erasure:UUID} AND kind = 'key' AND key_type IN ('${productKey}', '${anonymousKey}')`;

const idByKey = canonicalIdSql('person', 'key_type', 'value');
const keysSought = `SELECT key_type, value FROM ${own('erasing')} WHERE erasure = {erasure:UUID} AND kind = 'key'`;

/** Imports that brought the person, or hold a row of theirs: examples of what is in a column may be of them. */
const importsOfThem = [
  `SELECT toString(import) AS value FROM ${everyRow('person')} WHERE id IN ${sought('id')}`,
  `SELECT toString(import) AS value FROM ${everyRow('import_outcome')} WHERE (kind = 'person' AND id IN ${sought('id')}) OR fields['person_id'] IN ${sought('id')}`,
  `SELECT toString(import) AS value FROM ${everyRow('import_row')}
    WHERE arrayExists(cell -> multiSearchAnyCaseInsensitiveUTF8(cell, (SELECT arraySlice(arraySort(groupUniqArray(value)), 1, 200) FROM ${sought('text')})), cells)`,
].join(' UNION DISTINCT ');

/** What follows from the ids and keys that are sought already. */
const further = [
  keep('email', addresses),
  keep('key', keys, 'key_type'),
  keep('key', `SELECT value FROM ${sought('email')}`, `'email'`),
  // The id that an object would get by each key, so that nothing comes back under another one.
  keep('id', `SELECT ${idByKey} AS value FROM (${keysSought})`),
  keep(
    'text',
    `SELECT DISTINCT value FROM ${own('erasing')} WHERE erasure = {erasure:UUID} AND kind IN ('id', 'email', 'key') AND ${isTelling} AND key_type != 'name'`,
  ),
  keep('import', importsOfThem),
  keep('quoted', `SELECT concat('"', value, '"') AS value FROM (${productKeys})`),
  keep('numeric', `SELECT value FROM (${productKeys}) WHERE match(value, '^[0-9]+$')`),
];

/** Everything that a person is known by, in an order in which each rests on those before. */
export const findPerson = (erasure: string, person: string): Query[] =>
  [keep('id', `SELECT {person:String} AS value UNION ALL SELECT id AS value FROM ${units} WHERE owner IN (${whose})`), ...further].map(
    (sql) => ({ sql, params: { erasure, person } }),
  );

/** The same for somebody of whom only tombstones are left: what is there again of what was erased once, and nobody else. */
export const findErased = (erasure: string): Query[] =>
  [
    keep('id', `SELECT DISTINCT value FROM (${idsThere}) WHERE ${isOfErasure('value')}`),
    keep('key', `SELECT DISTINCT key_type, value FROM (${keysThere}) WHERE value != '' AND ${isOfErasure(idByKey)}`, 'key_type'),
    keep('email', `SELECT value FROM (${keysSought}) WHERE key_type = 'email'`),
    ...further,
  ].map((sql) => ({ sql, params: { erasure } }));

export const soughtTexts = (erasure: string): Query => ({
  sql: `SELECT DISTINCT value FROM ${sought('text')} ORDER BY length(value) DESC, value`,
  params: { erasure },
});

export const soughtImports = (erasure: string): Query => ({
  sql: `SELECT DISTINCT value FROM ${sought('import')} ORDER BY value`,
  params: { erasure },
});

/** Ids of objects and keys in the product, whatever they look like. */
export const soughtKeys = (erasure: string): Query => ({
  sql: `SELECT value FROM ${sought('id')} UNION DISTINCT ${productKeys}`,
  params: { erasure },
});

/** Numbers of the person that are still given. Once they are not, nothing is taken away by number: it may be another's by then. */
export const numbersOf = (erasure: string): Query => ({
  sql: `SELECT number FROM ${own('unit')} WHERE kind = 'person' AND id IN ${sought('id')} ORDER BY number`,
  params: { erasure },
});
