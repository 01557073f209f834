import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';

const iso = (instant: string): string => `formatDateTime(${instant}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`;

/** The names of events that were received, the most frequent first; their sums answer without reading events. */
export const eventNames = (page: { search: string; limit: number }): Query => ({
  sql: `SELECT name, toUInt64(events) AS events, ${iso('first')} AS firstAt, ${iso('last')} AS lastAt
    FROM (SELECT name, count() AS events, min(at) AS first, max(at) AS last FROM ${rows('event')} GROUP BY name)
    WHERE {search:String} = '' OR positionCaseInsensitiveUTF8(name, {search:String}) > 0 ORDER BY events DESC, name LIMIT {limit:UInt32}`,
  params: page,
});

/** The newest days of the chosen events, and no more rows of them than one looks at: `event` is '' for any. */
const newest = `(SELECT name, properties FROM ${rows('event')} WHERE ({event:String} = '' OR name = {event:String})
    AND day >= (SELECT max(day) FROM ${rows('event')} WHERE {event:String} = '' OR name = {event:String}) - 13
  ORDER BY at DESC LIMIT {sample:UInt32})`;

/** Properties of an event among its newest rows, each with its most frequent values. */
export const eventProperties = (asked: { event: string; sample: number; property: string; search: string; values: number }): Query => ({
  sql: `SELECT property AS name, toUInt32(sum(n)) AS events, toUInt32(count()) AS distinct,
      if(sum(toFloat64OrNull(value) IS NOT NULL) = count(), 'number', 'text') AS kind,
      arraySlice(arrayMap(one -> one.2, arraySort(groupArray((-toInt64(n), value)))), 1, {values:UInt32}) AS values
    FROM (SELECT one.1 AS property, one.2 AS value, count() AS n FROM ${newest}
      ARRAY JOIN CAST(properties, 'Array(Tuple(String, String))') AS one
      WHERE value != '' AND ({property:String} = '' OR property = {property:String})
        AND ({search:String} = '' OR positionCaseInsensitiveUTF8(value, {search:String}) > 0)
      GROUP BY property, value)
    GROUP BY property ORDER BY events DESC, name LIMIT 300`,
  params: asked,
});
