import type { Query } from '../../platform/events/store.ts';
import { groupOf, namedGroups } from '../questions/breakdowns.ts';
import { makeValues } from '../questions/filters.ts';
import type { Listing } from '../questions/listed.ts';
import type { FunnelRowsAsked } from './schema.ts';
import { type Way, ways } from './ways.ts';

/** Sums over the clusters (accounts) of how many reached each step, and of the products that intervals need. */
export type FunnelCounts = {
  kind: 'usual' | 'other' | 'not_set';
  name: string;
  reached: number[];
  underWay: number[];
  /** How many clusters have anybody at each step. */
  clusters: number[];
  squares: number[];
  withFirst: number[];
  withPrevious: number[];
  settled: number;
  settledReached: number;
  settledClusters: number;
  settledSquares: number;
  settledReachedSquares: number;
  settledProducts: number;
  withAccount: number;
  /** p10, median and p90 of the milliseconds from the step before, from the second step on. */
  waits: number[][];
};

const places = ({ steps }: Pick<Way, 'steps'>): number[] => steps.map((_, index) => index + 1);

/** The figures of the funnel: of all, or of each group where there is a breakdown. */
export const funnelCounts = (way: Way, named: readonly string[] | null): Query => {
  const values = makeValues();
  const steps = places(way);
  const list = (text: (place: number) => string) => `[${steps.map(text).join(', ')}]`;
  const source = ways(way, values);
  const group = named ? groupOf('value', values.bind(named, 'Array(String)')) : `('usual', '')`;
  const cluster = way.unit === 'people' ? 'if(account != 0, toUInt64(account), number + 4294967296)' : 'toUInt64(number)';
  const waits = steps.slice(1).map((place) => `groupArrayIf(moments[${place}] - moments[${place - 1}], depth >= ${place}) AS w${place}`);
  const quantiles = steps.slice(1).map((place) => `quantilesExactInclusiveArray(0.1, 0.5, 0.9)(w${place})`);
  const last = steps.length;
  return {
    sql: `SELECT one.1 AS kind, one.2 AS name, sumForEach(r) AS reached, sumForEach(u) AS underWay,
      sumForEach(arrayMap(x -> x > 0, r)) AS clusters, sumForEach(arrayMap(x -> toFloat64(x * x), r)) AS squares,
      sumForEach(arrayMap(x -> toFloat64(x * r[1]), r)) AS withFirst,
      sumForEach(arrayMap((x, y) -> toFloat64(x * y), r, arrayPopBack(arrayPushFront(r, r[1])))) AS withPrevious,
      toUInt64(sum(s)) AS settled, toUInt64(sum(sr)) AS settledReached, countIf(s > 0) AS settledClusters, toFloat64(sum(s * s)) AS settledSquares,
      toFloat64(sum(sr * sr)) AS settledReachedSquares, toFloat64(sum(s * sr)) AS settledProducts, sum(known) AS withAccount, [${quantiles.join(', ')}] AS waits
    FROM (SELECT ${group} AS one, ${cluster} AS cluster, sumForEach(${list((place) => `toUInt64(depth >= ${place})`)}) AS r,
        sumForEach(${list((place) => `toUInt64(depth = ${place} AND under_way)`)}) AS u, countIf(settled) AS s, countIf(settled AND depth = ${last}) AS sr,
        countIf(account != 0) AS known, ${waits.join(', ')}
      FROM ${source} GROUP BY one, cluster) GROUP BY one`,
    params: values.params,
  };
};

/** The values with the most entries, the unknown left out. */
export const funnelValues = (way: Way): Query => {
  const values = makeValues();
  return {
    sql: `SELECT value AS name FROM (SELECT value, count() AS n FROM ${ways(way, values)} WHERE value != '' GROUP BY value)
      ORDER BY n DESC, name LIMIT ${namedGroups}`,
    params: values.params,
  };
};

const iso = (milliseconds: string) => `formatDateTime(fromUnixTimestamp64Milli(${milliseconds}, 'UTC'), '%Y-%m-%dT%H:%i:%SZ', 'UTC')`;

/** Those who came to a step, or came to it and no further. */
export const funnelRows = (asked: FunnelRowsAsked, way: Way, named: readonly string[]): Listing => {
  const values = makeValues();
  const place = values.bind(asked.place, 'UInt8');
  const last = asked.steps.length;
  const where = {
    reached: `depth >= ${place}`,
    stopped: `depth = ${place} AND NOT under_way AND depth < ${last}`,
    underWay: `depth = ${place} AND under_way`,
  }[asked.which];
  const source = ways(way, values);
  const { group } = asked;
  const inGroup =
    group && asked.breakdown
      ? `AND ${groupOf('value', values.bind(named, 'Array(String)'))} = (${values.bind(group.kind, 'String')}, ${values.bind(group.kind === 'usual' ? group.name : '', 'String')})`
      : '';
  return {
    unit: asked.unit,
    source: `(SELECT number, toUInt8(depth) AS steps, ${iso('entered')} AS entered_at, ${iso('moments[-1]')} AS last_step_at FROM ${source} WHERE ${where} ${inGroup})`,
    columns: ['steps', 'entered_at', 'last_step_at'],
    order: 'steps DESC, entered_at',
    params: values.params,
  };
};
