import { events } from '../../collect/events/queries.ts';
import type { Query } from '../../platform/events/store.ts';
import { columnOf, firstSeen, withCluster } from '../activations/units.ts';
import { daysDone, type Doing, doingSql } from '../questions/behaviours.ts';
import { groupOf, namedGroups, withValue } from '../questions/breakdowns.ts';
import { type Sums, sumsOf } from '../questions/clusters.ts';
import { makeValues, type Values } from '../questions/filters.ts';
import type { Listing } from '../questions/listed.ts';
import { type Days, lastDayOf, periodsOf, shifted } from '../trends/periods.ts';
import type { Period } from '../trends/schema.ts';
import type { RetentionAsked, RetentionRowsAsked } from './schema.ts';

/** `open` is the first day that is not over, or that no event reaches: the one after `lastDay`. */
export type Followed = Omit<RetentionAsked, 'start' | 'return'> & {
  start: Doing | null;
  return: Doing;
  days: Days;
  today: string;
  lastDay: string | null;
  open: string;
  timeZone: string;
};

/** The day on which each began, over all time; with the property of that event where it is asked for. */
const begun = (asked: Followed, values: Values): string => {
  const { start, unit, breakdown, timeZone, days } = asked;
  if (!start) return firstSeen(unit, timeZone, values);
  if (breakdown?.by !== 'property')
    return `(SELECT number, min(day) AS start FROM ${daysDone(start, unit, { to: days.to }, values)} WHERE number != 0 GROUP BY number)`;
  const read = withValue(
    events(`${doingSql(start, values)} AND day <= ${values.bind(days.to, 'Date')}`, ['at', 'day', 'properties']),
    breakdown,
    values,
  );
  return `(SELECT ${columnOf(unit)} AS number, min(day) AS start, argMin(value, (at, value)) AS value FROM ${read} WHERE number != 0 GROUP BY number)`;
};

/** Those who began in the range: number, start, cluster (whose they are), value (of the breakdown). */
const beginners = (asked: Followed, values: Values): string => {
  const { unit, breakdown, days } = asked;
  const within = `start BETWEEN ${values.bind(days.from, 'Date')} AND ${values.bind(days.to, 'Date')}`;
  const clustered = withCluster(unit, `(SELECT * FROM ${begun(asked, values)} WHERE ${within})`);
  if (!breakdown || breakdown.by === 'property') return clustered;
  const named = `(SELECT *, number AS ${columnOf(unit)}${unit === 'people' ? ', if(cluster.1 = 2, cluster.2, 0) AS account' : ''} FROM ${clustered})`;
  return withValue(named, breakdown, values);
};

const age: Record<Period, (start: string, day: string) => string> = {
  day: (start, day) => `toInt32(${day} - ${start})`,
  week: (start, day) => `toInt32(intDiv(toMonday(${day}) - toMonday(${start}), 7))`,
  month: (start, day) => `toInt32(dateDiff('month', toStartOfMonth(${start}), toStartOfMonth(${day})))`,
};

const cohortOf: Record<Period, string> = { day: 'start', week: 'toMonday(start)', month: 'toStartOfMonth(start)' };

const lastReturn = ({ days, today, by, periods, kind }: Followed): string => {
  const last = lastDayOf(shifted(periodsOf(days, by).at(-1)!, by, periods), by);
  return kind === 'onOrAfter' || last > today ? today : last;
};

/** One row for each who began: cohort, how many periods are over (`had`), the days of return, and whether they came back in each period (`came`). */
const followed = (asked: Followed, values: Values): string => {
  const { by, periods, kind, days, breakdown } = asked;
  const { bind } = values;
  const returns = daysDone(asked.return, asked.unit, { from: days.from, to: lastReturn(asked) }, values);
  const ages = `arrayMap(d -> ${age[by]('start', 'd')}, returned)`;
  const came = kind === 'on' ? `has(ages, toInt32(k))` : `notEmpty(ages) AND arrayMax(ages) >= toInt32(k)`;
  return `(SELECT *, ${cohortOf[by]} AS cohort, ${age[by]('start', bind(asked.open, 'Date'))} AS had, ${ages} AS ages, arrayMap(k -> toUInt8(${came}), range(0, ${periods + 1})) AS came
    FROM (SELECT b.number AS number, any(b.start) AS start, any(b.cluster) AS cluster${breakdown ? ', any(b.value) AS value' : ''}, groupUniqArrayIf(d.day, d.day >= b.start) AS returned
      FROM ${returns} AS d RIGHT JOIN ${beginners(asked, values)} AS b ON b.number = d.number GROUP BY number SETTINGS join_use_nulls = 0))`;
};

/**
 * kind `cohort`: of one cohort, its first day as name, all periods; `all` and groups: of each period those for whom it is over.
 * Place 0 is how many there are at all, period 0 is at place 1.
 */
export type RetentionSums = Sums & { kind: 'cohort' | 'all' | 'usual' | 'other' | 'not_set'; name: string };

/** All figures of the answer in one statement. */
export const retentionSums = (asked: Followed, named: readonly string[]): Query => {
  const values = makeValues();
  const source = followed(asked, values);
  const group = asked.breakdown ? `, ${groupOf('value', values.bind(named, 'Array(String)'))}` : '';
  const places = `range(0, ${asked.periods + 1})`;
  const perUnit = `(SELECT one.1 AS kind, one.2 AS name, cluster, arrayPushFront(arrayMap(k -> toUInt8(kind = 'cohort' OR toInt32(k) < had), ${places}), toUInt8(1)) AS n,
      arrayPushFront(arrayMap((c, k) -> toUInt8(c = 1 AND (kind = 'cohort' OR toInt32(k) < had)), came, ${places}), toUInt8(1)) AS y
    FROM (SELECT *, arrayJoin([('cohort', toString(cohort)), ('all', '')${group}]) AS one FROM ${source}))`;
  return { sql: sumsOf(perUnit, ['kind', 'name']), params: values.params };
};

/** The values that most began with, the unknown left out. */
export const retentionValues = (asked: Followed): Query => {
  const values = makeValues();
  return {
    sql: `SELECT value AS name FROM (SELECT value, count() AS n FROM ${beginners(asked, values)} WHERE value != '' GROUP BY value)
      ORDER BY n DESC, name LIMIT ${namedGroups}`,
    params: values.params,
  };
};

/** Those of a cohort, or of all, who came back in a period, or did not. */
export const retentionRows = (asked: RetentionRowsAsked, follow: Followed, named: readonly string[]): Listing => {
  const values = makeValues();
  const { bind } = values;
  const { cohort, place, which, group } = asked;
  const source = followed(follow, values);
  const where = [
    cohort ? `cohort = ${bind(cohort, 'Date')}` : `had > ${bind(place, 'Int32')}`,
    `came[${place + 1}] = ${which === 'came' ? 1 : 0}`,
    ...(group
      ? [
          `${groupOf('value', bind(named, 'Array(String)'))} = (${bind(group.kind, 'String')}, ${bind(group.kind === 'usual' ? group.name : '', 'String')})`,
        ]
      : []),
  ];
  return {
    unit: asked.unit,
    source: `(SELECT number, toString(start) AS began_on, toUInt32(length(returned)) AS return_days, if(empty(returned), '', toString(arrayMax(returned))) AS returned_on FROM ${source} WHERE ${where.join(' AND ')})`,
    columns: ['began_on', 'return_days', 'returned_on'],
    order: 'return_days DESC, began_on',
    params: values.params,
  };
};
