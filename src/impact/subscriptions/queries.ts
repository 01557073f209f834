import { rows } from '../../platform/events/sources.ts';
import { sourceIds } from '../../collect/objects/queries.ts';
import type { Query } from '../../platform/events/store.ts';
import { folded } from '../landing-reports/folded.ts';
import { makeValues, type Values } from '../questions/filters.ts';
import { type Movement, monthsOf, subscriptionKinds, type SubscriptionRowsAsked, type SubscriptionsAsked } from './schema.ts';

/** One currency's months: place 0 is `origin`, the month of its first movement; `last` is the place of the last month that is known. */
export type Frame = {
  currency: string;
  zone: string;
  origin: string;
  last: number;
  /** Revenue of several currencies, each with what one unit of it is worth in `currency`. */
  rates?: { currencies: string[]; worth: number[] };
};

const texts = (list: readonly string[]): string => `[${list.map((text) => `'${text}'`).join(', ')}]`;
const billing = Object.entries(monthsOf);

/** Every imported movement of revenue with its account, its months of billing, and what becomes of it. Invoices count of accounts without movements of their own. */
const told = `(SELECT *, countIf(has(${texts(subscriptionKinds)}, kind)) OVER (PARTITION BY account) AS moved, transform(billed, ${texts(billing.map(([name]) => name))}, [${billing.map(([, months]) => `toFloat64(${months})`).join(', ')}], toFloat64(0)) AS months,
    multiIf(NOT has(${texts(subscriptionKinds)}, kind) AND (kind != 'invoice' OR moved > 0 OR months < 1), 'one_off', account = '', 'without_account', isNull(amount) OR isNull(at), 'unfinished',
      months = 0, 'interval', kind = 'invoice', 'invoiced', 'counted') AS fate
  FROM (SELECT ifNull(r.account_id, ifNull(p.account_id, '')) AS account, ifNull(r.kind, '') AS kind, ifNull(r.currency, '') AS currency, r.at AS at, r.amount AS amount,
      lowerUTF8(trimBoth(ifNull(r.interval, ''))) AS billed
    FROM ${folded('revenue', ['account_id', 'person_id', 'kind', 'amount', 'currency', 'interval', 'at'])} AS r
    LEFT ANY JOIN ${folded('person', ['account_id'], `id IN (SELECT person_id FROM ${rows('revenue')} WHERE person_id IS NOT NULL)`)} AS p ON p.id = r.person_id))`;

const counts = `fate IN ('counted', 'invoiced')`;

export type Fate = {
  fate: 'one_off' | 'without_account' | 'unfinished' | 'interval' | 'counted' | 'invoiced';
  movements: number;
  billed: string[];
  newest: string | null;
};

/** How many movements count, and how many do not and why; and when the newest up to now happened. */
export const fates = (now: Date): Query => ({
  sql: `SELECT fate, toUInt32(count()) AS movements, arraySort(groupUniqArrayIf(6)(billed, fate = 'interval')) AS billed,
      formatDateTime(maxIf(at, at <= toDateTime({now:UInt32})), '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS newest
    FROM ${told} GROUP BY fate ORDER BY fate`,
  params: { now: Math.floor(now.getTime() / 1000) },
});

export type CurrencyRow = { currency: string; accounts: number; origin: string };

/** The currencies in which there are movements, with the month of the first one. */
export const currencyRows = (zone: string): Query => ({
  sql: `SELECT currency, toUInt32(uniqExact(account)) AS accounts, toString(toStartOfMonth(toDate(min(at), {zone:String}))) AS origin
    FROM ${told} WHERE ${counts} GROUP BY currency ORDER BY accounts DESC, currency`,
  params: { zone },
});

