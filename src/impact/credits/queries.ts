import { rows } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { current, touchResponded, touchStatus } from '../../collect/objects/queries.ts';
import { statusWords } from '../../launch/programs/schema.ts';
import { folded } from '../landing-reports/folded.ts';
import { makeValues, type Values } from '../questions/filters.ts';
import type { Days } from '../trends/periods.ts';
import type { CreditsSettled } from './schema.ts';

const text = (column: string) => `ifNull(${column}, '')`;
const iso = (column: string) => `formatDateTime(${column}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`;
const milli = (column: string) => `toUnixTimestamp64Milli(assumeNotNull(${column}))`;
const people = `(SELECT id, ifNull(account_id, '') AS account, name, created_at FROM ${folded('person', ['account_id', 'name', 'created_at'])})`;

const further = [...statusWords.responded, ...statusWords.registered, ...statusWords.attended];

/** Whether somebody answered: by its status, or where nothing says so, because only lists of campaigns hold people who did nothing. */
const answered = ({ bind }: Values) =>
  `(lowerUTF8(trimBoth(${touchStatus})) IN ${bind(further, 'Array(String)')} OR ${touchResponded} OR (${touchStatus} = '' AND ${text('kind')} != 'campaign'))`;

/** Touches with whose they are (`unit`), dated, with whether the question takes them. */
const touches = ({ by, level, touches: which, kinds }: CreditsSettled, values: Values): string => {
  const unit = level === 'person' ? text('t.person_id') : `if(${text('t.account_id')} != '', t.account_id, ${text('p.account')})`;
  const taken = [
    which === 'responded' ? answered(values) : '1',
    kinds.length > 0 ? `${text('kind')} IN ${values.bind(kinds, 'Array(String)')}` : '1',
  ].join(' AND ');
  // What is known only of the status needs the properties, which are dear to put together.
  const source =
    which === 'responded'
      ? current('touch')
      : `(SELECT * FROM ${folded('touch', ['person_id', 'account_id', 'kind', 'channel', 'campaign', 'at'])})`;
  return `(SELECT t.id AS id, assumeNotNull(${unit}) AS unit, assumeNotNull(t.at) AS at, trimBoth(${text(by)}) AS label, ${taken} AS taken, ${text('t.person_id')} AS person
    FROM ${source} AS t LEFT ANY JOIN ${people} AS p ON p.id = t.person_id WHERE t.at IS NOT NULL SETTINGS join_use_nulls = 0)`;
};

/** Deals with whose they are, and when they converted (NULL: nobody knows). */
const deals = ({ conversion, level }: CreditsSettled, only = '1'): string => {
  const account = `if(${text('o.account_id')} != '', o.account_id, ${text('p.account')})`;
  return `(SELECT o.id AS id, ${text('o.name')} AS name, assumeNotNull(${account}) AS account, ${text('o.person_id')} AS person, ${text('o.state')} AS state,
      o.amount AS amount, ${text('o.currency')} AS currency, o.created_at AS created_at, ${conversion === 'won' ? 'o.closed_at' : 'o.created_at'} AS conversion_at,
      p.created_at AS lead_at, ${level === 'person' ? 'person' : 'account'} AS unit
    FROM ${folded('opportunity', ['name', 'account_id', 'person_id', 'state', 'amount', 'currency', 'created_at', 'closed_at'], only)} AS o
    LEFT ANY JOIN (SELECT id, account, toNullable(created_at) AS created_at FROM ${people}) AS p ON p.id = o.person_id
    WHERE ${conversion === 'won' ? `${text('o.state')} = 'won'` : '1'} SETTINGS join_use_nulls = 0)`;
};

const within = (column: string, days: Days, zone: string, { bind }: Values) =>
  `toDate(assumeNotNull(${column}), ${bind(zone, 'String')}) BETWEEN ${bind(days.from, 'Date')} AND ${bind(days.to, 'Date')}`;

/** The touches of each unit in order of time; at one moment by id, so that no order is left to chance. */
const lines = (asked: CreditsSettled, values: Values): string =>
  `(SELECT unit, arraySort(groupArray((${milli('at')}, id, label))) AS line FROM ${touches(asked, values)} WHERE taken AND unit != '' GROUP BY unit)`;

