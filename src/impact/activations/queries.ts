import { events, peopleBy } from '../../collect/events/queries.ts';
import type { Query } from '../../platform/events/store.ts';
import { behaves, makeValues, stepSql, type Values } from '../questions/filters.ts';
import type { Listing } from '../questions/listed.ts';
import { atLeast, type SearchAsked, type SearchRowsAsked } from './schema.ts';
import { columnOf, firstSeen, half, withCluster } from './units.ts';

export type Frame = { from: string; to: string; lastDay: string; zone: string };
/** `event` is '' for the whole of a half. */
export type HalfCount = { half: 'training' | 'holdOut'; event: string; times: number; stayed: number; away: number };

export const mostNames = 60;

const lastOf = ({ from, to, lastDay }: Frame, { staying }: SearchAsked, { bind }: Values): string =>
  `day BETWEEN ${bind(from, 'Date')} AND least(${bind(lastDay, 'Date')}, ${bind(to, 'Date')} + ${staying.to})`;

/** Names that most people sent while those of the period were there: read from sums that are stored with the events. */
export const commonNames = (asked: SearchAsked, frame: Frame): Query => {
  const values = makeValues();
  const sets = peopleBy('name', `${behaves} AND ${lastOf(frame, asked, values)}`);
  return {
    sql: `SELECT toString(bucket) AS name FROM ${sets} ORDER BY bitmapCardinality(people) DESC, name LIMIT ${mostNames}`,
    params: values.params,
  };
};

/** Those first seen in the period whose time to stay is over, each with its half. */
const followed = ({ unit, staying }: SearchAsked, frame: Frame, values: Values): string => {
  const [from, to, lastDay] = [frame.from, frame.to, frame.lastDay].map((day) => values.bind(day, 'Date'));
  const first = firstSeen(unit, frame.zone, values);
  const only = `(SELECT * FROM ${first} WHERE start BETWEEN ${from} AND ${to} AND start + ${staying.to} <= ${lastDay})`;
  return `(SELECT *, ${half} AS half FROM ${withCluster(unit, only)})`;
};

const staysBy = ({ staying }: SearchAsked, values: Values): string => (staying.step ? stepSql(staying.step, values) : '1');

/** One row per unit and name: how often it was done early. Which names they are narrows nothing: anything can be staying. */
const done = (asked: SearchAsked, frame: Frame, values: Values): string => {
  const { unit, earlyDays, staying } = asked;
  const columns = ['name', 'day', ...(staying.step?.filters.length ? ['properties'] : [])];
  const read = events(`${behaves} AND ${lastOf(frame, asked, values)}`, columns);
  return `(SELECT u.number AS number, any(u.half) AS half, any(u.cluster) AS cluster, any(u.start) AS start, toString(e.name) AS name,
      toUInt32(countIf(e.day < u.start + ${earlyDays})) AS times, max(e.day BETWEEN u.start + ${staying.from} AND u.start + ${staying.to} AND e.stays) AS is_back
    FROM (SELECT ${columnOf(unit)} AS number, name, day, ${staysBy(asked, values)} AS stays FROM ${read} WHERE number != 0) AS e
    INNER JOIN ${followed(asked, frame, values)} AS u ON u.number = e.number GROUP BY number, name)`;
};

/** All units in question with what each did early; who only said who he is did nothing, and is there all the same. */
const ledger = (asked: SearchAsked, frame: Frame, values: Values): string =>
  `(SELECT u.number AS number, u.half AS half, u.start AS start, d.did AS did, d.has_stayed AS has_stayed
    FROM ${followed(asked, frame, values)} AS u
    LEFT ANY JOIN (SELECT number, groupArrayIf((name, times), times > 0) AS did, toUInt8(max(is_back)) AS has_stayed FROM ${done(asked, frame, values)} GROUP BY number) AS d
      ON d.number = u.number SETTINGS join_use_nulls = 0)`;

/** Of each half: how many stayed and left, in all and of those who did each behaviour. No unit leaves the store. */
export const searchCounts = (asked: SearchAsked, frame: Frame, names: readonly string[]): Query => {
  const values = makeValues();
  const known = values.bind(names, 'Array(String)');
  const levels = `arrayFilter(k -> k <= x.2, [${atLeast.join(', ')}])`;
  const each = `arrayFlatten(arrayMap(x -> arrayMap(k -> (x.1, toUInt32(k)), ${levels}), arrayFilter(x -> has(${known}, x.1), did)))`;
  return {
    sql: `SELECT half, one.1 AS event, one.2 AS times, toUInt32(countIf(has_stayed = 1)) AS stayed, toUInt32(countIf(has_stayed = 0)) AS away
      FROM ${ledger(asked, frame, values)} ARRAY JOIN arrayConcat([('', toUInt32(0))], ${each}) AS one GROUP BY half, one ORDER BY half, event, times`,
    params: values.params,
  };
};

export type Around = { accounts: number; tooYoung: number };

/** From how many accounts they come, and who was first seen too lately to have had the time. */
export const searchAround = ({ unit, staying }: SearchAsked, frame: Frame): Query => {
  const values = makeValues();
  const [from, to, lastDay] = [frame.from, frame.to, frame.lastDay].map((day) => values.bind(day, 'Date'));
  const first = `(SELECT * FROM ${firstSeen(unit, frame.zone, values)} WHERE start BETWEEN ${from} AND ${to})`;
  return {
    sql: `SELECT toUInt32(uniqExactIf(cluster, start + ${staying.to} <= ${lastDay})) AS accounts, toUInt32(countIf(start + ${staying.to} > ${lastDay})) AS tooYoung
      FROM ${withCluster(unit, first)}`,
    params: values.params,
  };
};

const isIt = (column: string, wanted: boolean | undefined): string => (wanted === undefined ? '1' : `${column} = ${wanted ? 1 : 0}`);

/** Those behind a figure: who did it or did not, who stayed or left. */
export const searchRows = (asked: SearchRowsAsked, frame: Frame): Listing => {
  const values = makeValues();
  const name = values.bind(asked.event, 'String');
  const times = values.bind(asked.times, 'UInt32');
  const ofHalf = asked.half ? `half = ${values.bind(asked.half, 'String')}` : '1';
  return {
    unit: asked.unit,
    source: `(SELECT number, toString(start) AS first_day, half, toUInt32(arraySum(x -> if(x.1 = ${name}, x.2, 0), did)) AS times,
        toUInt8(times >= ${times}) AS did_it, toUInt8(has_stayed) AS stayed
      FROM ${ledger(asked, frame, values)} WHERE ${isIt('did_it', asked.did)} AND ${isIt('stayed', asked.stayed)} AND ${ofHalf})`,
    columns: ['first_day', 'times', 'stayed', 'half'],
    order: 'times DESC, first_day',
    params: values.params,
  };
};
