import { events, numbers } from '../../collect/events/queries.ts';
import { kinds } from '../../collect/objects/schema.ts';
import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { conditionSql, makeValues, stepSql, type Values } from '../questions/filters.ts';
import { startSql } from './periods.ts';
import type { AskedOf, LiftRowsAsked, objectUnits, Outcome } from './schema.ts';

type Unit = (typeof objectUnits)[number];
type HoldoutAsked = AskedOf<'holdout'>;
export type HoldoutRowsAsked = HoldoutAsked & Pick<LiftRowsAsked, 'arm'>;
type Done = Extract<Outcome, { kind: 'did' | 'times' }>;

/** A field of the unit as it is now: one of its own, or a property; '' where there is none. */
export const fieldOf = (unit: Unit, name: string, { bind }: Values): string => {
  const own = Object.keys(kinds[unit].fields).find((field) => field === name);
  if (own) return `ifNull(toString(argMax(${own}, version)), '')`;
  const property = bind(name, 'String');
  return `ifNull(argMaxIf(properties[${property}], version, mapContains(properties, ${property})), '')`;
};

type Read = { columns: string[]; y: string; known: string; foreign: string };

/** The columns that an outcome needs, and over them its number, whether it is known yet, and whether it cannot be taken. */
export const readOutcome = (unit: Unit, outcome: Outcome, values: Values): Read => {
  const plain = { columns: [] as string[], known: '1', foreign: '0' };
  const text = (name: string) => [`trimBoth(${fieldOf(unit, name, values)}) AS outcome_text`];
  switch (outcome.kind) {
    case 'won':
      return {
        ...plain,
        columns: [`ifNull(argMax(state, version), '') AS state`],
        y: `toFloat64(state = 'won')`,
        known: `state IN ('won', 'lost')`,
      };
    case 'amount': {
      const isOther = `upper(money) != ${values.bind(outcome.currency.toUpperCase(), 'String')}`;
      const columns = [
        `ifNull(argMax(state, version), '') AS state`,
        `toFloat64(ifNull(argMax(amount, version), 0)) AS amount_won`,
        `ifNull(argMax(currency, version), '') AS money`,
      ];
      return { columns, y: `if(state = 'won', amount_won, 0)`, known: `state IN ('won', 'lost')`, foreign: `state = 'won' AND ${isOther}` };
    }
    case 'property_is':
      return { ...plain, columns: text(outcome.property), y: `toFloat64(outcome_text IN ${values.bind(outcome.values, 'Array(String)')})` };
    case 'property_number':
      return {
        ...plain,
        columns: text(outcome.property),
        y: `ifNull(toFloat64OrNull(outcome_text), 0)`,
        foreign: `outcome_text != '' AND (toFloat64OrNull(outcome_text) IS NULL OR NOT isFinite(toFloat64OrZero(outcome_text)))`,
      };
    default:
      return { ...plain, y: outcome.kind === 'did' ? 'toFloat64(times > 0)' : 'toFloat64(times)' };
  }
};

/** How often each account or person did it: id, times. */
export const timesOf = (unit: Unit, { behaviour, from, to }: Done, values: Values): string => {
  const within = `day BETWEEN ${values.bind(from, 'Date')} AND ${values.bind(to, 'Date')}`;
  const column = unit === 'person' ? 'person' : 'account';
  return `(SELECT n.id AS id, e.n AS times FROM (SELECT ${column} AS number, count() AS n FROM ${events(`${stepSql(behaviour, values)} AND ${within}`, [])} WHERE number != 0 GROUP BY number) AS e
    INNER JOIN ${numbers(column)} AS n ON n.number = e.number)`;
};

export const isDone = (outcome: Outcome): outcome is Done => outcome.kind === 'did' || outcome.kind === 'times';

/** Each unit with its arm as the lot said, its outcome y, whether that is known, what was known before (x), and its segment. */
const unitsOf = (asked: HoldoutAsked, values: Values): string => {
  const { unit, design, outcome, only, covariate, segment } = asked;
  const { columns, y, known, foreign } = readOutcome(unit, outcome, values);
  const filters = only.map(({ property }, place) => `${fieldOf(unit, property, values)} AS f${place}`);
  const conditions = only.map((filter, place) => conditionSql(`f${place}`, filter, values));
  const read = [
    'id',
    `trimBoth(${fieldOf(unit, design.property, values)}) AS arm_text`,
    `${segment ? fieldOf(unit, segment, values) : `''`} AS segment`,
    `toFloat64OrNull(${covariate ? fieldOf(unit, covariate, values) : `''`}) AS x`,
    ...columns,
    ...filters,
  ];
  const folded = `(SELECT ${read.join(', ')} FROM ${rows(unit)} GROUP BY id SETTINGS prefer_column_name_to_alias = 1)`;
  const joined = isDone(outcome)
    ? `(SELECT u.*, t.times AS times FROM ${folded} AS u LEFT ANY JOIN ${timesOf(unit, outcome, values)} AS t ON t.id = u.id SETTINGS join_use_nulls = 0)`
    : folded;
  const arm = `multiIf(arm_text IN ${values.bind(design.treated, 'Array(String)')}, 'treated', arm_text IN ${values.bind(design.control, 'Array(String)')}, 'control', 'none')`;
  return `(SELECT id, ${arm} AS arm, segment, x, ${y} AS y, ${known} AS known, ${foreign} AS foreign FROM ${joined} WHERE ${['1', ...conditions].join(' AND ')})`;
};