/** One row per account: what it pays a month at the end of each month, place 0 first. An invoice is paid for as many months as its interval has, from that of its date. */
const ledger = ({ currency, zone, origin, last, rates }: Frame, { bind }: Values): string => {
  const place = `toInt32(dateDiff('month', ${bind(origin, 'Date')}, toDate(assumeNotNull(at), ${bind(zone, 'String')})))`;
  const size = `if(kind = 'invoice', toFloat64(assumeNotNull(amount)), if(kind IN ('contraction', 'churn'), -1, 1) * abs(toFloat64(assumeNotNull(amount)))) / months${rates ? ` * transform(currency, ${bind(rates.currencies, 'Array(String)')}, ${bind(rates.worth, 'Array(Float64)')}, toFloat64(0))` : ''}`;
  return `(SELECT account, arrayMap(k -> round(arraySum(arrayMap((m, d) -> if(m <= k, d, 0), places, deltas)), 4), range(0, ${last + 1})) AS summed
    FROM (SELECT account, groupArray(delta.1) AS places, groupArray(delta.2) AS deltas FROM (
        SELECT account, ${place} AS from_place, ${size} AS size,
          arrayJoin(if(kind = 'invoice', [(from_place, size), (from_place + toInt32(round(months)), -size)], [(from_place, size)])) AS delta FROM ${told}
        WHERE ${counts} AND ${rates ? `has(${bind(rates.currencies, 'Array(String)')}, currency)` : `currency = ${bind(currency, 'String')}`}) GROUP BY account))`;
};

const isWhole = 'arrayMin(summed) > -0.01';
/** Accounts whose movements add up; what is less than a cent is nothing. */
export const whole = (frame: Frame, values: Values): string =>
  `(SELECT account, arrayMap(v -> if(v < 0.01, 0, v), summed) AS levels FROM ${ledger(frame, values)} WHERE ${isWhole})`;

export const belowZero = (frame: Frame): Query => {
  const values = makeValues();
  return { sql: `SELECT toUInt32(countIf(NOT (${isWhole}))) AS accounts FROM ${ledger(frame, values)}`, params: values.params };
};

/** What an account did from one place to a later one; '' where it pays the same. */
const movementSql = (before: string, after: string, earlier: string): string =>
  `multiIf(abs(${after} - ${before}) < 0.01, '', ${before} = 0 AND arrayExists(v -> v > 0, ${earlier}), 'reactivation', ${before} = 0, 'new', ${after} = 0, 'churn', ${after} > ${before}, 'expansion', 'contraction')`;

export type MonthRow = { place: number; movement: Movement | ''; amount: number; mrr: number; movers: number; accounts: number };

/** Of each month from one place to another: what each movement made, and what is paid by those that made it. */
export const monthRows = (frame: Frame, from: number, to: number): Query => {
  const values = makeValues();
  return {
    sql: `SELECT toInt32(k) AS place, movement, sum(now_paid - before_paid) AS amount, sum(now_paid) AS mrr, toUInt32(count()) AS movers, toUInt32(countIf(now_paid > 0)) AS accounts
      FROM (SELECT k, if(k = 0, 0, levels[k]) AS before_paid, levels[k + 1] AS now_paid, ${movementSql('before_paid', 'now_paid', 'arraySlice(levels, 1, k)')} AS movement
        FROM (SELECT levels, arrayJoin(range(${from}, ${to + 1})) AS k FROM ${whole(frame, values)}))
      GROUP BY place, movement ORDER BY place, movement`,
    params: values.params,
  };
};

/** Sums over accounts: x at the start, y at the end, g of each the lesser of both. */
export type KeptSums = {
  accounts: number;
  paying: number;
  changed: number;
  lost: number;
  sumX: number;
  sumXX: number;
  sumX4: number;
  sumY: number;
  sumXY: number;
  sumYY: number;
  sumG: number;
  sumXG: number;
  sumGG: number;
};