export type DealRow = {
  id: string;
  name: string;
  account: string;
  accountName: string;
  unit: string;
  state: string;
  currency: string;
  amount: number | null;
  cents: number;
  at: string;
  /** Milliseconds before the conversion, and what each touch is of. */
  before: number[];
  labels: string[];
  lead: number | null;
  opened: number | null;
  earlier: number;
};

/** Each conversion of the period with the touches of its window, oldest first. */
export const dealPaths = (asked: CreditsSettled, days: Days, zone: string): Query => {
  const values = makeValues();
  const window = values.bind(asked.lookBackDays * 86_400_000, 'Int64');
  const moment = milli('conversion_at');
  return {
    sql: `SELECT id, name, account, ifNull(a.name, '') AS accountName, unit, state, currency, toFloat64(amount) AS amount, toInt64(round(toFloat64(ifNull(amount, 0)) * 100)) AS cents,
        ${iso('conversion_at')} AS at, arrayMap(t -> toInt64(${moment} - t.1), path) AS before, arrayMap(t -> t.3, path) AS labels,
        if(lead_at IS NULL, NULL, toInt64(${moment} - ${milli('lead_at')})) AS lead, if(created_at IS NULL, NULL, toInt64(${moment} - ${milli('created_at')})) AS opened, earlier
      FROM (SELECT d.*, arrayFilter(t -> t.1 <= ${moment} AND t.1 >= ${moment} - ${window}, l.line) AS path, toUInt32(arrayCount(t -> t.1 < ${moment} - ${window}, l.line)) AS earlier
        FROM (SELECT * FROM ${deals(asked)} WHERE conversion_at IS NOT NULL AND ${within('conversion_at', days, zone, values)}) AS d
        LEFT ANY JOIN ${lines(asked, values)} AS l ON l.unit = d.unit SETTINGS join_use_nulls = 0) AS r
      LEFT ANY JOIN ${folded('account', ['name'])} AS a ON a.id = r.account ORDER BY conversion_at DESC, id SETTINGS join_use_nulls = 0`,
    params: values.params,
  };
};

export type NullRow = { labels: string[]; units: number };

/** Who was touched in the period and did not convert in it, by the path in the window before its end. */
export const nullPaths = (asked: CreditsSettled, days: Days, zone: string, now: Date): Query => {
  const values = makeValues();
  const midnight = `toUnixTimestamp(toDateTime(${values.bind(days.to, 'Date')} + 1, ${values.bind(zone, 'String')})) * 1000 - 1`;
  const last = `toInt64(least(${midnight}, ${values.bind(now.getTime(), 'Int64')}))`;
  const window = values.bind(asked.lookBackDays * 86_400_000, 'Int64');
  const converted = `(SELECT unit FROM ${deals(asked)} WHERE conversion_at IS NOT NULL AND ${within('conversion_at', days, zone, values)})`;
  const touched = `(SELECT unit FROM ${touches(asked, values)} WHERE taken AND unit != '' AND ${within('at', days, zone, values)})`;
  return {
    sql: `SELECT labels, toUInt32(count()) AS units FROM (SELECT arrayMap(t -> t.3, arrayFilter(t -> t.1 <= ${last} AND t.1 >= ${last} - ${window}, line)) AS labels
        FROM ${lines(asked, values)} WHERE unit IN ${touched} AND unit NOT IN ${converted}) WHERE notEmpty(labels) GROUP BY labels ORDER BY labels`,
    params: values.params,
  };
};

export type OwnRow = { currency: string; conversions: number; cents: number; undated: number };

