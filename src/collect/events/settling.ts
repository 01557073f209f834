import { own, rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { canonicalIdSql, productKey } from '../objects/identity.ts';
import { onceMark } from './schema.ts';

/** One file of the spool, or one range of an import, as it lies in `arrival`. */
export type Chunk = { chunk: number; timeZone: string };

/** The import of events that no import brought. */
export const live = '00000000-0000-0000-0000-000000000000';

/** Key type of a browser before anybody signs in. */
export const anonymousKey = 'anonymous';

// One block is one part: the events, their sums and the memory of their ids are stored together or not at all.
const oneBlock = 'SETTINGS min_insert_block_size_rows = 2000000, min_insert_block_size_bytes = 0, max_insert_threads = 1';

const arrivals = `(SELECT * FROM ${own('arrival')} WHERE chunk = {chunk:UInt64})`;
const accepted = `(SELECT *, cityHash64(message) AS hash FROM ${arrivals} WHERE kind != 'failed')`;

const idOf = (kind: 'person' | 'account', keyType: string, value: string): string =>
  `if(${value} = '', '', ${canonicalIdSql(kind, `'${keyType}'`, value)})`;
const userId = idOf('person', productKey, 'user');
const anonymousId = idOf('person', anonymousKey, 'anonymous');
const groupId = idOf('account', productKey, 'account');

/** Who did it, and for which account, as the event itself says: '' when it does not. */
const personOf = `multiIf(person_id != '', person_id, user != '', ${userId}, ${anonymousId})`;
const accountOf = `if(account_id != '', account_id, ${groupId})`;

type Naming = { column: string; kind: 'person' | 'account'; keyType: string };
const namings: readonly Naming[] = [
  { column: 'person_id', kind: 'person', keyType: '' },
  { column: 'user', kind: 'person', keyType: productKey },
  { column: 'anonymous', kind: 'person', keyType: anonymousKey },
  { column: 'previous', kind: 'person', keyType: anonymousKey },
  { column: 'account_id', kind: 'account', keyType: '' },
  { column: 'account', kind: 'account', keyType: productKey },
];

/** Everybody and every account that a chunk names: kind, id, and the key it was named by. Keys are made distinct before they are hashed. */
const named = `(SELECT kind, id, min(first) AS first, max(key_type) AS key_type, max(key_value) AS key_value FROM (
  ${namings
    .map(
      ({ column, kind, keyType }) =>
        `SELECT '${kind}' AS kind, ${keyType ? canonicalIdSql(kind, `'${keyType}'`, column) : column} AS id, min(receipt) AS first, '${keyType}' AS key_type, ${keyType ? column : `''`} AS key_value
    FROM ${accepted} WHERE ${column} != '' GROUP BY ${column}`,
    )
    .join('\n  UNION ALL ')}) GROUP BY kind, id)`;

/** Gives a number to everybody who has none yet. Only one settler runs at a time, so that numbers are dense and never given twice. */
export const numberUnits = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO unit (workspace, kind, id, number, key_type, key_value, chunk)
    SELECT {workspace:UUID}, n.kind, n.id, toUInt32(ifNull(g.last, 0) + row_number() OVER (PARTITION BY n.kind ORDER BY n.first, n.id)), n.key_type, n.key_value, {chunk:UInt64}
    FROM (SELECT * FROM ${named} WHERE (kind, id) NOT IN (SELECT kind, id FROM ${own('unit')} WHERE (kind, id) IN (SELECT kind, id FROM ${named}))) AS n
    LEFT JOIN (SELECT kind, max(number) AS last FROM ${own('unit')} GROUP BY kind) AS g ON g.kind = n.kind ${oneBlock}`,
  params: { chunk },
});

/** The numbers of those that events name: joined by one hash of what names them, made once for each that is different. */
const nameHash = { person: 'cityHash64(person_id, user, anonymous)', account: 'cityHash64(account_id, account)' } as const;
const numbered = (kind: 'person' | 'account', from: string): string => {
  const [columns, id] = kind === 'person' ? ['person_id, user, anonymous', personOf] : ['account_id, account', accountOf];
  const names = `(SELECT ${nameHash[kind]} AS name_hash, ${id} AS id FROM (SELECT ${columns} FROM ${from} GROUP BY ALL))`;
  return `(SELECT n.name_hash AS name_hash, u.number AS number FROM ${names} AS n
    INNER JOIN (SELECT id, number FROM ${own('unit')} WHERE kind = '${kind}' AND id IN (SELECT id FROM ${names})) AS u ON u.id = n.id)`;
};

const firsts = `(SELECT min(receipt) FROM ${accepted} GROUP BY hash)`;

/** Stores the first copy of each message that is not stored yet: the memory of messages is the events themselves. Run again it stores nothing. */
export const storeEvents = ({ chunk, timeZone }: Chunk): Query => ({
  sql: `INSERT INTO event (workspace, import, name, person, account, at, day, message, chunk, key, received_at, properties)
    SELECT {workspace:UUID}, import, name, p.number, a.number, at, toDate(at, {zone:String}), hash, {chunk:UInt64}, key, received_at, properties
    FROM (SELECT *, ${nameHash.person} AS person_hash, ${nameHash.account} AS account_hash FROM ${accepted}
      WHERE receipt IN ${firsts} AND hash NOT IN (SELECT message FROM ${rows('event')} WHERE message IN (SELECT hash FROM ${accepted}))) AS e
    LEFT ANY JOIN ${numbered('person', accepted)} AS p ON p.name_hash = e.person_hash
    LEFT ANY JOIN ${numbered('account', accepted)} AS a ON a.name_hash = e.account_hash ${oneBlock}, join_use_nulls = 0`,
  params: { chunk, zone: timeZone },
});

const storedHere = `(SELECT message FROM ${rows('event')} WHERE chunk = {chunk:UInt64})`;
/** Accepted calls of a chunk that are not what was stored of it: copies, and other contents under a known message id. */
const leftOver = `(SELECT * FROM ${accepted} WHERE NOT (receipt IN ${firsts} AND hash IN ${storedHere}))`;
/** What an event's `digest` is made of. */
export const digestOf = (name: string, person: string, account: string, properties: string) =>
  `toUInt32(cityHash64(${name}, ${person}, ${account}, ${properties}))`;

/** ... and of these, the other contents. The same whenever it is asked after the events are stored. */
const conflicts = `(SELECT key, receipt, received_at, message, name, kind, user, anonymous, account, at, CAST(properties, 'Map(String, String)') AS properties
  FROM (SELECT *, ${nameHash.person} AS person_hash, ${nameHash.account} AS account_hash FROM ${leftOver}) AS e
  LEFT ANY JOIN ${numbered('person', leftOver)} AS p ON p.name_hash = e.person_hash
  LEFT ANY JOIN ${numbered('account', leftOver)} AS a ON a.name_hash = e.account_hash
  INNER JOIN (SELECT message AS stored, digest AS held FROM ${rows('event')}
    WHERE message IN (SELECT hash FROM ${leftOver})) AS k ON k.stored = e.hash
  WHERE k.held != ${digestOf('toLowCardinality(e.name)', 'p.number', 'a.number', `CAST(e.properties, 'Map(LowCardinality(String), String)')`)}
  SETTINGS join_use_nulls = 0)`;

// A second content is written down as a client would send it, so that a rule can give it a message id of its own.
const sentAgain = `toJSONString(CAST((toString(kind), name, message, user, anonymous, formatDateTime(at, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC'), tuple(account), properties),
          'Tuple(type String, event String, messageId String, userId String, anonymousId String, timestamp String, context Tuple(groupId String), properties Map(String, String))'))`;

/** Keeps what failed, with its raw bytes; a second content under a known message id is kept too, apart from the first. */
export const keepFailed = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO failed_event (workspace, key, chunk, receipt, received_at, message, reason, detail, raw)
    SELECT {workspace:UUID}, key, {chunk:UInt64}, receipt, received_at, message, reason, detail, raw FROM (
      SELECT key, receipt, received_at, message, toString(reason) AS reason, detail, raw FROM ${arrivals} WHERE kind = 'failed'
      UNION ALL SELECT key, receipt, received_at, message, 'message_id_conflict' AS reason, '' AS detail,
        ${sentAgain} AS raw FROM ${conflicts})
    WHERE {chunk:UInt64} NOT IN (SELECT chunk FROM ${own('failed_event')} WHERE chunk = {chunk:UInt64}) ${oneBlock}`,
  params: { chunk },
});

/** Whether every call of a chunk was stored: then nothing failed, and nothing was a copy. */
export const allStored = ({ chunk }: Chunk): Query => ({
  sql: `SELECT toUInt8((SELECT count() FROM ${arrivals}) = (SELECT count() FROM ${rows('event')} WHERE chunk = {chunk:UInt64})) AS all`,
  params: { chunk },
});

const hourly = (count: string, from: string) => `SELECT key, toStartOfHour(received_at) AS hour, ${count} FROM ${from} GROUP BY key, hour`;
const ofChunk = (table: string, only = '1') => `(SELECT key, received_at FROM ${table} WHERE chunk = {chunk:UInt64} AND ${only})`;
// What an import brings is counted by its own report.
const notImported = `import = '${live}'`;

/** received = stored + duplicate + failed, for each key and hour; counted again it gives the same row. */
export const countArrivals = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO ingest (workspace, key, hour, chunk, received, stored, duplicate, failed)
    SELECT {workspace:UUID}, key, hour, {chunk:UInt64}, sum(r) AS received, sum(s) AS stored, sum(r) - sum(s) - sum(f), sum(f) FROM (
      ${hourly('count() AS r, 0 AS s, 0 AS f', ofChunk(own('arrival'), notImported))}
      UNION ALL ${hourly('0 AS r, count() AS s, 0 AS f', ofChunk(rows('event'), notImported))}
      UNION ALL ${hourly('0 AS r, 0 AS s, count() AS f', ofChunk(own('failed_event')))}) GROUP BY key, hour`,
  params: { chunk },
});

/** Those who got their number in this chunk. */
const newUnits = (kind: 'person' | 'account'): string =>
  `(SELECT id, key_type, key_value FROM ${own('unit')} WHERE chunk = {chunk:UInt64} AND kind = '${kind}' AND key_type = '${productKey}')`;

const trait = (...names: string[]): string =>
  `nullIf(${names.map((name) => `traits['${name}']`).reduceRight((rest, one) => `if(${one} != '', ${one}, ${rest})`, "''")}, '')`;
const createdAt = `parseDateTime64BestEffortOrNull(coalesce(${trait('createdAt', 'created_at')}, ''), 3, 'UTC')`;

/** Traits are of the person, whatever kind of call brings them; only those of `group` are of the account. */
const ofPerson = `kind != 'group'`;

const isOnce = `startsWith(name, '${onceMark}')`;
/** Calls that say something of people; what counts only where nothing else is said stands apart. */
const sayings = `(SELECT * EXCEPT (traits, parts), part.1 AS is_once, part.2 AS traits FROM (
    SELECT *, if(arrayExists(name -> ${isOnce}, mapKeys(traits)), [(0, mapFilter((name, _) -> NOT ${isOnce}, traits)),
        (1, mapApply((name, value) -> (substring(name, ${onceMark.length + 1}), value), mapFilter((name, _) -> ${isOnce}, traits)))], [(0, traits)]) AS parts
    FROM ${accepted} WHERE (kind = 'group' OR notEmpty(traits)) AND (user != '' OR anonymous != ''))
  ARRAY JOIN parts AS part WHERE notEmpty(part.2) OR (kind = 'group' AND part.1 = 0))`;
// Older than every patch that sets, and of several the one that was said first the newest.
const saidAt = `if(is_once = 1, toUInt64(greatest(1, 500000000000 - intDiv(toUnixTimestamp64Milli(at), 10))), toUInt64(toUnixTimestamp64Milli(at)))`;

/** What clients say of people, as patches like those of imports: field by field the newest stands, whatever came first. */
export const describePeople = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO person (workspace, import, version, id, account_id, email, name, title, country, created_at, properties)
    SELECT {workspace:UUID}, import, max(${saidAt}), if(user != '', ${userId}, ${anonymousId}) AS id, nullIf(if(kind = 'group', ${groupId}, ''), '') AS account_named,
      if(${ofPerson}, lower(${trait('email')}), NULL) AS email, if(${ofPerson}, coalesce(${trait('name')}, nullIf(trimBoth(concat(traits['firstName'], ' ', traits['lastName'])), '')), NULL) AS name,
      if(${ofPerson}, ${trait('title')}, NULL) AS title, if(${ofPerson}, ${trait('country', 'address.country')}, NULL) AS country, if(${ofPerson}, ${createdAt}, NULL) AS created,
      if(${ofPerson}, traits, CAST(map(), 'Map(String, String)')) AS known
    FROM ${sayings} GROUP BY import, id, account_named, email, name, title, country, created, known`,
  params: { chunk },
});

