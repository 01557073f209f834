import { current } from '../../collect/objects/queries.ts';
import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';

export const mostValues = 40_000;

/** Every measurement as it is now; `only` narrows what is read by the ids of rows, the fold then decides. */
const measured = (only = ''): string =>
  `(SELECT assumeNotNull(metric) AS metric, ifNull(subject, '') AS subject, assumeNotNull(at) AS at, assumeNotNull(value) AS value, unit,
    toDate(assumeNotNull(at), {zone:String}) AS day
  FROM ${current('measurement', only)} AS m WHERE m.metric IS NOT NULL AND m.at IS NOT NULL AND m.value IS NOT NULL)`;

const ofMetric = `id IN (SELECT id FROM ${rows('measurement')} WHERE metric = {metric:String})`;
const ofSubjects = `id IN (SELECT id FROM ${rows('measurement')} WHERE metric = {metric:String} AND ifNull(subject, '') IN {subjects:Array(String)})`;

const searched = (column: string) => `({search:String} = '' OR positionCaseInsensitiveUTF8(${column}, {search:String}) > 0)`;

type Page = { search: string; limit: number; zone: string };

/** The metrics that were imported, those with the most subjects first. */
export const metrics = (page: Page): Query => ({
  sql: `SELECT metric, any(unit) AS unit, toUInt32(uniqExact(subject)) AS subjects, if(subjects = 1, any(subject), NULL) AS only, toUInt32(count()) AS values,
      toString(min(day)) AS first, toString(max(day)) AS last
    FROM ${measured()} WHERE ${searched('metric')} GROUP BY metric ORDER BY subjects DESC, metric LIMIT {limit:UInt32}`,
  params: page,
});

/** The subjects of a metric, the largest latest figure first. */
export const subjects = (page: Page & { metric: string }): Query => ({
  sql: `SELECT subject, toUInt32(count()) AS values, toString(min(day)) AS first, toString(max(day)) AS last, argMax(value, at) AS latest
    FROM ${measured(ofMetric)} WHERE metric = {metric:String} AND ${searched('subject')}
    GROUP BY subject ORDER BY latest DESC, subject LIMIT {limit:UInt32}`,
  params: page,
});

export type Reach = { subjects: number; first: string | null; last: string | null; unit: string | null };

/** How far a whole metric reaches: what is there at its first day was there before. */
export const reach = (asked: { metric: string; zone: string }): Query => ({
  sql: `SELECT toUInt32(uniqExact(subject)) AS subjects, if(count() = 0, NULL, toString(min(day))) AS first,
      if(count() = 0, NULL, toString(max(day))) AS last, any(unit) AS unit
    FROM ${measured(ofMetric)} WHERE metric = {metric:String}`,
  params: asked,
});

export type DayValue = { subject: string; day: string; latest: number; total: number };

/** The figures of subjects by day: the last of the day, and all of it added up. */
export const dayValues = (asked: { metric: string; subjects: string[]; zone: string }): Query => ({
  sql: `SELECT subject, toString(day) AS day, argMax(value, at) AS latest, sum(value) AS total
    FROM ${measured(ofSubjects)} WHERE metric = {metric:String} AND subject IN {subjects:Array(String)}
    GROUP BY subject, day ORDER BY subject, day LIMIT ${mostValues + 1}`,
  params: asked,
});