export const keptSums = `toUInt32(count()) AS accounts, toUInt32(countIf(y > 0)) AS paying, toUInt32(countIf(abs(y - x) >= 0.01)) AS changed, toUInt32(countIf(x - y >= 0.01)) AS lost,
  sum(x) AS sumX, sum(x * x) AS sumXX, sum(x * x * x * x) AS sumX4, sum(y) AS sumY, sum(x * y) AS sumXY, sum(y * y) AS sumYY, sum(least(x, y)) AS sumG, sum(x * least(x, y)) AS sumXG, sum(least(x, y) * least(x, y)) AS sumGG`;

export const lockedSet = (frame: Frame, from: number, to: number, values: Values): string =>
  `(SELECT account, levels[${from + 1}] AS x, levels[${to + 1}] AS y FROM ${whole(frame, values)} WHERE x > 0)`;

export type FollowedRow = KeptSums & { kind: 'all' | 'cohort'; cohort: number; after: number };

/** Accounts whose first month with revenue lies between two places, by how many months later; only months that are known. */
export const followedRows = ({ follow }: SubscriptionsAsked, frame: Frame, from: number, to: number): Query => {
  const values = makeValues();
  return {
    sql: `SELECT one.1 AS kind, one.2 AS cohort, toInt32(k) AS after, ${keptSums}
      FROM (SELECT levels[began] AS x, levels[began + k] AS y, k, arrayJoin([('all', toInt32(-1)), ('cohort', toInt32(began - 1))]) AS one
        FROM (SELECT levels, began, arrayJoin(range(0, ${follow + 1})) AS k FROM (SELECT levels, arrayFirstIndex(v -> v > 0, levels) AS began FROM ${whole(frame, values)})
          WHERE began > 0 AND began - 1 BETWEEN ${from} AND ${to}) WHERE began + k <= ${frame.last + 1})
      GROUP BY one, k ORDER BY one, k`,
    params: values.params,
  };
};

export const rowColumns = ['id', 'name', 'source_id', 'segment', 'plan', 'movement', 'mrr_before', 'mrr', 'change'];

/** Accounts with revenue at either end of a span, with what they did. */
const rowSource = (asked: SubscriptionRowsAsked, frame: Frame, place: number, values: Values): string => {
  const start = place - asked.since;
  const before = start < 0 ? 'toFloat64(0)' : `levels[${start + 1}]`;
  const only = asked.movement ? `movement = ${values.bind(asked.movement, 'String')}` : `(mrr > 0 OR mrr_before > 0)`;
  return `(SELECT account AS id, ${before} AS mrr_before, levels[${place + 1}] AS mrr, round(mrr - mrr_before, 2) AS change,
      ${movementSql('mrr_before', 'mrr', `arraySlice(levels, 1, ${Math.max(0, start)})`)} AS movement
    FROM ${whole(frame, values)} WHERE ${only}${asked.locked ? ' AND mrr_before > 0' : ''})`;
};

export const countRows = (asked: SubscriptionRowsAsked, frame: Frame, place: number): Query => {
  const values = makeValues();
  return { sql: `SELECT toUInt32(count()) AS total FROM ${rowSource(asked, frame, place, values)}`, params: values.params };
};

export const pageRows = (asked: SubscriptionRowsAsked, frame: Frame, place: number, page: { offset: number; limit: number }): Query => {
  const values = makeValues({ ...page });
  return {
    sql: `SELECT r.id AS id, o.name AS name, k.source_id AS source_id, o.segment AS segment, o.plan AS plan, r.movement AS movement, round(r.mrr_before, 2) AS mrr_before, round(r.mrr, 2) AS mrr, r.change AS change
      FROM (SELECT * FROM ${rowSource(asked, frame, place, values)} ORDER BY abs(change) DESC, id LIMIT {limit:UInt32} OFFSET {offset:UInt32}) AS r
      LEFT ANY JOIN ${folded('account', ['name', 'segment', 'plan'])} AS o ON o.id = r.id
      LEFT ANY JOIN ${sourceIds('account')} AS k ON k.id = r.id ORDER BY abs(change) DESC, id`,
    params: values.params,
  };
};
