import { accountsBy, events, peopleBy } from '../../collect/events/queries.ts';
import { addDays } from '../../platform/days.ts';
import type { Query } from '../../platform/events/store.ts';
import { type Doing, doingSql, hasMoments, timesDone } from '../questions/behaviours.ts';
import { groupOf, namedGroups, withValue } from '../questions/breakdowns.ts';
import { makeValues, type Values } from '../questions/filters.ts';
import type { Listing } from '../questions/listed.ts';
import type { Breakdown } from '../questions/schema.ts';
import { bucketSql, lastDayOf, periodsOf, type Days } from './periods.ts';
import type { AskedSeries, Measure, Period, TrendRowsAsked } from './schema.ts';

/** One line: what was done, and what is measured of it. */
export type Series = Pick<AskedSeries, 'measure' | 'property'> & { doing: Doing };
export type Asked = { series: Series; by: Period; days: Days; cumulative: boolean };
/** `bucket` is '' for the whole period. */
export type Counted = { kind: 'usual' | 'other' | 'not_set'; group: string; bucket: string; value: number | null; n: number };

const within = ({ doing }: Pick<Series, 'doing'>, { from, to }: Days, values: Values): string =>
  `${doingSql(doing, values)} AND day BETWEEN ${values.bind(from, 'Date')} AND ${values.bind(to, 'Date')}`;

const number = (series: Series, { bind }: Values): string => `toFloat64OrNull(properties[${bind(series.property, 'String')}])`;

type Measured = { value: string; n: string };
type PlainMeasure = Exclude<Measure, 'stickiness_7' | 'stickiness_28'>;

/** What is measured of a set of events or uses, and on how many of them it rests; 0 is nobody. Column `figure` holds the property. */
const counting = ({ doing, measure }: Series): Measured => {
  // Uses of several events come added up by day.
  const times = (only?: string) => {
    if (hasMoments(doing)) return only ? `countIf(${only})` : 'count()';
    return only ? `sumIf(times, ${only})` : 'sum(times)';
  };
  const [ofPeople, ofAccounts] = [times('person != 0'), times('account != 0')];
  const measured: Record<PlainMeasure, Measured> = {
    events: { value: `toFloat64(${times()})`, n: times() },
    people: { value: 'toFloat64(uniqExactIf(person, person != 0))', n: ofPeople },
    accounts: { value: 'toFloat64(uniqExactIf(account, account != 0))', n: ofAccounts },
    events_per_person: { value: `if(${ofPeople} = 0, NULL, ${ofPeople} / uniqExactIf(person, person != 0))`, n: ofPeople },
    sum: { value: 'ifNull(sum(figure), 0)', n: 'count(figure)' },
    mean: { value: 'avg(figure)', n: 'count(figure)' },
    median: { value: 'quantileExactInclusiveOrNull(0.5)(figure)', n: 'count(figure)' },
  };
  return measured[measure as PlainMeasure];
};

/** Events or uses of a series with their period; `figure` where a property is measured. */
const source = ({ series, by, days }: Asked, values: Values, more: string[] = []): string => {
  if (!hasMoments(series.doing))
    return `(SELECT person, account, n AS times, ${bucketSql[by]} AS bucket FROM ${timesDone(series.doing, days, values)})`;
  const figure = series.property && ['sum', 'mean', 'median'].includes(series.measure) ? `, ${number(series, values)} AS figure` : '';
  const columns = ['day', ...more, ...(figure && !more.includes('properties') ? ['properties'] : [])];
  return `(SELECT *, ${bucketSql[by]} AS bucket${figure} FROM ${events(within(series, days, values), columns)})`;
};

/** Sums that are stored with the events answer these; only filters on properties make them read events. */
const ofSets: Record<string, { value: string; n: string }> = {
  events: { value: 'toFloat64(events)', n: 'events' },
  people: { value: 'toFloat64(bitmapCardinality(people))', n: 'events' },
  accounts: { value: 'toFloat64(bitmapCardinality(accounts))', n: 'events' },
};
const setsBy = (measure: Measure) => (measure === 'accounts' ? accountsBy : peopleBy);
const haveSets = ({ measure, doing }: Series): boolean => measure in ofSets && hasMoments(doing);

