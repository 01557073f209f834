import { numbers } from '../../collect/events/queries.ts';
import type { FeatureBase, FeatureRule } from '../../launch/features/schema.ts';
import type { Query } from '../../platform/events/store.ts';
import { eligibleSources } from '../questions/base.ts';
import { groupOf, namedGroups, saidOfField, valuesOfField } from '../questions/breakdowns.ts';
import { makeValues, type Values } from '../questions/filters.ts';
import { usesBy } from '../questions/uses.ts';
import { type Frame, keptSums, type KeptSums, lockedSet, whole } from './queries.ts';
import type { GroupKind, SubscriptionsAsked } from './schema.ts';

/** What accounts are told apart by: a field, as it was at a moment or is now, with the values that are named, or what they had adopted by a day. */
export type By =
  | { kind: 'field'; name: string; asOf: SubscriptionsAsked['asOf']; named: readonly string[] }
  | { kind: 'feature'; rule: FeatureRule; base: FeatureBase; day: string; now: Date };

/** Accounts by id with `adopted`, `not_adopted` or, where they were none of those who could, `could_not`. Who adopted, could. */
const adoptions = ({ rule, base, day, now }: By & { kind: 'feature' }, zone: string, values: Values): string => {
  const { accounts, params } = eligibleSources({ base, plans: [], segments: [], createdBefore: null, accessBy: day }, zone);
  Object.assign(values.params, params, { now: now.toISOString().replace('T', ' ').replace('Z', '') });
  const adopted = `(SELECT number, 1 AS did FROM ${usesBy('account', rule, values, { to: day })} GROUP BY number
    HAVING sum(n) >= ${values.bind(rule.times, 'UInt32')} AND count() >= ${values.bind(rule.days, 'UInt32')})`;
  return `(SELECT n.id AS id, multiIf(d.did = 1, 'adopted', b.standing = 'eligible', 'not_adopted', 'could_not') AS value
    FROM ${numbers('account')} AS n LEFT ANY JOIN ${adopted} AS d ON d.number = n.number LEFT ANY JOIN (SELECT number, standing FROM ${accounts}) AS b ON b.number = n.number
    SETTINGS join_use_nulls = 0)`;
};

type Field = Pick<By & { kind: 'field' }, 'name' | 'asOf'>;

/** The first moment after the end of the month in which accounts began, counted from 1; what was said before it was known then. */
const endOf = (began: string, { origin, zone }: Frame, { bind }: Values): string =>
  `toUInt64(toUnixTimestamp64Milli(toDateTime64(addMonths(${bind(origin, 'Date')}, ${began}), 3, ${bind(zone, 'String')})))`;

/** A source of accounts, each with the month in which it `began`, with the value of a field. */
const withField = (source: string, { name, asOf }: Field, frame: Frame, values: Values): string =>
  asOf === 'now'
    ? `(SELECT s.*, f.value AS value FROM ${source} AS s LEFT ANY JOIN ${valuesOfField('account', name, values)} AS f ON f.id = s.account SETTINGS join_use_nulls = 0)`
    : `(SELECT s.*, arrayLast(one -> one.1 < ${endOf('s.began', frame, values)}, f.said).2 AS value
        FROM ${source} AS s LEFT ANY JOIN ${saidOfField('account', name, values)} AS f ON f.id = s.account SETTINGS join_use_nulls = 0)`;

/** A source of accounts with `groups`: all, and the one in which each stands. */
const withGroups = (source: string, by: By | null, frame: Frame, values: Values): string => {
  if (!by) return `(SELECT *, [('all', '')] AS groups FROM ${source})`;
  const own = by.kind === 'field' ? groupOf('value', values.bind(by.named, 'Array(String)')) : `(if(value = '', 'could_not', value), '')`;
  const valued =
    by.kind === 'field'
      ? withField(source, by, frame, values)
      : `(SELECT s.*, f.value AS value FROM ${source} AS s LEFT ANY JOIN ${adoptions(by, frame.zone, values)} AS f ON f.id = s.account SETTINGS join_use_nulls = 0)`;
  return `(SELECT s.*, [('all', ''), ${own}] AS groups FROM ${valued} AS s)`;
};

/** The locked set, all of which began at the lock as far as it is followed. */
const lockedFrom = (frame: Frame, from: number, to: number, values: Values): string =>
  `(SELECT account, x, y, ${from + 1} AS began FROM ${lockedSet(frame, from, to, values)})`;

