import { events, numbers } from '../../../collect/events/queries.ts';
import { current } from '../../../collect/objects/queries.ts';
import { rows } from '../../../platform/events/sources.ts';
import type { Query } from '../../../platform/events/store.ts';
import { conditionSql, makeValues, stepSql } from '../../questions/filters.ts';
import { startSql } from '../periods.ts';
import { fieldOf } from '../queries.ts';
import type { LiftAsked, Outcome } from '../schema.ts';

export const mostFigures = 200_000;

export type Figure = { metric: string; subject: string; day: string; value: number; unit: string | null };

/** The figures of some metrics by day; the last of a day stands. Over the parameters `metrics` and `zone`. */
const byDay = `SELECT metric, subject, toString(day) AS day, argMax(value, at) AS value, any(unit) AS unit
    FROM (SELECT assumeNotNull(metric) AS metric, ifNull(subject, '') AS subject, assumeNotNull(at) AS at, assumeNotNull(value) AS value, unit,
        toDate(assumeNotNull(at), {zone:String}) AS day
      FROM ${current('measurement', `id IN (SELECT id FROM ${rows('measurement')} WHERE metric IN {metrics:Array(String)})`)} AS m
      WHERE m.metric IS NOT NULL AND m.at IS NOT NULL AND m.value IS NOT NULL)
    WHERE metric IN {metrics:Array(String)}
    GROUP BY metric, subject, day`;

/** All figures of some metrics, in order. */
export const figures = (asked: { metrics: string[]; zone: string }): Query => ({
  sql: `${byDay} ORDER BY metric, subject, day LIMIT ${mostFigures + 1}`,
  params: asked,
});

export type SubjectSums = { subject: string; cases: number; reached: number; from: string; to: string };

/** Of some subjects the sums of two metrics over all days, and the days that these are of. */
export const subjectSums = (asked: { subjects: string[]; of: string; reached: string; zone: string }): Query => ({
  sql: `SELECT subject, sumIf(value, metric = {of:String}) AS cases, sumIf(value, metric = {reached:String}) AS reached, min(day) AS from, max(day) AS to
    FROM (${byDay}) WHERE subject IN {subjects:Array(String)} GROUP BY subject`,
  params: { ...asked, metrics: [asked.of, asked.reached] },
});

type DoneBy = Extract<Outcome, { kind: 'done_by' }>;

export const mostSubjects = 200;

const counted: Record<DoneBy['counted'], string> = {
  events: 'count()',
  accounts: 'uniqExact(e.account)',
  people: 'uniqExactIf(e.person, e.person != 0)',
  per_account: 'count()',
};

export type SubjectCounts = { subject: string; periods: string[]; numbers: number[] };

/** What the accounts of each value of a property did in each period. Values that nobody has on an account that did anything are there too, without periods. */
export const subjectCounts = ({ behaviour, property, counted: what, by, from, to }: DoneBy, only: LiftAsked['only']): Query => {
  const values = makeValues();
  const filters = only.map((filter, place) => `${fieldOf('account', filter.property, values)} AS f${place}`);
  const conditions = only.map((filter, place) => conditionSql(`f${place}`, filter, values));
  const days = `day BETWEEN ${values.bind(from, 'Date')} AND ${values.bind(to, 'Date')}`;
  const accounts = `(SELECT id, subject FROM (SELECT ${['id', `trimBoth(${fieldOf('account', property, values)}) AS subject`, ...filters].join(', ')}
      FROM ${rows('account')} GROUP BY id SETTINGS prefer_column_name_to_alias = 1) WHERE ${["subject != ''", ...conditions].join(' AND ')})`;
  const done = `(SELECT a.subject AS subject, ${startSql[by]}(e.day) AS period, toFloat64(${counted[what]}) AS n
      FROM ${events(`${stepSql(behaviour, values)} AND ${days}`, ['day'])} AS e
      INNER JOIN ${numbers('account')} AS u ON u.number = e.account INNER JOIN ${accounts} AS a ON a.id = u.id
      WHERE e.account != 0 GROUP BY subject, period)`;
  return {
    sql: `SELECT s.subject AS subject, groupArrayIf(toString(d.period), d.n > 0) AS periods, groupArrayIf(d.n / ${what === 'per_account' ? 's.accounts' : '1'}, d.n > 0) AS numbers
      FROM (SELECT subject, count() AS accounts FROM ${accounts} GROUP BY subject ORDER BY accounts DESC, subject LIMIT ${mostSubjects + 1}) AS s
      LEFT JOIN ${done} AS d ON d.subject = s.subject GROUP BY subject ORDER BY subject SETTINGS join_use_nulls = 0`,
    params: values.params,
  };
};
