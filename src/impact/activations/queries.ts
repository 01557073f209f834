import { events, peopleBy } from '../../collect/events/queries.ts';
import { addDays } from '../../platform/days.ts';
import type { Query } from '../../platform/events/store.ts';
import { type Doing, doingSql, hasMoments, readsProperties, timesDone } from '../questions/behaviours.ts';
import { behaves, makeValues, type Values } from '../questions/filters.ts';
import type { Listing } from '../questions/listed.ts';
import { atLeast, type SearchAsked, type SearchRowsAsked } from './schema.ts';
import { columnOf, firstSeen, half, withCluster } from './units.ts';

/** The days of the question, and what its behaviours mean. */
export type Frame = { from: string; to: string; lastDay: string; zone: string; stays: Doing | null; behaviours: readonly Doing[] };
/** `place` is that among the behaviours of the question, -1 for an event by its name; `times` is 0 for the whole of a half. */
export type HalfCount = { half: 'training' | 'holdOut'; place: number; event: string; times: number; stayed: number; away: number };

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

/** Each event that can count, with whether it is staying. Which names they are narrows nothing: anything can be staying. */
const happened = (asked: SearchAsked, frame: Frame, values: Values): string => {
  const { stays } = frame;
  const columns = ['name', 'day', ...(stays && readsProperties(stays) ? ['properties'] : [])];
  const read = events(`${behaves} AND ${lastOf(frame, asked, values)}`, columns);
  const isStaying = stays === null ? '1' : hasMoments(stays) ? doingSql(stays, values) : '0';
  return `SELECT ${columnOf(asked.unit)} AS number, toInt16(-1) AS place, toString(name) AS name, day, toUInt64(1) AS n, toUInt8(${isStaying}) AS stays FROM ${read} WHERE number != 0`;
};

/** The same by the day: behaviours that were asked for, by their place, and staying that is made of several events, which is nothing early. */
const byDay = ({ unit, staying }: SearchAsked, frame: Frame, values: Values): string[] => {
  const days = { from: frame.from, to: [frame.lastDay, addDays(frame.to, staying.to)].toSorted()[0]! };
  const row = (doing: Doing, place: number, n: string, stays: 0 | 1) =>
    `SELECT ${columnOf(unit)} AS number, toInt16(${place}) AS place, '' AS name, day, toUInt64(${n}) AS n, toUInt8(${stays}) AS stays
      FROM ${timesDone(doing, days, values)} WHERE number != 0`;
  return [
    ...frame.behaviours.map((doing, place) => row(doing, place, 'n', 0)),
    ...(frame.stays && !hasMoments(frame.stays) ? [row(frame.stays, -1, '0', 1)] : []),
  ];
};

/** One row per unit and behaviour: how often it was done early. */
const done = (asked: SearchAsked, frame: Frame, values: Values): string => {
  const { earlyDays, staying } = asked;
  const all = [happened(asked, frame, values), ...byDay(asked, frame, values)].join(' UNION ALL ');
  return `(SELECT u.number AS number, any(u.half) AS half, any(u.cluster) AS cluster, any(u.start) AS start, e.place AS place, e.name AS name,
      toUInt32(sumIf(e.n, e.day < u.start + ${earlyDays})) AS times, max(e.day BETWEEN u.start + ${staying.from} AND u.start + ${staying.to} AND e.stays) AS is_back
    FROM (${all}) AS e INNER JOIN ${followed(asked, frame, values)} AS u ON u.number = e.number GROUP BY number, place, name)`;
};

/** All units in question with what each did early; who only said who he is did nothing, and is there all the same. */
const ledger = (asked: SearchAsked, frame: Frame, values: Values): string =>
  `(SELECT u.number AS number, u.half AS half, u.start AS start, d.did AS did, d.has_stayed AS has_stayed
    FROM ${followed(asked, frame, values)} AS u
    LEFT ANY JOIN (SELECT number, groupArrayIf((place, name, times), times > 0) AS did, toUInt8(max(is_back)) AS has_stayed FROM ${done(asked, frame, values)} GROUP BY number) AS d
      ON d.number = u.number SETTINGS join_use_nulls = 0)`;

/** Of each half: how many stayed and left, in all and of those who did each behaviour. No unit leaves the store. */
export const searchCounts = (asked: SearchAsked, frame: Frame, names: readonly string[]): Query => {
  const values = makeValues();
  const known = values.bind(names, 'Array(String)');
  const levels = `arrayFilter(k -> k <= x.3, [${atLeast.join(', ')}])`;
  const each = `arrayFlatten(arrayMap(x -> arrayMap(k -> (x.1, x.2, toUInt32(k)), ${levels}), arrayFilter(x -> x.1 >= 0 OR has(${known}, x.2), did)))`;
  return {
    sql: `SELECT half, toInt32(one.1) AS place, one.2 AS event, one.3 AS times, toUInt32(countIf(has_stayed = 1)) AS stayed, toUInt32(countIf(has_stayed = 0)) AS away
      FROM ${ledger(asked, frame, values)} ARRAY JOIN arrayConcat([(toInt16(-1), '', toUInt32(0))], ${each}) AS one GROUP BY half, one ORDER BY half, place, event, times`,
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
  const place = values.bind(asked.behaviour ?? -1, 'Int16');
  const name = values.bind(asked.event ?? '', 'String');
  const times = values.bind(asked.times, 'UInt32');
  const ofHalf = asked.half ? `half = ${values.bind(asked.half, 'String')}` : '1';
  return {
    unit: asked.unit,
    source: `(SELECT number, toString(start) AS first_day, half, toUInt32(arraySum(x -> if(x.1 = ${place} AND x.2 = ${name}, x.3, 0), did)) AS times,
        toUInt8(times >= ${times}) AS did_it, toUInt8(has_stayed) AS stayed
      FROM ${ledger(asked, frame, values)} WHERE ${isIt('did_it', asked.did)} AND ${isIt('stayed', asked.stayed)} AND ${ofHalf})`,
    columns: ['first_day', 'times', 'stayed', 'half'],
    order: 'times DESC, first_day',
    params: values.params,
  };
};
