import { events } from '../../collect/events/queries.ts';
import { sourceIds } from '../../collect/objects/queries.ts';
import { everybody } from '../../launch/features/schema.ts';
import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { eligibleSources } from '../questions/base.ts';
import { newestOf } from '../questions/breakdowns.ts';
import { conditionSql, makeValues, stepSql, type Values } from '../questions/filters.ts';
import { mostAccounts, type RolloutPlan } from './schema.ts';

export type EligibleAccount = {
  id: string;
  name: string;
  sourceId: string;
  plan: string;
  segment: string;
  /** How often in the days before, and whether at all in as many days before those. */
  times: number;
  didBefore: number;
};

const matching = ({ only }: RolloutPlan, values: Values): string => {
  if (only.length === 0) return '1';
  const fields = only.map(({ property }, place) => `ifNull(${newestOf('account', property, values)}, '') AS f${place}`);
  const conditions = only.map((filter, place) => conditionSql(`f${place}`, filter, values));
  return `id IN (SELECT id FROM (SELECT id, ${fields.join(', ')} FROM ${rows('account')} GROUP BY id) WHERE ${conditions.join(' AND ')})`;
};

type Days = { before: string; from: string; to: string; zone: string };

/** The accounts that a lot may be drawn for, with what they did lately. */
export const eligibleAccounts = (plan: RolloutPlan, { before, from, to, zone }: Days): Query => {
  const eligible = { base: everybody, plans: plan.plans, segments: plan.segments, createdBefore: null, accessBy: null };
  const { accounts, params } = eligibleSources(eligible, zone);
  const values = makeValues(params);
  const [first, start, end] = [before, from, to].map((day) => values.bind(day, 'Date'));
  const columns = plan.outcome.filters.length > 0 ? ['name', 'day', 'properties'] : ['name', 'day'];
  const done = `(SELECT account AS number, countIf(day >= ${start}) AS times, countIf(day < ${start}) AS earlier
    FROM ${events(`${stepSql(plan.outcome, values)} AND day BETWEEN ${first} AND ${end}`, columns)} WHERE account != 0 GROUP BY number)`;
  return {
    sql: `SELECT a.id AS id, a.name AS name, k.source_id AS sourceId, a.plan AS plan, a.segment AS segment,
      toUInt32(u.times) AS times, toUInt8(u.earlier > 0) AS didBefore
    FROM (SELECT * FROM ${accounts} WHERE standing = 'eligible' AND ${matching(plan, values)}) AS a
    LEFT ANY JOIN ${done} AS u ON u.number = a.number
    LEFT ANY JOIN ${sourceIds('account')} AS k ON k.id = a.id
    ORDER BY id LIMIT ${mostAccounts + 1} SETTINGS join_use_nulls = 0`,
    params: values.params,
  };
};
