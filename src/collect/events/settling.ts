import { own, rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { canonicalIdSql, productKey } from '../objects/identity.ts';

/** One file of the spool, or one range of an import, as it lies in `arrival`. */
export type Chunk = { chunk: number; timeZone: string };

/** The import of events that no import brought. */
export const live = '00000000-0000-0000-0000-000000000000';

/** Key type of a browser before anybody signs in. */
export const anonymousKey = 'anonymous';

const arrivals = `(SELECT * FROM ${own('arrival')} WHERE chunk = {chunk:UInt64})`;
const accepted = `(SELECT * FROM ${arrivals} WHERE kind != 'failed')`;

const idOf = (kind: 'person' | 'account', keyType: string, value: string): string =>
  `if(${value} = '', '', ${canonicalIdSql(kind, `'${keyType}'`, value)})`;
const userId = idOf('person', productKey, 'user');
const anonymousId = idOf('person', anonymousKey, 'anonymous');
const previousId = idOf('person', anonymousKey, 'previous');
const groupId = idOf('account', productKey, 'account');

/** Who did it, and for which account, as the event itself says: '' when it does not. */
const personOf = `multiIf(person_id != '', person_id, user != '', ${userId}, ${anonymousId})`;
const accountOf = `if(account_id != '', account_id, ${groupId})`;
const messageOf = 'cityHash64(message)';

/** Everybody and every account that a chunk names: kind, id, and the key it was named by. */
const named = `(SELECT kind, id, min(receipt) AS first, max(key_type) AS key_type, max(key_value) AS key_value
  FROM (SELECT receipt, arrayJoin([('person', person_id, '', ''), ('person', ${userId}, '${productKey}', user),
      ('person', ${anonymousId}, '${anonymousKey}', anonymous), ('person', ${previousId}, '${anonymousKey}', previous),
      ('account', account_id, '', ''), ('account', ${groupId}, '${productKey}', account)]) AS one,
    one.1 AS kind, one.2 AS id, one.3 AS key_type, one.4 AS key_value FROM ${accepted})
  WHERE id != '' GROUP BY kind, id)`;

/** Gives a number to everybody who has none yet. Only one settler runs at a time, so that numbers are dense and never given twice. */
export const numberUnits = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO unit (workspace, kind, id, number, key_type, key_value)
    SELECT {workspace:UUID}, n.kind, n.id, toUInt32(ifNull(g.last, 0) + row_number() OVER (PARTITION BY n.kind ORDER BY n.first, n.id)), n.key_type, n.key_value
    FROM (SELECT * FROM ${named} WHERE (kind, id) NOT IN (SELECT kind, id FROM ${own('unit')} WHERE (kind, id) IN (SELECT kind, id FROM ${named}))) AS n
    LEFT JOIN (SELECT kind, max(number) AS last FROM ${own('unit')} GROUP BY kind) AS g ON g.kind = n.kind`,
  params: { chunk },
});

const numbered = (kind: string, ids: string): string =>
  `(SELECT id, number FROM ${own('unit')} WHERE kind = '${kind}' AND id IN (SELECT ${ids} FROM ${accepted}))`;

/** What is stored already of the messages of a chunk; the memory of messages is the events themselves. */
const known = `(SELECT message, toUInt32(cityHash64(name, person, account, properties)) AS digest, chunk FROM ${rows('event')}
  WHERE message IN (SELECT ${messageOf} FROM ${accepted}))`;

// One block is one part: the events, their sums and the memory of their ids are stored together or not at all.
const oneBlock = 'SETTINGS min_insert_block_size_rows = 2000000, min_insert_block_size_bytes = 0, max_insert_threads = 1';

/** Stores the first copy of each message that is not stored yet. Run again it stores nothing. */
export const storeEvents = ({ chunk, timeZone }: Chunk): Query => ({
  sql: `INSERT INTO event (workspace, import, name, person, account, at, day, message, chunk, key, received_at, properties)
    SELECT {workspace:UUID}, import, name, ifNull(p.number, 0), ifNull(a.number, 0), at, toDate(at, {zone:String}), hash, {chunk:UInt64}, key, received_at, properties
    FROM (SELECT *, ${messageOf} AS hash, ${personOf} AS person_named, ${accountOf} AS account_named FROM ${accepted}
      WHERE hash NOT IN (SELECT message FROM ${known}) ORDER BY receipt LIMIT 1 BY hash) AS e
    LEFT JOIN ${numbered('person', personOf)} AS p ON p.id = e.person_named
    LEFT JOIN ${numbered('account', accountOf)} AS a ON a.id = e.account_named ${oneBlock}`,
  params: { chunk, zone: timeZone },
});

/** Each row of a chunk with what became of it. The same whenever it is asked after the events are stored. */
const judged = `(SELECT key, receipt, received_at, kind, e.message AS message, raw, reason, detail, name, properties,
    multiIf(kind = 'failed', 'failed', k.chunk = {chunk:UInt64} AND receipt = first, 'stored', k.digest != digest, 'conflict', 'duplicate') AS outcome
  FROM (SELECT *, ${messageOf} AS hash, min(receipt) OVER (PARTITION BY hash) AS first,
      toUInt32(cityHash64(toLowCardinality(name), ifNull(p.number, toUInt32(0)), ifNull(a.number, toUInt32(0)), CAST(properties, 'Map(LowCardinality(String), String)'))) AS digest
    FROM (SELECT *, ${personOf} AS person_named, ${accountOf} AS account_named FROM ${arrivals}) AS r
    LEFT JOIN ${numbered('person', personOf)} AS p ON p.id = r.person_named
    LEFT JOIN ${numbered('account', accountOf)} AS a ON a.id = r.account_named) AS e
  LEFT JOIN ${known} AS k ON k.message = e.hash)`;

/** Keeps what failed, with its raw bytes; a second content under a known message id is kept too, apart from the first. */
export const keepFailed = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO failed_event (workspace, key, chunk, receipt, received_at, message, reason, detail, raw)
    SELECT {workspace:UUID}, key, {chunk:UInt64}, receipt, received_at, message, if(outcome = 'conflict', 'message_id_conflict', reason),
      detail, if(outcome = 'conflict', toJSONString(map('name', name, 'properties', toJSONString(properties))), raw)
    FROM ${judged} WHERE outcome IN ('failed', 'conflict') AND {chunk:UInt64} NOT IN (SELECT chunk FROM ${own('failed_event')} WHERE chunk = {chunk:UInt64}) ${oneBlock}`,
  params: { chunk },
});

