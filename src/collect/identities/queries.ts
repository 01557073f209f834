import { own, rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { anonymousKey, live } from '../events/settling.ts';
import { productKey } from '../objects/identity.ts';
import { publicDomains } from './public-domains.ts';
import type { IdentityTable } from './schema.ts';

const units = `(SELECT * FROM ${own('unit')} WHERE kind = 'person')`;
const who = own('who');
const iso = (at: string) => `formatDateTime(${at}, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC')`;
const without = 'SETTINGS join_use_nulls = 0';

/** Events by the person whom they name, and by that person's owner now; the account of an event is its own, else its person's. */
const sent = `(SELECT if(w.owner = 0, s.person, w.owner) AS owner, w.owner_by AS owner_by, w.account_by AS account_by, s.n AS n, s.named AS named, s.first AS first, s.last AS last
  FROM (SELECT person, sum(events) AS n, sumIf(events, account != 0) AS named, min(earliest) AS first, max(latest) AS last
    FROM (SELECT person, account, count() AS events, min(at) AS earliest, max(at) AS latest FROM ${rows('event')} GROUP BY person, account) GROUP BY person) AS s
  LEFT JOIN ${who} AS w ON w.person = s.person ${without})`;

const people = `(SELECT s.owner AS owner, sum(s.n) AS n, sum(s.named) AS named, sum(if(s.account_by = 'stated', s.n - s.named, 0)) AS stated, sum(if(s.account_by = 'domain', s.n - s.named, 0)) AS derived,
    max(s.owner_by = 'key') AS by_key, max(s.owner_by = 'email') AS by_email, max(s.account_by = 'stated') AS is_stated, max(s.account_by = 'domain') AS is_derived,
    min(s.first) AS first, max(s.last) AS last FROM ${sent} AS s GROUP BY s.owner)`;

/** Everything that an import says of people, so that one who is known under the very same id counts as joined. */
const imported = `(SELECT DISTINCT id FROM ${rows('person')} WHERE import != '${live}')`;

/** How many people and events are whose, and of which account; over all time. */
export const readRates: Query = {
  sql: `SELECT if(sum(n) = 0, NULL, ${iso('min(first)')}) AS firstAt, if(sum(n) = 0, NULL, ${iso('max(last)')}) AS lastAt,
    toUInt32(countIf(owner != 0)) AS people, toUInt32(countIf(is_known)) AS known, toUInt32(people - known) AS anonymous,
    toUInt32(countIf(is_known AND NOT by_email AND (by_key OR is_imported))) AS importedByKey, toUInt32(countIf(is_known AND by_email)) AS importedByEmail,
    toUInt32(countIf(owner != 0 AND (is_stated OR named > 0))) AS peopleStated, toUInt32(countIf(owner != 0 AND is_derived AND NOT is_stated AND named = 0)) AS peopleByDomain,
    toUInt32(sum(n)) AS events, toUInt32(sumIf(n, is_known)) AS eventsKnown, toUInt32(sum(named) + sum(stated)) AS eventsStated, toUInt32(sum(derived)) AS eventsByDomain
    FROM (SELECT p.*, p.owner != 0 AND u.key_type != '${anonymousKey}' AS is_known, u.id IN ${imported} AS is_imported FROM ${people} AS p
      LEFT JOIN ${units} AS u ON u.number = p.owner ${without}) SETTINGS prefer_column_name_to_alias = 0`,
};

const addresses = `(SELECT id, lower(splitByChar('@', argMax(email, version))[-1]) AS domain FROM ${rows('person')} WHERE email IS NOT NULL GROUP BY id
  HAVING domain != '' SETTINGS prefer_column_name_to_alias = 1, join_use_nulls = 0)`;
/** People with an address of a company, by number. */
const addressed = `(SELECT u.number AS number, p.domain AS domain
  FROM (SELECT id, number FROM ${own('unit')} WHERE kind = 'person' AND id IN (SELECT id FROM ${addresses} WHERE domain NOT IN {publicDomains:Array(String)})) AS u
  INNER JOIN ${addresses} AS p ON p.id = u.id)`;
const accountDomains = `(SELECT domain, count() AS accounts FROM (SELECT id, argMax(domain, version) AS domain FROM ${rows('account')} GROUP BY id SETTINGS prefer_column_name_to_alias = 1)
  WHERE domain != '' GROUP BY domain)`;

const unmatchedDomains = `SELECT d.domain AS domain, toUInt32(d.people) AS people, toUInt32(a.accounts) AS accounts, has({excluded:Array(String)}, d.domain) AS excluded
  FROM (SELECT p.domain AS domain, uniqExact(if(w.owner = 0, p.number, w.owner)) AS people FROM ${addressed} AS p LEFT JOIN ${who} AS w ON w.person = p.number
    WHERE w.account = 0 AND p.number IN (SELECT person FROM (SELECT person, count() AS n FROM ${rows('event')} WHERE person IN (SELECT number FROM ${addressed}) GROUP BY person))
    GROUP BY p.domain ${without}) AS d
  LEFT JOIN ${accountDomains} AS a ON a.domain = d.domain ORDER BY people DESC, domain LIMIT {limit:UInt32} ${without}`;

/** Browsers on which several people signed in, by who they are now. */
const sharedBrowsers = `SELECT l.browser AS browser, toUInt32(l.people) AS people, l.users AS users, toUInt32(e.n) AS events
  FROM (SELECT s.key_value AS browser, uniqExact(if(w.owner = 0, u.number, w.owner)) AS people,
      arraySlice(arrayDistinct(arrayMap(one -> one.2, arraySort(groupArray(1000)((s.first, s.user))))), 1, 20) AS users
    FROM (SELECT key_value, user, min(at) AS first FROM ${rows('link')} WHERE key_type = '${anonymousKey}' AND kind = 'identify' GROUP BY key_value, user) AS s
    INNER JOIN ${units} AS u ON u.key_type = '${productKey}' AND u.key_value = s.user LEFT JOIN ${who} AS w ON w.person = u.number
    GROUP BY s.key_value HAVING people > 1 ORDER BY people DESC, browser LIMIT {limit:UInt32} ${without}) AS l
  LEFT JOIN ${units} AS b ON b.key_type = '${anonymousKey}' AND b.key_value = l.browser
  LEFT JOIN (SELECT person, count() AS n FROM ${rows('event')} GROUP BY person) AS e ON e.person = b.number ORDER BY people DESC, browser ${without}`;

export const identityRows = (table: Exclude<IdentityTable, 'aliases'>, limit: number, excluded: readonly string[]): Query => ({
  sql: table === 'domains' ? unmatchedDomains : sharedBrowsers,
  params: { limit, excluded, publicDomains },
});

/** Every browser and id whose events are this person's now, the busiest first. */
export const keysOf = (person: string, limit: number): Query => ({
  sql: `SELECT u.key_type AS keyType, if(u.key_value = '', u.id, u.key_value) AS keyValue, w.owner_by AS by, toUInt32(e.n) AS events,
      if(e.n = 0, NULL, ${iso('e.first')}) AS firstAt, if(e.n = 0, NULL, ${iso('e.last')}) AS lastAt
    FROM ${units} AS u LEFT JOIN ${who} AS w ON w.person = u.number
    LEFT JOIN (SELECT person, count() AS n, min(at) AS first, max(at) AS last FROM ${rows('event')} GROUP BY person) AS e ON e.person = u.number
    WHERE if(w.owner = 0, u.number, w.owner) = (SELECT any(number) FROM ${units} WHERE id = {person:String})
    ORDER BY events DESC, keyType, keyValue LIMIT {limit:UInt32} ${without}`,
  params: { person, limit },
});

const ownNumbers = `(SELECT u.number AS number FROM ${units} AS u LEFT JOIN ${who} AS w ON w.person = u.number
  WHERE if(w.owner = 0, u.number, w.owner) = (SELECT any(number) FROM ${units} WHERE id = {person:String}) ${without})`;

/** The newest events of a person, whichever browser or id they came with, and how many there are. */
export const eventsOf = (person: string, limit: number): Query => ({
  sql: `SELECT e.name AS name, ${iso('e.at')} AS at, u.key_type AS keyType, if(u.key_value = '', u.id, u.key_value) AS keyValue, toUInt32(e.total) AS total
    FROM (SELECT name, at, person, count() OVER () AS total FROM ${rows('event')} WHERE person IN ${ownNumbers} ORDER BY at DESC, name, person, message LIMIT {limit:UInt32}) AS e
    LEFT JOIN ${units} AS u ON u.number = e.person ORDER BY e.at DESC, name, keyType, keyValue ${without}`,
  params: { person, limit },
});