export type ArmSums = {
  arm: 'treated' | 'control' | 'none';
  units: number;
  known: number;
  foreign: number;
  total: number;
  mean: number;
  variance: number;
  skewness: number;
  active: number;
  withBefore: number;
  beforeMean: number;
  beforeVariance: number;
  covariance: number;
};

const finite = (sql: string): string => `ifNotFinite(ifNull(${sql}, 0), 0)`;

const sums = `toUInt32(count()) AS units, toUInt32(countIf(known)) AS known_units, toUInt32(countIf(foreign)) AS foreign_units, sumIf(y, known) AS total,
  ${finite('avgIf(y, known)')} AS mean, ${finite('varSampStableIf(y, known)')} AS variance, ${finite('skewPopIf(y, known)')} AS skewness,
  toUInt32(countIf(known AND y != 0)) AS active, toUInt32(countIf(known AND x IS NOT NULL)) AS withBefore,
  ${finite('avgIf(x, known)')} AS beforeMean, ${finite('varSampStableIf(x, known)')} AS beforeVariance, ${finite('covarSampStableIf(ifNull(x, 0), y, known AND x IS NOT NULL)')} AS covariance`;

const outer = `units, known_units AS known, foreign_units AS foreign, total, mean, variance, skewness, active, withBefore, beforeMean, beforeVariance, covariance`;

/** What an arm is as a whole: how many, and the moments of their outcomes. */
export const armSums = (asked: HoldoutAsked): Query => {
  const values = makeValues();
  return {
    sql: `SELECT arm, ${outer} FROM (SELECT arm, ${sums} FROM ${unitsOf(asked, values)} GROUP BY arm) ORDER BY arm`,
    params: values.params,
  };
};

export type SegmentSums = ArmSums & { kind: 'usual' | 'not_set'; name: string };
/** The same for each of the largest segments. */
export const segmentSums = (asked: HoldoutAsked): Query => {
  const values = makeValues();
  const units = unitsOf(asked, values);
  return {
    sql: `WITH named AS (SELECT segment FROM ${units} WHERE arm != 'none' GROUP BY segment ORDER BY count() DESC, segment LIMIT 20)
      SELECT if(segment = '', 'not_set', 'usual') AS kind, segment AS name, arm, ${outer}
      FROM (SELECT segment, arm, ${sums} FROM ${units} WHERE arm != 'none' AND segment IN (SELECT segment FROM named) GROUP BY segment, arm) ORDER BY name, arm`,
    params: values.params,
  };
};

export type UnitRow = { id: string; name: string | null; arm: string; segment: string; outcome: number | null };

const behind = (asked: HoldoutRowsAsked, values: Values): string =>
  `(SELECT id, arm, segment, if(known, y, NULL) AS outcome FROM ${unitsOf(asked, values)} WHERE arm ${asked.arm ? `= ${values.bind(asked.arm, 'String')}` : `!= 'none'`})`;

export const countUnits = (asked: HoldoutRowsAsked): Query => {
  const values = makeValues();
  return { sql: `SELECT toUInt32(count()) AS total FROM ${behind(asked, values)}`, params: values.params };
};

/** The units of an arm, the largest outcome first. */
export const listUnits = (asked: HoldoutRowsAsked, page: { offset: number; limit: number }): Query => {
  const values = makeValues({ ...page });
  return {
    sql: `SELECT u.id AS id, o.name AS name, u.arm AS arm, u.segment AS segment, u.outcome AS outcome
      FROM (SELECT * FROM ${behind(asked, values)} ORDER BY outcome DESC, id LIMIT {limit:UInt32} OFFSET {offset:UInt32}) AS u
      LEFT ANY JOIN (SELECT id, argMax(name, version) AS name FROM ${rows(asked.unit)} GROUP BY id SETTINGS prefer_column_name_to_alias = 1) AS o ON o.id = u.id
      ORDER BY outcome DESC, id SETTINGS join_use_nulls = 1`,
    params: values.params,
  };
};

type StagedAsked = AskedOf<'staged', 'times'>;