/** received = stored + duplicate + failed, for each key and hour; counted again it gives the same row. */
export const countArrivals = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO ingest (workspace, key, hour, chunk, received, stored, duplicate, failed)
    SELECT {workspace:UUID}, key, toStartOfHour(received_at) AS hour, {chunk:UInt64}, count(), countIf(outcome = 'stored'), countIf(outcome = 'duplicate'),
      countIf(outcome IN ('failed', 'conflict')) FROM ${judged} GROUP BY key, hour`,
  params: { chunk },
});

const trait = (...names: string[]): string =>
  `nullIf(${names.map((name) => `traits['${name}']`).reduceRight((rest, one) => `if(${one} != '', ${one}, ${rest})`, "''")}, '')`;
const createdAt = `parseDateTime64BestEffortOrNull(coalesce(${trait('createdAt', 'created_at')}, ''), 3, 'UTC')`;

/** What clients say of people, as patches like those of imports: field by field the newest stands, whatever came first. */
export const describePeople = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO person (workspace, import, version, id, account_id, email, name, title, country, created_at, properties)
    SELECT {workspace:UUID}, import, max(toUInt64(toUnixTimestamp64Milli(at))), if(user != '', ${userId}, ${anonymousId}) AS id, nullIf(if(kind = 'group', ${groupId}, ''), '') AS account_named,
      if(kind = 'identify', lower(${trait('email')}), NULL) AS email, if(kind = 'identify', coalesce(${trait('name')}, nullIf(trimBoth(concat(traits['firstName'], ' ', traits['lastName'])), '')), NULL) AS name,
      if(kind = 'identify', ${trait('title')}, NULL) AS title, if(kind = 'identify', ${trait('country', 'address.country')}, NULL) AS country, if(kind = 'identify', ${createdAt}, NULL) AS created,
      if(kind = 'identify', traits, CAST(map(), 'Map(String, String)')) AS known
    FROM (SELECT * FROM ${accepted} WHERE user != '' OR (kind IN ('identify', 'group') AND anonymous != ''))
    WHERE kind IN ('identify', 'group') OR id NOT IN (SELECT id FROM ${rows('person')} WHERE id IN (SELECT ${userId} FROM ${accepted}))
    GROUP BY import, id, account_named, email, name, title, country, created, known`,
  params: { chunk },
});

