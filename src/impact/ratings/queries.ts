import { events, whoIsWho } from '../../collect/events/queries.ts';
import type { Query } from '../../platform/events/store.ts';
import { withCluster } from '../activations/units.ts';
import { groupOf, namedGroups, withValue } from '../questions/breakdowns.ts';
import { sumsOf } from '../questions/clusters.ts';
import { makeValues, stepSql, type Values } from '../questions/filters.ts';
import type { Listing } from '../questions/listed.ts';
import { bucketSql, type Days } from '../trends/periods.ts';
import type { RatingsAsked } from './schema.ts';

const within = (days: Days, { bind }: Values): string => `day BETWEEN ${bind(days.from, 'Date')} AND ${bind(days.to, 'Date')}`;

/** Each answer with its number (NULL where it is none of the scale), and the value of the breakdown. */
const given = ({ answer, property, scale, breakdown }: RatingsAsked, days: Days, values: Values): string => {
  const read = events(`${stepSql(answer, values)} AND ${within(days, values)}`, ['day', 'at', 'message', 'properties']);
  const from = breakdown ? withValue(read, breakdown, values) : `(SELECT *, '' AS value FROM ${read})`;
  const number = `toFloat64OrNull(trimBoth(properties[${values.bind(property, 'String')}]))`;
  const isOne = `number = round(number) AND number BETWEEN ${values.bind(scale.from, 'Int8')} AND ${values.bind(scale.to, 'Int8')}`;
  return `(SELECT person, day, at, message, value, ${number} AS number, if(${isOne}, toInt8(assumeNotNull(number)), NULL) AS rated FROM ${from})`;
};

/** Of each person the newest answer, in all or of each period. */
const newest = (asked: RatingsAsked, days: Days, values: Values, bucket = '0'): string =>
  `(SELECT bucket, one.1 AS star, one.2 AS value FROM (SELECT person, ${bucket} AS bucket, argMax((assumeNotNull(rated), value), (at, message)) AS one
    FROM ${given(asked, days, values)} WHERE person != 0 AND rated IS NOT NULL GROUP BY person, bucket))`;

export type StarCount = { kind: 'usual' | 'other' | 'not_set'; name: string; star: number; count: number };

/** Values of the breakdown by how many people answered. */
export const topValues = (asked: RatingsAsked, days: Days): Query => {
  const values = makeValues();
  return {
    sql: `SELECT value AS name FROM ${newest(asked, days, values)} WHERE value != '' GROUP BY value ORDER BY count() DESC, name LIMIT ${namedGroups}`,
    params: values.params,
  };
};

/** How many people gave which rating, by group. */
export const starCounts = (asked: RatingsAsked, days: Days, named: readonly string[]): Query => {
  const values = makeValues();
  const group = groupOf('value', values.bind(named, 'Array(String)'));
  return {
    sql: `SELECT group.1 AS kind, group.2 AS name, star, toUInt32(count()) AS count
      FROM (SELECT ${group} AS group, star FROM ${newest(asked, days, values)}) GROUP BY group, star ORDER BY kind, name, star`,
    params: values.params,
  };
};

export type PeriodCount = { at: string; star: number; count: number };
/** How many people gave which rating in each period: of each the newest answer of that period. */
export const periodCounts = (asked: RatingsAsked, days: Days): Query => {
  const values = makeValues();
  return {
    sql: `SELECT toString(bucket) AS at, star, toUInt32(count()) AS count FROM ${newest(asked, days, values, bucketSql[asked.by])} GROUP BY bucket, star ORDER BY at, star`,
    params: values.params,
  };
};

export type Around = { outside: number; withoutPerson: number; repeated: number; accounts: number };
/** What is left out, and from how many accounts the answers are. */
export const around = (asked: RatingsAsked, days: Days): Query => {
  const values = makeValues();
  return {
    sql: `SELECT toUInt32(countIf(rated IS NULL)) AS outside, toUInt32(countIf(rated IS NOT NULL AND g.person = 0)) AS withoutPerson,
        toUInt32(countIf(rated IS NOT NULL AND g.person != 0) - uniqExactIf(g.person, rated IS NOT NULL AND g.person != 0)) AS repeated,
        toUInt32(uniqExactIf(if(w.account = 0, (1, g.person), (2, w.account)), rated IS NOT NULL AND g.person != 0)) AS accounts
      FROM ${given(asked, days, values)} AS g LEFT ANY JOIN ${whoIsWho} AS w ON w.person = g.person SETTINGS join_use_nulls = 0`,
    params: values.params,
  };
};

/** Of those who were asked in the period, who answered in it at that moment or later. */
export const responseSums = (asked: RatingsAsked, days: Days): Query => {
  const values = makeValues();
  const invited = `(SELECT person AS number, min(at) AS asked_at FROM ${events(`${stepSql(asked.invitation!, values)} AND ${within(days, values)}`, ['at'])} WHERE person != 0 GROUP BY person)`;
  const answered = `(SELECT person, max(at) AS answered_at FROM ${given(asked, days, values)} WHERE person != 0 AND rated IS NOT NULL GROUP BY person)`;
  const each = `(SELECT i.number AS number, [1] AS n, [toUInt8(a.answered_at >= i.asked_at)] AS y FROM ${invited} AS i LEFT ANY JOIN ${answered} AS a ON a.person = i.number SETTINGS join_use_nulls = 0)`;
  return { sql: sumsOf(withCluster('people', each)), params: values.params };
};

/** Those behind a rating, with what they gave and when. */
export const ratingRows = (asked: RatingsAsked & { star?: number }, days: Days): Listing => {
  const values = makeValues();
  const only = asked.star === undefined ? '1' : `star = ${values.bind(asked.star, 'Int8')}`;
  return {
    unit: 'people',
    source: `(SELECT person AS number, star AS rating, formatDateTime(last, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS last_at, times AS answers
      FROM (SELECT person, argMax(assumeNotNull(rated), (at, message)) AS star, max(at) AS last, toUInt32(count()) AS times
        FROM ${given(asked, days, values)} WHERE person != 0 AND rated IS NOT NULL GROUP BY person) WHERE ${only})`,
    columns: ['rating', 'last_at', 'answers'],
    order: 'last_at DESC',
    params: values.params,
  };
};
