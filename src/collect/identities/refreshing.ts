import { own, rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { anonymousKey } from '../events/settling.ts';
import { canonicalIdSql, productKey } from '../objects/identity.ts';
import { publicDomains } from './public-domains.ts';
import type { AliasLink, Aliases } from './resolve.ts';
import type { Decisions } from './decisions.ts';

/** What cannot be said in SQL of who is who: where aliases lead in the end, which links were refused, and what people decided. */
export type Known = { aliases: Aliases; decisions: Decisions; splitLinks: readonly { browser: string; user: string }[] };

const bind = ({ aliases: { ownerOf, refused }, decisions: { rule, splits }, splitLinks }: Known): Record<string, unknown> => {
  const imported = splits.filter(({ user }) => user === '');
  return {
    from: [...ownerOf.keys()],
    to: [...ownerOf.values()],
    refused: refused.filter(({ why }) => why === 'signed_in').map(({ previous }) => previous),
    splitBrowsers: splitLinks.map(({ browser }) => browser),
    splitUsers: splitLinks.map(({ user }) => user),
    splitKeys: imported.map(({ keyValue }) => keyValue),
    splitPeople: imported.map(({ person }) => person),
    joins: rule.joins ? 1 : 0,
    lonelyDomains: [...publicDomains, ...rule.excluded],
  };
};
const isSplitLink = `has(arrayZip({splitBrowsers:Array(String)}, {splitUsers:Array(String)}), (key_value, user))`;
const isSplitImport = (key: string, id: string) =>
  `has(arrayZip({splitKeys:Array(String)}, {splitPeople:Array(String)}), (${key}, ifNull(${id}, '')))`;

/** Every alias that was said, and everybody who signed in of those that an alias names. */
export const aliasLinks = (): Query => ({
  sql: `SELECT DISTINCT key_value AS previous, user, toString(at) AS at FROM ${rows('link')} WHERE kind = 'alias' ORDER BY previous, user, at`,
});
export const identifiedAmong = (aliases: readonly AliasLink[]): Query => ({
  sql: `SELECT DISTINCT key_value AS id FROM ${rows('link')} WHERE kind = 'identify' AND key_type = '${productKey}' AND key_value IN (SELECT arrayJoin({ids:Array(String)}))`,
  params: { ids: [...new Set(aliases.map(({ previous }) => previous))] },
});

// What is joined below holds only what can change something: of millions of people few may have it.
const emails = `(SELECT id, argMax(email, version) AS email FROM ${rows('person')} WHERE email IS NOT NULL GROUP BY id SETTINGS prefer_column_name_to_alias = 1)`;
const accounts = `(SELECT id, argMax(account_id, version) AS account_id FROM ${rows('person')} WHERE account_id IS NOT NULL GROUP BY id SETTINGS prefer_column_name_to_alias = 1)`;

/** Whose a browser is: of all who signed in on it, or took it over by alias, the first. */
const browsers = `(SELECT key_value, argMin(user, (at, user)) AS first_user FROM ${rows('link')}
  WHERE key_type = '${anonymousKey}' AND NOT (kind = 'alias' AND has({refused:Array(String)}, key_value)) AND NOT ${isSplitLink} GROUP BY key_value)`;

/** Keys of the product that an import gave to an object of another id than the key itself makes. */
const importedKeys = `(SELECT key_value FROM ${rows('identity')} WHERE kind = 'person' AND key_type = '${productKey}' AND id != ${canonicalIdSql('person', `'${productKey}'`, 'key_value')})`;
const knownKeys = `(SELECT key_value, argMin(id, (version, id)) AS known_id FROM ${rows('identity')} WHERE kind = 'person' AND key_type = '${productKey}'
  AND key_value IN ${importedKeys} AND NOT ${isSplitImport('key_value', 'id')} GROUP BY key_value)`;
const knownEmails = `(SELECT key_value, argMin(id, (version, id)) AS known_id FROM ${rows('identity')} WHERE kind = 'person' AND key_type = 'email' GROUP BY key_value)`;

/** People of the product by number, and the id of who they are by their own key: of a browser its user, of an alias where it leads. */
const owned = `(SELECT u.number AS number, u.id AS id, u.key_type AS key_type, u.key_value AS key_value, ifNull(b.first_user, '') AS signed_in,
    multiIf(u.key_type = '${anonymousKey}', signed_in, u.key_type = '${productKey}', u.key_value, '') AS key,
    transform(key, {from:Array(String)}, {to:Array(String)}, key) AS owner_key,
    if(owner_key = '', u.id, ${canonicalIdSql('person', `'${productKey}'`, 'owner_key')}) AS own_id
  FROM (SELECT * FROM ${own('unit')} WHERE kind = 'person') AS u LEFT JOIN ${browsers} AS b ON u.key_type = '${anonymousKey}' AND b.key_value = u.key_value)`;

/** E-mail addresses that exactly one person of the product has; one that several share joins nobody. */
const singleEmails = `(SELECT email, any(id) AS only_id FROM ${emails} WHERE email != ''
    AND id IN (SELECT id FROM ${own('unit')} WHERE kind = 'person' AND key_type = '${productKey}' AND id IN (SELECT id FROM ${emails}))
  GROUP BY email HAVING count() = 1)`;

/** ... and then the object that an import knows under the same key, or under the same e-mail address. */
const found = `(SELECT o.number AS number, o.id AS id, o.key_type AS key_type, o.key_value AS key_value, o.owner_key AS owner_key, o.own_id AS own_id, p.email AS email,
    multiIf(k.known_id IS NOT NULL AND k.known_id != own_id, k.known_id, s.only_id = own_id AND e.known_id IS NOT NULL AND NOT ${isSplitImport('o.owner_key', 'e.known_id')}, e.known_id, own_id) AS owner_id,
    multiIf(owner_id != own_id, if(k.known_id IS NOT NULL AND k.known_id != own_id, 'key', 'email'), own_id = o.id, '', o.key_type = '${anonymousKey}', 'identify', 'alias') AS owner_by
  FROM ${owned} AS o LEFT JOIN ${knownKeys} AS k ON k.key_value = o.owner_key LEFT JOIN ${emails} AS p ON p.id = o.own_id
  LEFT JOIN ${singleEmails} AS s ON s.email = p.email LEFT JOIN ${knownEmails} AS e ON e.key_value = p.email)`;

/** The company that a domain belongs to, where it is one company's. */
const domains = `(SELECT domain, any(id) AS only_id FROM (SELECT id, argMax(domain, version) AS domain FROM ${rows('account')} GROUP BY id SETTINGS prefer_column_name_to_alias = 1)
  WHERE domain != '' AND domain NOT IN {lonelyDomains:Array(String)} AND {joins:UInt8} = 1 GROUP BY domain HAVING count() = 1)`;

const placed = `(SELECT f.number AS number, f.owner_id AS owner_id, f.owner_by AS owner_by,
    coalesce(p.account_id, m.account_id, r.account_id, d.only_id, '') AS account_id,
    multiIf(account_id = '', '', coalesce(p.account_id, m.account_id, r.account_id) IS NOT NULL, 'stated', 'domain') AS account_by
  FROM (SELECT *, lower(splitByChar('@', ifNull(email, ''))[-1]) AS mail_domain FROM ${found}) AS f LEFT JOIN ${accounts} AS p ON p.id = f.owner_id LEFT JOIN ${accounts} AS m ON m.id = f.own_id
  LEFT JOIN ${accounts} AS r ON r.id = f.id LEFT JOIN ${domains} AS d ON d.domain = f.mail_domain)`;

/** Numbers for the people and accounts that no event names: whose they are is asked by number. */
export const numberKnown: Query = {
  sql: `INSERT INTO unit (workspace, kind, id, number, key_type, key_value)
    SELECT {workspace:UUID}, n.kind, n.id, toUInt32(ifNull(g.last, 0) + row_number() OVER (PARTITION BY n.kind ORDER BY n.id)), '', ''
    FROM (SELECT DISTINCT 'person' AS kind, id FROM ${rows('person')} UNION ALL SELECT DISTINCT 'account' AS kind, id FROM ${rows('account')}) AS n
    LEFT JOIN (SELECT kind, max(number) AS last FROM ${own('unit')} GROUP BY kind) AS g ON g.kind = n.kind
    WHERE (n.kind, n.id) NOT IN (SELECT kind, id FROM ${own('unit')})`,
};

const changes = `(SELECT w.*, h.account AS account_before FROM (SELECT l.number AS person, ifNull(o.number, l.number) AS owner, ifNull(a.number, 0) AS account, l.owner_by AS owner_by, l.account_by AS account_by
      FROM ${placed} AS l LEFT JOIN (SELECT id, number FROM ${own('unit')} WHERE kind = 'person') AS o ON o.id = l.owner_id
      LEFT JOIN (SELECT id, number FROM ${own('unit')} WHERE kind = 'account') AS a ON a.id = l.account_id) AS w
    LEFT JOIN ${own('who')} AS h ON h.person = w.person
    WHERE if(h.person IS NULL, w.owner != w.person OR w.account != 0,
      (w.owner, w.account, w.owner_by, w.account_by) != (assumeNotNull(h.owner), assumeNotNull(h.account), assumeNotNull(h.owner_by), assumeNotNull(h.account_by))))`;

/** How many people change account when what has changed is written. */
export const changedAccounts = (known: Known): Query => ({
  sql: `SELECT toUInt32(uniqExact(owner)) AS people FROM ${changes} WHERE account != ifNull(account_before, 0)`,
  params: bind(known),
});

/** Writes whose events are whose now, where that has changed. */
export const refreshWho = (known: Known, version: number): Query => ({
  sql: `INSERT INTO who (workspace, person, owner, account, owner_by, account_by, version)
    SELECT {workspace:UUID}, person, owner, account, owner_by, account_by, {version:UInt64} FROM ${changes}`,
  params: { ...bind(known), version },
});

/** Who the users are that signed in on these browsers, and what became of these people: without regard to browsers. */
export const ownersOfUsers = (known: Known, browsers: readonly string[], people: readonly string[]): Query => ({
  sql: `SELECT ifNull(l.key_value, '') AS browser, f.key_value AS user, f.id AS id, f.owner_id AS owner
    FROM (SELECT * FROM ${found} WHERE key_type = '${productKey}') AS f
    LEFT JOIN (SELECT DISTINCT key_value, user FROM ${rows('link')} WHERE key_type = '${anonymousKey}' AND has({browsers:Array(String)}, key_value)) AS l ON l.user = f.key_value
    WHERE l.key_value IS NOT NULL OR has({people:Array(String)}, f.id)`,
  params: { ...bind(known), browsers, people },
});

/** Who a browser or an id is now: by its own key, and in the end. */
export const placeOf = (known: Known, keyType: string, keyValue: string): Query => ({
  sql: `SELECT id, owner_key AS ownerKey, own_id AS ownId, owner_id AS ownerId FROM ${found} WHERE key_type = {keyType:String} AND key_value = {keyValue:String}`,
  params: { ...bind(known), keyType, keyValue },
});
