import { events, numbers } from '../../collect/events/queries.ts';
import { sourceIds } from '../../collect/objects/queries.ts';
import type { Query } from '../../platform/events/store.ts';
import { folded } from '../landing-reports/folded.ts';
import { behaves, makeValues, type Values } from '../questions/filters.ts';
import { type ExpansionsAsked, fewestOnPlan } from './schema.ts';

export type Days = { from: string; to: string };

/** Each account with a plan: how many of its people were active, and what an account on its plan stands out above. */
const ledger = ({ limits }: ExpansionsAsked, days: Days, values: Values): string => {
  const plans = values.bind(
    limits.map(({ plan }) => plan),
    'Array(String)',
  );
  const people = values.bind(
    limits.map((one) => one.people),
    'Array(UInt32)',
  );
  const active = `(SELECT account AS number, toUInt32(uniqExact(person)) AS active FROM ${events(`${behaves} AND day BETWEEN ${values.bind(days.from, 'Date')} AND ${values.bind(days.to, 'Date')}`, [])}
    WHERE account != 0 AND person != 0 GROUP BY number)`;
  return `(SELECT *, has(${plans}, plan) AS is_set, is_set OR on_plan >= ${fewestOnPlan} AS is_known,
      if(is_set, toFloat64(${people}[indexOf(${plans}, plan)]), usual) AS plan_limit, is_known AND active > plan_limit AS outgrown
    FROM (SELECT *, count() OVER (PARTITION BY plan) AS on_plan, toFloat64(quantileExact(0.9)(active) OVER (PARTITION BY plan)) AS usual
      FROM (SELECT a.id AS id, ifNull(a.name, '') AS name, trimBoth(ifNull(a.segment, '')) AS segment, trimBoth(ifNull(a.plan, '')) AS plan, ifNull(e.active, 0) AS active
        FROM ${folded('account', ['name', 'segment', 'plan'])} AS a
        LEFT ANY JOIN (SELECT n.id AS id, active FROM ${active} AS e INNER JOIN ${numbers('account')} AS n ON n.number = e.number) AS e ON e.id = a.id)
      WHERE plan != ''))`;
};

export type PlanRow = {
  plan: string;
  accounts: number;
  median: number;
  plan_limit: number;
  isSet: number;
  isKnown: number;
  outgrown: number;
};

export const planRows = (asked: ExpansionsAsked, days: Days): Query => {
  const values = makeValues();
  return {
    sql: `SELECT plan, toUInt32(count()) AS accounts, toFloat64(quantileExact(0.5)(active)) AS median, any(l.plan_limit) AS plan_limit, toUInt8(any(is_set)) AS isSet, toUInt8(any(is_known)) AS isKnown,
      toUInt32(countIf(l.outgrown)) AS outgrown FROM ${ledger(asked, days, values)} AS l GROUP BY plan ORDER BY accounts DESC, plan`,
    params: values.params,
  };
};

export type SegmentRow = { segment: string; accounts: number; outgrown: number };
export const segmentRows = (asked: ExpansionsAsked, days: Days): Query => {
  const values = makeValues();
  return {
    sql: `SELECT segment, toUInt32(count()) AS accounts, toUInt32(countIf(l.outgrown)) AS outgrown FROM ${ledger(asked, days, values)} AS l GROUP BY segment ORDER BY outgrown DESC, segment`,
    params: values.params,
  };
};

export const withoutPlan: Query = {
  sql: `SELECT toUInt32(countIf(trimBoth(ifNull(plan, '')) = '')) AS accounts FROM ${folded('account', ['plan'])}`,
};

export const rowColumns = ['id', 'name', 'source_id', 'segment', 'plan', 'active_people', 'plan_limit', 'times_the_limit'];

const outgrown = (asked: ExpansionsAsked, days: Days, values: Values): string =>
  `(SELECT * FROM ${ledger(asked, days, values)} WHERE outgrown${asked.segment === null ? '' : ` AND segment = ${values.bind(asked.segment, 'String')}`})`;

export const countRows = (asked: ExpansionsAsked, days: Days): Query => {
  const values = makeValues();
  return { sql: `SELECT toUInt32(count()) AS total FROM ${outgrown(asked, days, values)}`, params: values.params };
};

/** Accounts that outgrew their plan, the furthest above its limit first. */
export const pageRows = (asked: ExpansionsAsked, days: Days, page: { offset: number; limit: number }): Query => {
  const values = makeValues({ ...page });
  return {
    sql: `SELECT r.id AS id, r.name AS name, k.source_id AS source_id, r.segment AS segment, r.plan AS plan, r.active AS active_people, r.plan_limit AS plan_limit, r.times AS times_the_limit
      FROM (SELECT *, round(active / plan_limit, 2) AS times FROM ${outgrown(asked, days, values)} ORDER BY times DESC, id LIMIT {limit:UInt32} OFFSET {offset:UInt32}) AS r
      LEFT ANY JOIN ${sourceIds('account')} AS k ON k.id = r.id ORDER BY r.times DESC, r.id`,
    params: values.params,
  };
};