/** What `group` says of accounts, as patches. */
export const describeAccounts = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO account (workspace, import, version, id, name, domain, segment, plan, country, industry, employees, created_at, properties)
    SELECT {workspace:UUID}, import, max(toUInt64(toUnixTimestamp64Milli(at))), ${groupId} AS id, ${trait('name')} AS name,
      nullIf(lower(domain(coalesce(${trait('domain', 'website')}, ''))), '') AS domain, ${trait('segment')} AS segment, ${trait('plan')} AS plan, ${trait('country', 'address.country')} AS country,
      ${trait('industry')} AS industry, toUInt32OrNull(coalesce(${trait('employees')}, '')) AS employees, ${createdAt} AS created, traits
    FROM ${accepted} WHERE kind = 'group' AND account != '' GROUP BY import, id, name, domain, segment, plan, country, industry, employees, created, traits`,
  params: { chunk },
});

/** People and accounts that were named for the first time are there, also when nothing is said of them. */
const introduce =
  (table: 'person' | 'account') =>
  ({ chunk }: Chunk): Query => ({
    sql: `INSERT INTO ${table} (workspace, import, version, id) SELECT {workspace:UUID}, '${live}', 0, id FROM ${newUnits(table)}
    WHERE id NOT IN (SELECT id FROM ${rows(table)} WHERE id IN (SELECT id FROM ${newUnits(table)}))`,
    params: { chunk },
  });
const introducePeople = introduce('person');
const introduceAccounts = introduce('account');

/** Under which keys they are known from now on; a key that is taken stays with whom it has. */
const nameUnits =
  (kind: 'person' | 'account') =>
  ({ chunk }: Chunk): Query => ({
    sql: `INSERT INTO identity (workspace, import, version, kind, key_type, key_value, id)
    SELECT {workspace:UUID}, '${live}', 0, '${kind}', key_type, key_value, id FROM ${newUnits(kind)}
    WHERE key_value NOT IN (SELECT key_value FROM ${rows('identity')} WHERE kind = '${kind}' AND key_type = '${productKey}'
      AND key_value IN (SELECT key_value FROM ${newUnits(kind)}))`,
    params: { chunk },
  });
const namePeople = nameUnits('person');
const nameAccounts = nameUnits('account');

/** Keeps what was said about who is who: an identify names its user, and the browser that they were until then. */
export const keepLinks = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO link (workspace, import, chunk, message, kind, key_type, key_value, user, at)
    SELECT {workspace:UUID}, import, {chunk:UInt64}, hash, kind, one.1, one.2, user, at FROM ${accepted}
    ARRAY JOIN if(kind = 'alias', [('${anonymousKey}', previous)], [('${anonymousKey}', anonymous), ('${productKey}', user)]) AS one
    WHERE kind IN ('identify', 'alias') AND user != '' AND one.2 != '' AND NOT (kind = 'alias' AND previous = user)
      AND {chunk:UInt64} NOT IN (SELECT chunk FROM ${rows('link')} WHERE chunk = {chunk:UInt64}) ${oneBlock}`,
  params: { chunk },
});

