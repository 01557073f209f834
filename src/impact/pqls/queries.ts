import { addDays } from '../../platform/days.ts';
import { events, numbers } from '../../collect/events/queries.ts';
import type { Query } from '../../platform/events/store.ts';
import { columnOf, firstSeen } from '../activations/units.ts';
import { folded } from '../landing-reports/folded.ts';
import { anyStepSql, makeValues, stepSql, type Values } from '../questions/filters.ts';
import type { Listing } from '../questions/listed.ts';
import type { Definition } from './schema.ts';

/** The day whose end is looked back from, in the zone of the workspace. */
export type AsOf = { day: string; zone: string };

/** Points of each unit that did anything of the criteria in the days up to the day. */
const points = ({ unit, days, criteria }: Definition, { day }: AsOf, values: Values): string => {
  const steps = criteria.map(({ step }) => step);
  const span = `day BETWEEN ${values.bind(addDays(day, 1 - days), 'Date')} AND ${values.bind(day, 'Date')}`;
  const filtered = steps.some(({ filters }) => filters.length > 0);
  const met = criteria.map(({ step, times, points: worth }) => `if(countIf(${stepSql(step, values)}) >= ${times}, ${worth}, 0)`);
  return `(SELECT ${columnOf(unit)} AS number, toUInt16(${met.join(' + ')}) AS score, max(at) AS last
    FROM ${events(`${anyStepSql(steps, values)} AND ${span}`, ['name', 'at', ...(filtered ? ['properties'] : [])])} WHERE number != 0 GROUP BY number)`;
};

/** The first day on which each came to what a lead is to come to, over all time. */
const converted = ({ unit, conversion }: Definition, { zone }: AsOf, values: Values): string => {
  if (conversion.by === 'event') {
    const columns = conversion.step.filters.length > 0 ? ['name', 'day', 'properties'] : ['name', 'day'];
    return `(SELECT ${columnOf(unit)} AS number, min(day) AS on FROM ${events(stepSql(conversion.step, values), columns)} WHERE number != 0 GROUP BY number)`;
  }
  const [field, kind] = unit === 'people' ? (['person_id', 'person'] as const) : (['account_id', 'account'] as const);
  const won = `(SELECT ifNull(${field}, '') AS id, min(closed_at) AS at FROM ${folded('opportunity', [field, 'state', 'closed_at'])}
    WHERE ifNull(state, '') = 'won' AND closed_at IS NOT NULL AND id != '' GROUP BY id)`;
  return `(SELECT u.number AS number, toDate(assumeNotNull(w.at), ${values.bind(zone, 'String')}) AS on FROM ${won} AS w INNER JOIN ${numbers(kind)} AS u ON u.id = w.id)`;
};

/** Everybody who was there by the day and had not converted: the score then, and when they converted, or '1970-01-01'. */
const ledger = (asked: Definition, asOf: AsOf, values: Values): string => {
  const day = values.bind(asOf.day, 'Date');
  return `(SELECT f.number AS number, p.score AS score, p.last AS last, c.on AS on
    FROM (SELECT number FROM ${firstSeen(asked.unit, asOf.zone, values)} WHERE start <= ${day}) AS f
    LEFT ANY JOIN ${points(asked, asOf, values)} AS p ON p.number = f.number
    LEFT ANY JOIN ${converted(asked, asOf, values)} AS c ON c.number = f.number
    WHERE on = toDate(0) OR on > ${day} SETTINGS join_use_nulls = 0)`;
};

export type ScoreCount = { score: number; happened: number; not: number };

/** Of those with each score on the day, how many converted within the days after it. */
export const scoreCounts = (asked: Definition, asOf: AsOf): Query => {
  const values = makeValues();
  const last = values.bind(addDays(asOf.day, asked.within), 'Date');
  return {
    sql: `SELECT score, toUInt32(countIf(on != toDate(0) AND on <= ${last})) AS happened, toUInt32(count()) - happened AS not
      FROM ${ledger(asked, asOf, values)} GROUP BY score ORDER BY score`,
    params: values.params,
  };
};

/** Those at or above the line at the end of the day who have not converted. */
export const leads = (asked: Definition, asOf: AsOf): Listing => {
  const values = makeValues();
  const line = values.bind(asked.line, 'UInt16');
  return {
    unit: asked.unit,
    source: `(SELECT number, score, formatDateTime(last, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS last_at FROM ${ledger(asked, asOf, values)} WHERE score >= ${line})`,
    columns: ['score', 'last_at'],
    order: 'score DESC, last_at DESC',
    params: values.params,
  };
};
