import { current } from '../../../collect/objects/queries.ts';
import { rows } from '../../../platform/events/sources.ts';
import type { Query } from '../../../platform/events/store.ts';

export const mostFigures = 200_000;

export type Figure = { metric: string; subject: string; day: string; value: number; unit: string | null };

/** All figures of some metrics by day; the last of a day stands. */
export const figures = (asked: { metrics: string[]; zone: string }): Query => ({
  sql: `SELECT metric, subject, toString(day) AS day, argMax(value, at) AS value, any(unit) AS unit
    FROM (SELECT assumeNotNull(metric) AS metric, ifNull(subject, '') AS subject, assumeNotNull(at) AS at, assumeNotNull(value) AS value, unit,
        toDate(assumeNotNull(at), {zone:String}) AS day
      FROM ${current('measurement', `id IN (SELECT id FROM ${rows('measurement')} WHERE metric IN {metrics:Array(String)})`)} AS m
      WHERE m.metric IS NOT NULL AND m.at IS NOT NULL AND m.value IS NOT NULL)
    WHERE metric IN {metrics:Array(String)}
    GROUP BY metric, subject, day ORDER BY metric, subject, day LIMIT ${mostFigures + 1}`,
  params: asked,
});