/** What the deals themselves sum to, without any touch: by currency, and those without a date. */
export const ownTotals = (asked: CreditsSettled, days: Days, zone: string): Query => {
  const values = makeValues();
  const at = asked.conversion === 'won' ? 'closed_at' : 'created_at';
  const is = `(at IS NOT NULL AND ${within('at', days, zone, values)})`;
  return {
    sql: `SELECT currency, toUInt32(countIf(${is})) AS conversions, toInt64(sumIf(round(toFloat64(ifNull(amount, 0)) * 100), ${is})) AS cents, toUInt32(countIf(at IS NULL)) AS undated
      FROM (SELECT ${text('currency')} AS currency, amount, ${at} AS at, state FROM ${folded('opportunity', ['currency', 'amount', 'closed_at', 'created_at', 'state'])}
        ${asked.conversion === 'won' ? `WHERE state = 'won'` : ''}) GROUP BY currency ORDER BY conversions DESC, currency`,
    params: values.params,
  };
};

export const journeySubjects: Query = {
  sql: `SELECT DISTINCT ${text('subject')} AS subject FROM ${rows('journey')} ORDER BY subject`,
};

export type JourneyRow = { path: string; conversions: number; value: number; nulls: number };

/** Counted journeys, equal paths as one. */
export const journeyPaths = (subject: string): Query => ({
  sql: `SELECT ${text('path')} AS path, sum(ifNull(conversions, 0)) AS conversions, sum(ifNull(value, 0)) AS value, sum(ifNull(nulls, 0)) AS nulls
    FROM ${folded('journey', ['subject', 'path', 'conversions', 'value', 'nulls'])} WHERE ${text('subject')} = {subject:String} GROUP BY path ORDER BY path`,
  params: { subject },
});

export type OneDeal = {
  id: string;
  name: string;
  account: string;
  state: string;
  currency: string;
  amount: number | null;
  unit: string;
  moment: number | null;
  conversionAt: string | null;
  createdAt: string | null;
  opened: number | null;
  lead: number | null;
};

export const oneDeal = (asked: CreditsSettled, id: string): Query => ({
  sql: `SELECT d.id AS id, d.name AS name, ifNull(a.name, d.account) AS account, state, currency, toFloat64(amount) AS amount, unit,
      if(conversion_at IS NULL, NULL, ${milli('conversion_at')}) AS moment, ${iso('conversion_at')} AS conversionAt, ${iso('created_at')} AS createdAt,
      if(created_at IS NULL, NULL, ${milli('created_at')}) AS opened, if(lead_at IS NULL, NULL, ${milli('lead_at')}) AS lead
    FROM (SELECT * FROM ${deals({ ...asked, conversion: 'created' }, 'id = {id:String}')}) AS d
    LEFT ANY JOIN (SELECT id, name FROM ${folded('account', ['name'])}) AS a ON a.id = d.account`,
  params: { id },
});

export const closedAt = (id: string): Query => ({
  sql: `SELECT if(state = 'won' AND closed_at IS NOT NULL, ${milli('closed_at')}, NULL) AS moment, ${iso('closed_at')} AS at FROM ${folded('opportunity', ['state', 'closed_at'], 'id = {id:String}')}`,
  params: { id },
});

export type TouchRow = {
  id: string;
  moment: number;
  at: string;
  label: string;
  channel: string;
  campaign: string;
  kind: string;
  status: string;
  person: string;
  taken: number;
};

/** Every dated touch of one account or person, oldest first. */
export const touchesOf = (asked: CreditsSettled, unit: string): Query => {
  const values = makeValues();
  const ids = `(SELECT id FROM ${touches(asked, values)} WHERE unit = ${values.bind(unit, 'String')})`;
  return {
    sql: `SELECT w.id AS id, ${milli('w.at')} AS moment, ${iso('w.at')} AS at, w.label AS label, ${text('t.channel')} AS channel, ${text('t.campaign')} AS campaign, ${text('t.kind')} AS kind,
        ${touchStatus.replaceAll('properties', 't.properties')} AS status, ifNull(p.name, '') AS person, toUInt8(w.taken) AS taken
      FROM ${touches(asked, values)} AS w INNER JOIN ${current('touch', `id IN ${ids}`)} AS t ON t.id = w.id LEFT ANY JOIN ${people} AS p ON p.id = w.person
      WHERE w.unit = ${values.bind(unit, 'String')} ORDER BY moment, id SETTINGS join_use_nulls = 0`,
    params: values.params,
  };
};
