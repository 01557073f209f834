import { type SQL, sql } from 'drizzle-orm';
import { launches } from '../launches/tables.ts';
import type { AdoptionGoal } from '../launches/schema.ts';
import { type GoalRow, goals } from './tables.ts';

/**
 * The id of the goal that leads a launch: the first goal on the adoption of its leading feature, a registered one before a draft. The
 * landing report's curve is drawn for it.
 */
export const leadingGoal: SQL = sql`(SELECT one.id FROM ${goals} AS one
  WHERE one.launch_id = ${launches.id} AND one.deleted_at IS NULL AND one.metric->>'kind' = 'adoption'
    AND coalesce(one.registered->'metric'->>'featureId', CASE WHEN one.registered IS NULL THEN coalesce(one.metric->>'featureId', ${launches.featureId}::text) END, '')
      = coalesce(${launches.featureId}::text, '')
  ORDER BY one.registered_at IS NULL, one.position, one.created_at LIMIT 1)`;

/** The version of the feature that it is judged by; null: the newest. */
export const leadingVersion: SQL = sql`coalesce(${goals.registered}->'metric'->>'featureVersion', ${goals.metric}->>'featureVersion')::integer`;

/** What it asks for: the registered text, else the draft. */
export const leadingOf = (row: GoalRow | null): AdoptionGoal | null => {
  const { metric, target, horizonDays, minimumSample } = row?.registered ?? row ?? { metric: null };
  if (metric?.kind !== 'adoption' || target == null) return null;
  return { unit: metric.unit, target, horizonDays: horizonDays!, marks: metric.marks, minimumSample: minimumSample! };
};