/** Accounts by what `group` says of them; one that is only named is there too. */
export const describeAccounts = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO account (workspace, import, version, id, name, domain, segment, plan, country, industry, employees, created_at, properties)
    SELECT {workspace:UUID}, import, max(toUInt64(toUnixTimestamp64Milli(at))), ${groupId} AS id, ${trait('name')} AS name,
      nullIf(lower(domain(coalesce(${trait('domain', 'website')}, ''))), '') AS domain, ${trait('segment')} AS segment, ${trait('plan')} AS plan, ${trait('country', 'address.country')} AS country,
      ${trait('industry')} AS industry, toUInt32OrNull(coalesce(${trait('employees')}, '')) AS employees, ${createdAt} AS created, traits
    FROM (SELECT import, at, account, if(kind = 'group', traits, CAST(map(), 'Map(String, String)')) AS traits, kind FROM ${accepted} WHERE account != '')
    WHERE kind = 'group' OR id NOT IN (SELECT id FROM ${rows('account')} WHERE id IN (SELECT ${groupId} FROM ${accepted}))
    GROUP BY import, id, name, domain, segment, plan, country, industry, employees, created, traits`,
  params: { chunk },
});

/** Under which keys they are known from now on; a key that is taken stays with whom it has. */
export const nameUnits = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO identity (workspace, import, version, kind, key_type, key_value, id)
    SELECT {workspace:UUID}, '${live}', 0, kind, key_type, key_value, id FROM ${named}
    WHERE key_type = '${productKey}' AND (kind, key_type, key_value) NOT IN (SELECT kind, key_type, key_value FROM ${rows('identity')}
      WHERE key_type = '${productKey}' AND key_value IN (SELECT key_value FROM ${named}))`,
  params: { chunk },
});

/** Keeps what was said about who is who: an identify names its user, and the browser that they were until then. */
export const keepLinks = ({ chunk }: Chunk): Query => ({
  sql: `INSERT INTO link (workspace, import, chunk, message, kind, key_type, key_value, user, at)
    SELECT {workspace:UUID}, import, {chunk:UInt64}, ${messageOf}, kind, one.1, one.2, user, at FROM ${accepted}
    ARRAY JOIN if(kind = 'alias', [('${anonymousKey}', previous)], [('${anonymousKey}', anonymous), ('${productKey}', user)]) AS one
    WHERE kind IN ('identify', 'alias') AND user != '' AND one.2 != '' AND NOT (kind = 'alias' AND previous = user)
      AND {chunk:UInt64} NOT IN (SELECT chunk FROM ${rows('link')} WHERE chunk = {chunk:UInt64}) ${oneBlock}`,
  params: { chunk },
});

/** Whether a chunk says anything that can change who is who. */
export const tellsWho = ({ chunk }: Chunk): Query => ({
  sql: `SELECT toUInt8(count() > 0) AS tells FROM ${accepted} WHERE kind IN ('identify', 'group', 'alias')
    OR user IN (SELECT key_value FROM ${rows('identity')} WHERE kind = 'person' AND key_type = '${productKey}' AND id != ${canonicalIdSql('person', `'${productKey}'`, 'key_value')})`,
  params: { chunk },
});

export const settlingStatements = [
  numberUnits,
  storeEvents,
  keepFailed,
  countArrivals,
  describePeople,
  describeAccounts,
  nameUnits,
  keepLinks,
] as const;

/** Chunk of the events that were stored before events arrived this way; see migrations/events/0004_carry_events.sql. */
export const carried = 1;
export const arrivedChunks = 'SELECT DISTINCT toUInt64(chunk) AS chunk FROM arrival';

/** The workspaces of a chunk, so that each is settled behind its own wall. */
export const workspacesOf = 'SELECT DISTINCT toString(workspace) AS workspace FROM arrival WHERE chunk = {chunk:UInt64}';
