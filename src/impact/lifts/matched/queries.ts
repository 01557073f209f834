import { numbers } from '../../../collect/events/queries.ts';
import { rows } from '../../../platform/events/sources.ts';
import type { Query } from '../../../platform/events/store.ts';
import { type Doing, daysDone } from '../../questions/behaviours.ts';
import { conditionSql, makeValues } from '../../questions/filters.ts';
import { fieldOf, isDone, readOutcome, timesOf } from '../queries.ts';
import type { AskedOf } from '../schema.ts';

export type MatchedAsked = AskedOf<'matched', 'did' | 'times' | 'property_is' | 'property_number'>;

export const mostAccounts = 50_000;

export type MatchedRow = {
  id: string;
  name: string;
  /** The value of the property that says who got it; '' where something else does. */
  arm: string;
  /** It was not there yet when matching begins. */
  later: number;
  numbers: (number | null)[];
  categories: string[];
  earlier: number[];
  y: number;
  foreign: number;
};

const list = (parts: string[], type: string): string => (parts.length > 0 ? `[${parts.join(', ')}]` : `CAST([], '${type}')`);

/** Each account with what it was before, whether a property says that it got it, and what came of it. */
export const matchedRows = ({ design, outcome, only }: MatchedAsked, zone: string, dayBefore: (days: number) => string): Query => {
  const values = makeValues();
  const { columns, y, foreign } = readOutcome('account', outcome, values);
  const { treatedBy } = design;
  const filters = only.map(({ property }, place) => `${fieldOf('account', property, values)} AS f${place}`);
  const conditions = only.map((filter, place) => conditionSql(`f${place}`, filter, values));
  const read = [
    'id',
    `ifNull(argMax(name, version), '') AS account_name`,
    'argMax(created_at, version) AS created',
    `${treatedBy.kind === 'property' ? `trimBoth(${fieldOf('account', treatedBy.property, values)})` : `''`} AS arm`,
    ...design.numbers.map((name, place) => `toFloat64OrNull(${fieldOf('account', name, values)}) AS n${place}`),
    ...design.categories.map((name, place) => `trimBoth(${fieldOf('account', name, values)}) AS c${place}`),
    ...columns,
    ...filters,
  ];
  const folded = `(SELECT ${read.join(', ')} FROM ${rows('account')} GROUP BY id SETTINGS prefer_column_name_to_alias = 1)`;
  const joins = [
    ...(isDone(outcome) ? [`LEFT ANY JOIN ${timesOf('account', outcome, values)} AS t ON t.id = a.id`] : []),
    ...design.earlier.map(({ behaviour, days }, place) => {
      const within = { kind: 'times' as const, behaviour, from: dayBefore(days), to: dayBefore(1) };
      return `LEFT ANY JOIN ${timesOf('account', within, values)} AS e${place} ON e${place}.id = a.id`;
    }),
  ];
  const on = values.bind(design.on, 'Date');
  const earlier = design.earlier.map((_, place) => `toFloat64(e${place}.times)`);
  return {
    sql: `SELECT a.id AS id, a.account_name AS name, a.arm AS arm,
        toUInt8(a.created IS NOT NULL AND toDate(assumeNotNull(a.created), ${values.bind(zone, 'String')}) >= ${on}) AS later,
        ${list(
          design.numbers.map((_, place) => `a.n${place}`),
          'Array(Nullable(Float64))',
        )} AS numbers,
        ${list(
          design.categories.map((_, place) => `a.c${place}`),
          'Array(String)',
        )} AS categories, ${list(earlier, 'Array(Float64)')} AS earlier,
        ${y.replaceAll('times', 't.times')} AS y, toUInt8(${foreign}) AS foreign
      FROM (SELECT * FROM ${folded} WHERE ${['1', ...conditions].join(' AND ')}) AS a ${joins.join(' ')}
      ORDER BY id LIMIT ${mostAccounts + 1} SETTINGS join_use_nulls = 0`,
    params: values.params,
  };
};

export type FirstDay = { id: string; day: string };
/** When each account first did it. */
export const firstDays = (doing: Doing, to: string): Query => {
  const values = makeValues();
  return {
    sql: `SELECT n.id AS id, toString(d.first) AS day FROM (SELECT number, min(day) AS first FROM ${daysDone(doing, 'accounts', { to }, values)} WHERE number != 0 GROUP BY number) AS d
      INNER JOIN ${numbers('account')} AS n ON n.number = d.number ORDER BY id`,
    params: values.params,
  };
};