export type PanelRow = { id: string; started: string | null; later: number; periods: string[]; times: number[] };
/** Each account with the day on which it got it, and how often it did it in each period; `later`: it came after the first day. */
export const panelRows = ({ design, outcome, only }: StagedAsked, zone: string): Query => {
  const values = makeValues();
  const filters = only.map(({ property }, place) => `${fieldOf('account', property, values)} AS f${place}`);
  const conditions = only.map((filter, place) => conditionSql(`f${place}`, filter, values));
  const [from, to, inZone] = [values.bind(outcome.from, 'Date'), values.bind(outcome.to, 'Date'), values.bind(zone, 'String')];
  const folded = `(SELECT ${['id', `${fieldOf('account', design.property, values)} AS started_text`, 'argMax(created_at, version) AS created', ...filters].join(', ')}
    FROM ${rows('account')} GROUP BY id SETTINGS prefer_column_name_to_alias = 1)`;
  const done = `(SELECT n.id AS id, groupArray(toString(e.period)) AS periods, groupArray(toUInt32(e.n)) AS times
    FROM (SELECT account AS number, ${startSql[design.by]}(day) AS period, count() AS n FROM ${events(`${stepSql(outcome.behaviour, values)} AND day BETWEEN ${from} AND ${to}`, ['day'])} WHERE number != 0 GROUP BY number, period) AS e
    INNER JOIN ${numbers('account')} AS n ON n.number = e.number GROUP BY id)`;
  return {
    sql: `SELECT a.id AS id, if(a.started_text = '', NULL, toString(toDate(parseDateTime64BestEffortOrNull(a.started_text, 3, 'UTC'), 'UTC'))) AS started,
        toUInt8(ifNull(toDate(assumeNotNull(a.created), ${inZone}) > ${from} AND a.created IS NOT NULL, 0)) AS later, d.periods AS periods, d.times AS times
      FROM (SELECT * FROM ${folded} WHERE ${['1', ...conditions].join(' AND ')}) AS a LEFT ANY JOIN ${done} AS d ON d.id = a.id ORDER BY id SETTINGS join_use_nulls = 0`,
    params: values.params,
  };
};

export type SideSums = { side: 'before' | 'after'; units: number; total: number };

/** Won of what was closed before the day and from it on; or how many did it, and how often. Described, never compared. */
export const sidesOf = ({ unit, design, outcome }: AskedOf<'before_after'>, zone: string): Query => {
  const values = makeValues();
  const on = values.bind(design.on, 'Date');
  if (isDone(outcome)) {
    const read = events(
      `${stepSql(outcome.behaviour, values)} AND day BETWEEN ${values.bind(outcome.from, 'Date')} AND ${values.bind(outcome.to, 'Date')}`,
      ['day'],
    );
    const column = unit === 'person' ? 'person' : 'account';
    return {
      sql: `SELECT if(day < ${on}, 'before', 'after') AS side, toUInt32(uniqExact(${column})) AS units, toFloat64(count()) AS total FROM ${read} WHERE ${column} != 0 GROUP BY side ORDER BY side`,
      params: values.params,
    };
  }
  const folded = `(SELECT id, argMax(state, version) AS state, argMax(closed_at, version) AS closed, toFloat64(ifNull(argMax(amount, version), 0)) AS amount_won FROM ${rows('opportunity')} GROUP BY id SETTINGS prefer_column_name_to_alias = 1)`;
  const day = `toDate(assumeNotNull(closed), ${values.bind(zone, 'String')})`;
  return {
    sql: `SELECT if(${day} < ${on}, 'before', 'after') AS side, toUInt32(count()) AS units, toFloat64(${outcome.kind === 'amount' ? `sumIf(amount_won, state = 'won')` : `countIf(state = 'won')`}) AS total
      FROM ${folded} WHERE state IN ('won', 'lost') AND closed IS NOT NULL GROUP BY side ORDER BY side`,
    params: values.params,
  };
};

export type PropertyChoice = { name: string; different: number; values: string[] };
const ownTexts: Record<Unit, readonly string[]> = {
  account: ['segment', 'plan', 'country', 'industry'],
  person: ['title', 'country'],
  opportunity: ['stage', 'origin', 'owner', 'currency'],
};

/** What units of a kind have written on them, with the most frequent values: for whoever puts a comparison together. */
export const propertyChoices = (unit: Unit): Query => {
  const own = ownTexts[unit].map((field) => `('${field}', ifNull(${field}, ''))`).join(', ');
  return {
    sql: `SELECT name, toUInt32(count()) AS different, arrayMap(one -> one.2, arraySlice(arrayReverseSort(groupArray((n, value))), 1, 30)) AS values
      FROM (SELECT pair.1 AS name, pair.2 AS value, count() AS n
        FROM (SELECT arrayJoin(arrayConcat([${own}], CAST(CAST(properties, 'Map(String, String)'), 'Array(Tuple(String, String))'))) AS pair FROM ${rows(unit)})
        WHERE value != '' GROUP BY name, value)
      GROUP BY name ORDER BY name LIMIT 500`,
  };
};
