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

const chosen = `({event:String} = '' OR name = {event:String})`;
/** The newest days that hold as many of the chosen events as are looked at; the sums by day say which. */
const since = `(SELECT min(day) FROM (SELECT day, sum(n) OVER (ORDER BY day DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS newer
  FROM (SELECT day, count() AS n FROM ${rows('event')} WHERE ${chosen} GROUP BY day)) WHERE ifNull(newer, 0) < {sample:UInt32})`;
/** The newest of the chosen events: `event` is '' for any. */
const newest = `(SELECT name, properties FROM ${rows('event')} WHERE ${chosen} AND day >= ${since} ORDER BY at DESC LIMIT {sample:UInt32})`;

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
