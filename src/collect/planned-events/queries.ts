import { and, asc, eq, isNull } from 'drizzle-orm';
import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import type { PlannedEvent } from './schema.ts';
import { plannedEvents } from './tables.ts';

export type Days = { from: string; to: string };

export const asPlannedEvent = (row: typeof plannedEvents.$inferSelect): PlannedEvent => ({
  id: row.id,
  name: row.name,
  description: row.description,
  owner: row.owner,
  properties: row.properties,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const readPlannedEvents = async (transaction: Transaction): Promise<PlannedEvent[]> =>
  (await transaction.select().from(plannedEvents).where(isNull(plannedEvents.deletedAt)).orderBy(asc(plannedEvents.name))).map(
    asPlannedEvent,
  );

/** One planned event; a Failure when this workspace has none with that id. */
export const readPlannedEvent = async (transaction: Transaction, id: string): Promise<PlannedEvent> => {
  const [row] = await transaction
    .select()
    .from(plannedEvents)
    .where(and(eq(plannedEvents.id, id), isNull(plannedEvents.deletedAt)));
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no such planned event in this workspace. List the planned events to see those there are.',
      zh: '此工作区中没有这个计划的事件。请列出以查看现有的。',
    });
  return asPlannedEvent(row);
};

/** activeDays and longestGap are of the 92 days before the end. */
export type ArrivedName = { name: string; events: number; firstDay: string; lastDay: string; activeDays: number; longestGap: number };

/** The planned names that ever arrived, and the names that arrived in the period; from the sums stored with the events. */
export const arrivedNames = (planned: readonly string[], unnamed: readonly string[], { from, to }: Days, limit: number): Query => ({
  sql: `SELECT name, toUInt64(sumIf(n, day BETWEEN {from:Date} AND {to:Date})) AS events, toString(min(day)) AS firstDay, toString(max(day)) AS lastDay,
      toUInt32(length(arraySort(groupArrayIf(92)(toUInt16(day), day > {to:Date} - 92)) AS seen)) AS activeDays, toUInt32(if(empty(seen), 0, arrayMax(arrayDifference(seen)))) AS longestGap
    FROM (SELECT name, day, count() AS n FROM ${rows('event')} GROUP BY name, day) WHERE day <= {to:Date}
    GROUP BY name HAVING name IN {planned:Array(String)} OR (events > 0 AND name NOT IN {unnamed:Array(String)})
    ORDER BY name IN {planned:Array(String)} DESC, events DESC, name LIMIT {limit:UInt32}`,
  params: { planned, unnamed, from, to, limit },
});

/** Events of the period; of a name with many, those whose number the step of that name divides: a random share, the same each time. */
const readSource = `(SELECT name, day, properties FROM ${rows('event')} WHERE day BETWEEN {from:Date} AND {to:Date}
  AND name IN {names:Array(String)} AND intHash64(message) % transform(name, {names:Array(String)}, {steps:Array(UInt64)}, toUInt64(1)) = 0)`;

export type Reading = Days & { names: readonly string[]; steps: readonly number[] };

const isNumber = `ifNull(isFinite(toFloat64OrNull(value)), 0)`;
const isBoolean = `value IN ('true', 'false')`;
const isDate = `(match(value, '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$') AND parseDateTimeBestEffortOrNull(substring(value, 1, 10)) IS NOT NULL)`;

export type Carried = {
  name: string;
  property: string;
  events: number;
  firstDay: string;
  lastDay: string;
  example: string;
  numbers: number;
  booleans: number;
  dates: number;
};

/** The properties that events of these names carry; an empty value carries nothing. */
export const carriedProperties = (reading: Reading): Query => ({
  sql: `SELECT name, property, toUInt64(count()) AS events, toString(min(day)) AS firstDay, toString(max(day)) AS lastDay,
      substringUTF8(any(value), 1, 200) AS example, toUInt64(countIf(${isNumber})) AS numbers, toUInt64(countIf(${isBoolean})) AS booleans, toUInt64(countIf(${isDate})) AS dates
    FROM (SELECT name, day, one.1 AS property, one.2 AS value FROM ${readSource} ARRAY JOIN CAST(properties, 'Array(Tuple(String, String))') AS one)
    WHERE value != '' GROUP BY name, property ORDER BY events DESC, property LIMIT 300 BY name`,
  params: { ...reading },
});

export type ReadCount = { name: string; events: number };

export const readCounts = (reading: Reading): Query => ({
  sql: `SELECT name, toUInt64(count()) AS events FROM ${readSource} GROUP BY name`,
  params: { ...reading },
});

export type Compared = {
  name: string;
  property: string;
  /** bare: of a planned text, a value that reads as a number or as true or false. */
  kind: 'missing' | 'type' | 'value' | 'bare' | '';
  events: number;
  firstDay: string;
  lastDay: string;
  example: string;
};

export type PlannedRows = { planName: string[]; planProperty: string[]; planType: string[]; planAllowed: string[][] };

/** Each planned property against each event that was read: how many are as planned (kind ''), and how many deviate in which way. */
export const comparedProperties = (reading: Reading, plan: PlannedRows): Query => ({
  sql: `SELECT name, property, kind, toUInt64(count()) AS events, toString(min(day)) AS firstDay, toString(max(day)) AS lastDay, substringUTF8(any(value), 1, 200) AS example
    FROM (SELECT e.name AS name, e.day AS day, p.property AS property, e.properties[p.property] AS value,
        multiIf(value = '', 'missing', p.type = 'number' AND NOT ${isNumber}, 'type', p.type = 'boolean' AND NOT ${isBoolean}, 'type',
          p.type = 'date' AND NOT ${isDate}, 'type', notEmpty(p.allowed) AND NOT has(p.allowed, value), 'value', p.type = 'string' AND empty(p.allowed) AND (${isNumber} OR ${isBoolean}), 'bare', '') AS kind
      FROM ${readSource} AS e INNER JOIN (SELECT one.1 AS name, one.2 AS property, one.3 AS type, one.4 AS allowed FROM
        (SELECT arrayJoin(arrayZip({planName:Array(String)}, {planProperty:Array(String)}, {planType:Array(String)}, {planAllowed:Array(Array(String))})) AS one)) AS p
        ON p.name = e.name)
    GROUP BY name, property, kind`,
  params: { ...reading, ...plan },
});