/** A figure for each period that has one. */
export const trendCounts = (asked: Asked): Query => {
  const values = makeValues();
  const { series, by, days } = asked;
  if (asked.cumulative && (series.measure === 'people' || series.measure === 'accounts')) return firstCounts(asked);
  if (haveSets(series)) {
    const { value, n } = ofSets[series.measure]!;
    const sets = setsBy(series.measure)(bucketSql[by], within(series, days, values));
    return {
      sql: `SELECT 'usual' AS kind, '' AS group, toString(bucket) AS bucket, ${value} AS value, toUInt64(${n}) AS n FROM ${sets}`,
      params: values.params,
    };
  }
  const { value, n } = counting(series);
  return {
    sql: `SELECT 'usual' AS kind, '' AS group, toString(bucket) AS bucket, ${value} AS value, toUInt64(${n}) AS n FROM ${source(asked, values)} GROUP BY bucket`,
    params: values.params,
  };
};

/** The figure of the whole period, in which people and accounts are counted once. */
export const trendTotal = ({ series, days, by, cumulative }: Asked): Query => {
  const values = makeValues();
  const sets = haveSets(series);
  const { value, n } = sets ? ofSets[series.measure]! : counting(series);
  const from = sets
    ? setsBy(series.measure)(`toUInt8(day > '1970-01-01')`, within(series, days, values))
    : source({ series, days, by, cumulative }, values);
  return {
    sql: `SELECT 'usual' AS kind, '' AS group, '' AS bucket, ${value} AS value, toUInt64(${n}) AS n FROM ${from}`,
    params: values.params,
  };
};

/** How many are new in each period since the first: they add up to how many there were until then. */
const firstCounts = (asked: Asked): Query => {
  const values = makeValues();
  const who = asked.series.measure === 'people' ? 'person' : 'account';
  return {
    sql: `SELECT 'usual' AS kind, '' AS group, toString(first) AS bucket, toFloat64(count()) AS value, toUInt64(count()) AS n
      FROM (SELECT ${who}, min(bucket) AS first FROM ${source(asked, values)} WHERE ${who} != 0 GROUP BY ${who}) GROUP BY bucket`,
    params: values.params,
  };
};

/** The people of each day: bucket, people (a bitmap). */
const peopleByDay = (doing: Doing, days: Days, values: Values): string => {
  if (!hasMoments(doing))
    return `(SELECT day AS bucket, groupBitmapState(person) AS people FROM ${timesDone(doing, days, values)} WHERE person != 0 GROUP BY day)`;
  return peopleBy('day', within({ doing }, days, values));
};

/** On how many of the last days those who were active were active, as of the last day of each period. */
export const stickiness = ({ series, by, days }: Asked, today: string): Query => {
  const values = makeValues();
  const length = series.measure === 'stickiness_7' ? 7 : 28;
  const last = (start: string) => [lastDayOf(start, by), days.to, today].toSorted()[0]!;
  const ends = periodsOf(days, by)
    .map((start) => ({ start, end: last(start) }))
    .filter(({ start, end }) => start <= end);
  const [starts, lasts] = [
    values.bind(
      ends.map(({ start }) => start),
      'Array(Date)',
    ),
    values.bind(
      ends.map(({ end }) => end),
      'Array(Date)',
    ),
  ];
  const people = peopleByDay(series.doing, { from: addDays(days.from, 1 - length), to: days.to }, values);
  return {
    sql: `SELECT 'usual' AS kind, '' AS group, toString(one.1) AS bucket, sum(active) / nullIf(bitmapCardinality(groupBitmapOrState(people)), 0) AS value,
        toUInt64(bitmapCardinality(groupBitmapOrState(people))) AS n
      FROM (SELECT bucket AS day, people, bitmapCardinality(people) AS active FROM ${people})
      ARRAY JOIN arrayFilter(x -> x.2 >= day AND x.2 < day + ${length}, arrayZip(${starts}, ${lasts})) AS one GROUP BY one.1`,
    params: values.params,
  };
};