/** Whether a chunk says anything that can change who is who. */
export const tellsWho = ({ chunk }: Chunk): Query => ({
  sql: `SELECT toUInt8(count() > 0) AS tells FROM ${accepted} WHERE kind IN ('identify', 'group', 'alias') OR notEmpty(traits)
    OR user IN (SELECT key_value FROM ${rows('identity')} WHERE kind = 'person' AND key_type = '${productKey}' AND id != ${canonicalIdSql('person', `'${productKey}'`, 'key_value')})`,
  params: { chunk },
});

/** What settles a chunk, in order; `keepFailed` only where not all was stored. Each can be run again. */
export const settlingStatements = [
  numberUnits,
  storeEvents,
  keepFailed,
  countArrivals,
  describePeople,
  describeAccounts,
  introducePeople,
  introduceAccounts,
  namePeople,
  nameAccounts,
  keepLinks,
] as const;

/** Chunk of the events that were stored before events arrived this way; see migrations/events/0004_carry_events.sql. */
export const carried = 1;
/** What an import brought that is not committed comes again with it, or not at all: it must not stand before a copy that counts. */
export const forgetHidden = (chunk: number): Query => ({
  sql: `DELETE FROM arrival WHERE workspace = {workspace:UUID} AND chunk = {chunk:UInt64} AND import IN {hidden:Array(UUID)}`,
  params: { chunk },
});

/** The workspaces of a chunk, so that each is settled behind its own wall. */
export const workspacesOf = 'SELECT DISTINCT toString(workspace) AS workspace FROM arrival WHERE chunk = {chunk:UInt64}';
