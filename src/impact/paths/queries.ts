import type { Query } from '../../platform/events/store.ts';
import { makeValues, type Values } from '../questions/filters.ts';
import type { Listing } from '../questions/listed.ts';
import type { PathsPlace, PathsRowsAsked } from './schema.ts';
import { beginning, other, shownPaths, type Taking } from './taken.ts';

export const facets = ['all', 'node', 'link', 'begins', 'whole', 'reached'] as const;
export type Facet = (typeof facets)[number];

/** One figure: paths that are at a node, go along a link, begin with steps. Names are '' where they are beyond the largest. */
export type PathCount = {
  facet: Facet;
  position: number;
  path: string[];
  count: number;
  units: number;
  ended: number;
  arrived: number;
  /** For the interval: clusters with any path at all, and sums over them. */
  clusters: number;
  squares: number;
  products: number;
  totals: number;
  /** Median milliseconds to what ends the path. */
  took: number | null;
  /** How many different names there are at each position. */
  different: number[];
};

const mostOfFacet = 600;

/** All figures in one pass over the paths. Each path says of itself what it counts for; no path leaves the store. */
export const pathCounts = (taking: Taking): Query => {
  const values = makeValues();
  const start = beginning(taking, values);
  // 0: goes on, 1: the session is over, 2: came to what ends it.
  const state = (place: string) => `if(is_over AND ${place} = length(shown), if(has_arrived, 2, 1), 0)`;
  const row = (facet: Facet, position: string, path: string, how: string) =>
    `(toUInt8(${facets.indexOf(facet)}), toUInt8(${position}), ${path}, toUInt8(${how}))`;
  const nodes = `arrayMap(i -> ${row('node', 'i', '[shown[i]]', state('i'))}, arrayEnumerate(shown))`;
  const links = `arrayMap(i -> ${row('link', 'i', '[shown[i], shown[i + 1]]', '0')}, arrayPopBack(arrayEnumerate(shown)))`;
  const named = `arrayFilter(i -> NOT has(arraySlice(shown, 1, i), toUInt32(${other})), arrayEnumerate(shown))`;
  const begins = `arrayMap(i -> ${row('begins', 'i', 'arraySlice(shown, 1, i)', state('i'))}, ${named})`;
  const only = (condition: string, one: string) => `arrayFilter(x -> ${condition}, [${one}])`;
  const whole = only('has_arrived AND is_over', row('whole', 'length(steps)', 'steps', '2'));
  const reached = only('has_arrived', row('reached', '0', 'emptyArrayUInt32()', 'if(is_over, 2, 0)'));
  const all = `[${row('all', '0', 'emptyArrayUInt32()', state('0'))}]`;
  return {
    sql: `${start} SELECT [${facets.map((facet) => `'${facet}'`).join(', ')}][one.1 + 1] AS facet, one.2 AS position, arrayMap(i -> known[i], one.3) AS path,
      toUInt32(sum(y)) AS count, toUInt32(sum(people)) AS units, toUInt32(sum(over)) AS ended, toUInt32(sum(there)) AS arrived,
      toUInt32(any(clusters)) AS clusters, toFloat64(sum(y * y)) AS squares, toFloat64(sum(y * of)) AS products, toFloat64(any(totals)) AS totals,
      if(one.1 >= ${facets.indexOf('whole')}, quantileExactInclusiveArray(0.5)(waits), NULL) AS took, arrayMap(x -> x.2, largest) AS different
    FROM (SELECT one, y, people, over, there, waits, sumIf(y, one.1 = 0) OVER (PARTITION BY cluster) AS of,
        countIf(one.1 = 0) OVER () AS clusters, sumIf(y * y, one.1 = 0) OVER () AS totals
      FROM (SELECT cluster, (kind.1, kind.2, kind.3) AS one, count() AS y, uniqExact(number) AS people, countIf(kind.4 = 1) AS over, countIf(kind.4 = 2) AS there,
          groupArrayIf(took, kind.1 >= ${facets.indexOf('whole')}) AS waits
        FROM ${shownPaths(taking, values)} ARRAY JOIN arrayConcat(${[all, nodes, links, begins, whole, reached].join(', ')}) AS kind
        GROUP BY cluster, one))
    GROUP BY one ORDER BY one.1, count DESC, position, path LIMIT ${mostOfFacet} BY one.1`,
    params: values.params,
  };
};

const iso = (milliseconds: string) => `formatDateTime(fromUnixTimestamp64Milli(${milliseconds}, 'UTC'), '%Y-%m-%dT%H:%i:%SZ', 'UTC')`;

const conditionOf = (place: PathsPlace, { bind }: Values): string => {
  const named = (list: string) => `arrayMap(i -> known[i], ${list})`;
  const list = (path: readonly string[]) => bind(path, 'Array(String)');
  const starts = (path: readonly string[]) => `${named(`arraySlice(shown, 1, ${path.length})`)} = ${list(path)}`;
  const isAt = (position: number, name: string | null) =>
    `length(shown) >= ${position} AND known[shown[${position}]] = ${bind(name ?? '', 'String')}`;
  switch (place.kind) {
    case 'begins':
      return starts(place.path);
    case 'other':
      return `length(shown) > ${place.path.length} AND ${starts(place.path)} AND NOT has(${list(place.next)}, known[shown[${place.path.length + 1}]])`;
    case 'ended':
      return `is_over AND NOT has_arrived AND length(shown) = ${place.path.length} AND ${starts(place.path)}`;
    case 'node':
      return isAt(place.position, place.name);
    case 'link':
      return `${isAt(place.position, place.from)} AND ${isAt(place.position + 1, place.to)}`;
    case 'whole':
      return `has_arrived AND is_over AND ${named('steps')} = ${list(place.path)}`;
    case 'reached':
      return 'has_arrived';
  }
};

/** Whose paths they are, with how many each has. */
export const pathRows = (asked: PathsRowsAsked, taking: Taking): Listing => {
  const values = makeValues();
  const start = beginning(taking, values);
  const where = conditionOf(asked.place, values);
  return {
    unit: asked.unit,
    source: `(${start} SELECT number, toUInt32(count()) AS paths, ${iso('min(entered)')} AS first_at, ${iso('max(entered)')} AS last_at
      FROM ${shownPaths(taking, values)} WHERE ${where} GROUP BY number)`,
    columns: ['paths', 'first_at', 'last_at'],
    order: 'paths DESC, first_at',
    params: values.params,
  };
};