/** The values of a breakdown that have the most over the whole period, the unknown left out. */
export const topValues = (asked: Asked, breakdown: Breakdown): Query => {
  const values = makeValues();
  const { value, n } = counting(asked.series);
  return {
    sql: `SELECT value AS name FROM (SELECT value, ${value} AS figure_of, ${n} AS n FROM ${valued(asked, breakdown, values)} WHERE value != '' GROUP BY value)
      ORDER BY figure_of DESC NULLS LAST, n DESC, name LIMIT ${namedGroups}`,
    params: values.params,
  };
};

const valued = (asked: Asked, breakdown: Breakdown, values: Values): string =>
  withValue(source(asked, values, breakdown.by === 'property' ? ['properties'] : []), breakdown, values);

/** A figure for each period and group, and (with an empty bucket) for each group over the whole period. */
export const brokenDown = (asked: Asked, breakdown: Breakdown, named: readonly string[]): Query => {
  const values = makeValues();
  const { value, n } = counting(asked.series);
  const from = valued(asked, breakdown, values);
  const group = groupOf('value', values.bind(named, 'Array(String)'));
  return {
    sql: `SELECT one.1 AS kind, one.2 AS group, if(isWhole, '', toString(bucket)) AS bucket, figure_of AS value, toUInt64(n) AS n
      FROM (SELECT ${group} AS one, bucket, grouping(bucket) = 1 AS isWhole, ${value} AS figure_of, ${n} AS n FROM ${from}
        GROUP BY GROUPING SETS ((one, bucket), (one)))`,
    params: values.params,
  };
};

/** Events of a series that name nobody. */
export const withoutPerson = ({ series, days }: Pick<Asked, 'series' | 'days'>): Query => {
  const values = makeValues();
  // Nobody can do several events together without being known.
  if (!hasMoments(series.doing)) return { sql: 'SELECT toUInt64(0) AS events' };
  const only = `${within(series, days, values)} AND person = 0`;
  return { sql: `SELECT toUInt64(count()) AS events FROM ${events(only, [])}`, params: values.params };
};

/** The people or accounts behind a point: those of a period and group, with how much they did. */
export const trendRows = (asked: TrendRowsAsked, series: Series, days: Days, named: readonly string[]): Listing => {
  const values = makeValues();
  const who = asked.unit === 'people' ? 'person' : 'account';
  const needs = asked.breakdown?.by === 'property' ? ['at', 'properties'] : ['at'];
  const isOfEvents = hasMoments(series.doing);
  const read = isOfEvents ? events(within(series, days, values), ['day', ...needs]) : timesDone(series.doing, days, values);
  const from = asked.breakdown && asked.group ? withValue(read, asked.breakdown, values) : read;
  const group =
    asked.breakdown && asked.group
      ? `AND ${groupOf('value', values.bind(named, 'Array(String)'))} = (${values.bind(asked.group.kind, 'String')}, ${values.bind(asked.group.kind === 'usual' ? asked.group.name : '', 'String')})`
      : '';
  const iso = (instant: string) => `formatDateTime(${instant}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`;
  const when = (which: 'min' | 'max') => (isOfEvents ? iso(`${which}(at)`) : `toString(${which}(day))`);
  return {
    unit: asked.unit,
    source: `(SELECT ${who} AS number, toUInt64(${isOfEvents ? 'count()' : 'sum(n)'}) AS events, toUInt32(uniqExact(day)) AS days, ${when('min')} AS first_at, ${when('max')} AS last_at
      FROM ${from} WHERE ${who} != 0 ${group} GROUP BY number)`,
    columns: ['events', 'days', 'first_at', 'last_at'],
    order: 'events DESC, first_at',
    params: values.params,
  };
};