/** Values of a field that most accounts of the locked set have. */
export const lockedValues = (field: Field, frame: Frame, from: number, to: number): Query => {
  const values = makeValues();
  return {
    sql: `SELECT value AS name FROM ${withField(lockedFrom(frame, from, to, values), field, frame, values)}
      WHERE name != '' GROUP BY name ORDER BY count() DESC, name LIMIT ${namedGroups}`,
    params: values.params,
  };
};

export type KnownRow = { known: number; later: number; firstKnown: string | null };

const knownOf = (source: string, name: string, frame: Frame, values: Values): string => {
  const isKnown = `arrayExists(one -> one.1 < ${endOf('s.began', frame, values)}, f.said)`;
  return `SELECT toUInt32(countIf(is_known)) AS known, toUInt32(countIf(NOT is_known AND first > 0)) AS later,
      if(later = 0, NULL, toString(toDate(fromUnixTimestamp64Milli(toInt64(minIf(first, NOT is_known AND first > 0))), ${values.bind(frame.zone, 'String')}))) AS firstKnown
    FROM (SELECT ${isKnown} AS is_known, f.said[1].1 AS first FROM ${source} AS s LEFT ANY JOIN ${saidOfField('account', name, values)} AS f ON f.id = s.account SETTINGS join_use_nulls = 0)`;
};

/** Of how many accounts of the locked set the field was known by the lock, and of how many it became known later. */
export const lockedKnown = (name: string, frame: Frame, from: number, to: number): Query => {
  const values = makeValues();
  return { sql: knownOf(lockedFrom(frame, from, to, values), name, frame, values), params: values.params };
};

export type LockedRow = KeptSums & { kind: 'all' | GroupKind; name: string; paid: number[] };

/** Those that paid at the one place, and what they pay at the other: all together, and by group. */
export const lockedRows = (by: By | null, frame: Frame, from: number, to: number): Query => {
  const values = makeValues();
  return {
    sql: `SELECT one.1 AS kind, one.2 AS name, ${keptSums}, groupArrayIf(y, y > 0) AS paid
      FROM (SELECT x, y, arrayJoin(groups) AS one FROM ${withGroups(lockedFrom(frame, from, to, values), by, frame, values)}) GROUP BY one`,
    params: values.params,
  };
};

/** Places of the frame: accounts that began in these, or at the first of them, followed to a last one. */
export type Followed = { from: SubscriptionsAsked['survival']; first: number; last: number; until: number };

export type SurvivalRow = { kind: 'all' | GroupKind; name: string; month: number; left: number; followed: number };

/** Accounts with the month in which they began, counted from 1, and in which they first stopped paying, or 0. */
const followedFrom = (frame: Frame, { from, first, last, until }: Followed, values: Values): string => {
  const began = from === 'lock' ? `${first + 1}` : 'arrayFirstIndex(v -> v > 0, levels)';
  const isIn = from === 'lock' ? `levels[${first + 1}] > 0` : `began > 0 AND began - 1 BETWEEN ${first} AND ${last}`;
  return `(SELECT account, began, arrayFirstIndex(v -> v = 0, seen) AS stopped, if(stopped > 0, stopped, length(seen)) - 1 AS month
    FROM (SELECT account, levels, ${began} AS began, arraySlice(levels, began, ${until + 2} - began) AS seen FROM ${whole(frame, values)} WHERE ${isIn}))`;
};

/** Of how many of these accounts the field was known by the end of the month in which they began, and of how many it became known later. */
export const followedKnown = (name: string, frame: Frame, followed: Followed): Query => {
  const values = makeValues();
  return { sql: knownOf(followedFrom(frame, followed, values), name, frame, values), params: values.params };
};

/** By group and months since the start: who first stopped paying then, and who still paid when they were last seen. */
export const survivalRows = (by: By | null, frame: Frame, followed: Followed): Query => {
  const values = makeValues();
  return {
    sql: `SELECT one.1 AS kind, one.2 AS name, toInt32(month) AS month, toUInt32(countIf(stopped > 0)) AS left, toUInt32(countIf(stopped = 0)) AS followed
      FROM (SELECT stopped, month, arrayJoin(groups) AS one FROM ${withGroups(followedFrom(frame, followed, values), by, frame, values)}) GROUP BY one, month ORDER BY one, month`,
    params: values.params,
  };
};
