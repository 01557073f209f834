import type { Query } from '../../../platform/events/store.ts';
import { rows } from '../../../platform/events/sources.ts';
import { folded } from '../folded.ts';
import { type AdoptionFacts, valuesOf } from '../../adoptions/facts.ts';

const contacted = `id IN (SELECT assumeNotNull(person_id) FROM ${rows('touch')} WHERE person_id IS NOT NULL)`;

/** Which account somebody with a contact belongs to: by the person, or by an opportunity that names both. */
const links = `(SELECT DISTINCT person, account FROM (
    SELECT id AS person, ifNull(account_id, '') AS account FROM ${folded('person', ['account_id'], contacted)}
    UNION ALL SELECT ifNull(person_id, '') AS person, ifNull(account_id, '') AS account FROM ${folded('opportunity', ['person_id', 'account_id'])})
  WHERE person != '' AND account != '')`;

/** First contact of each person: the touch of that kind, else the earliest; its channel is the origin, '' where empty. */
const firstContacts = `(SELECT ifNull(person_id, '') AS person,
    argMin((ifNull(channel, ''), at), (ifNull(kind, '') != 'first_contact', at IS NULL, ifNull(at, toDateTime64(0, 3, 'UTC')), id)) AS first,
    first.1 AS origin, first.2 AS contacted_at
  FROM ${folded('touch', ['person_id', 'kind', 'channel', 'at'])} WHERE ifNull(person_id, '') != '' AND (at IS NULL OR at <= {now:DateTime64(3, 'UTC')}) GROUP BY person)`;

const dealFields = `min(created_at) AS opportunity_at, max(ifNull(state, '') = 'won') AS won, minIf(closed_at, ifNull(state, '') = 'won') AS won_at`;
const deals = folded('opportunity', ['person_id', 'account_id', 'state', 'created_at', 'closed_at']);

/** Opportunities by person; one that names only an account counts for the people of that account. */
const opportunities = `(SELECT person, ${dealFields} FROM (
    SELECT ifNull(person_id, '') AS person, state, created_at, closed_at FROM ${deals} WHERE ifNull(person_id, '') != ''
    UNION ALL SELECT l.person AS person, o.state AS state, o.created_at AS created_at, o.closed_at AS closed_at
      FROM ${deals} AS o INNER JOIN ${links} AS l ON l.account = o.account_id WHERE ifNull(o.person_id, '') = '')
  GROUP BY person)`;

/** Movements that bring money in; what shrinks or ends a subscription is not a first revenue. */
const income = `(SELECT id, ifNull(person_id, '') AS person, ifNull(account_id, '') AS account, amount, ifNull(currency, '') AS currency,
    ifNull(interval, '') AS interval, at FROM ${folded('revenue', ['person_id', 'account_id', 'kind', 'amount', 'currency', 'interval', 'at'])} WHERE ifNull(kind, '') NOT IN ('contraction', 'churn'))`;
const revenues = `(SELECT person, min(at) AS revenue_at FROM (
    SELECT person, at FROM ${income} WHERE person != ''
    UNION ALL SELECT l.person AS person, i.at AS at FROM ${income} AS i INNER JOIN ${links} AS l ON l.account = i.account WHERE i.account != '')
  GROUP BY person)`;

const step = (from: string, to: string): string => `(toUnixTimestamp64Milli(${to}) - toUnixTimestamp64Milli(${from})) / 86400000`;

/** One row per person with a first contact. A step counts only after the steps before it; what skipped one is marked. */
export const funnelLedger = `(SELECT c.person AS id, c.origin AS origin, c.contacted_at AS contacted_at,
    o.person IS NOT NULL AS opportunity, ifNull(o.won, 0) = 1 AS won, won AND r.person IS NOT NULL AS revenue,
    NOT won AND r.person IS NOT NULL AS skipped,
    o.opportunity_at AS opportunity_at, o.won_at AS won_at, r.revenue_at AS revenue_at,
    if(opportunity, ${step('contacted_at', 'opportunity_at')}, NULL) AS opportunity_days,
    if(won, ${step('contacted_at', 'won_at')}, NULL) AS won_days,
    if(revenue, ${step('contacted_at', 'revenue_at')}, NULL) AS revenue_days
  FROM ${firstContacts} AS c LEFT JOIN ${opportunities} AS o ON o.person = c.person LEFT JOIN ${revenues} AS r ON r.person = c.person)`;

export const laterSteps = ['opportunity', 'won', 'revenue'] as const;
export type LaterStep = (typeof laterSteps)[number];
type Duration = 'timed' | 'undated' | 'negative';
export type FunnelCounts = {
  whole: 0 | 1;
  origin: string;
  contacts: number;
  skipped: number;
  from: string | null;
  to: string | null;
} & Record<`${LaterStep}_${'count' | Duration}`, number>;

const countsOf = (name: LaterStep): string => `toUInt32(countIf(${name})) AS ${name}_count,
  toUInt32(countIf(${name}_days >= 0)) AS ${name}_timed, toUInt32(countIf(${name} AND ${name}_days IS NULL)) AS ${name}_undated,
  toUInt32(countIf(${name}_days < 0)) AS ${name}_negative`;
/** The whole in one row (`whole` is 1), then each origin: one reading of the ledger for both. */
const wholeAndOrigins = 'GROUP BY GROUPING SETS ((), (origin)) ORDER BY whole DESC, contacts DESC, origin';
const whole = 'toUInt8(grouping(origin)) AS whole';

/** People at each step, in all and by origin; how many of the times are known, missing, or negative. */
export const funnelCounts = (facts: AdoptionFacts): Query => ({
  sql: `SELECT ${whole}, origin, toUInt32(count()) AS contacts, toUInt32(countIf(skipped)) AS skipped,
      toString(toDate(min(contacted_at), {zone:String})) AS from, toString(toDate(max(contacted_at), {zone:String})) AS to,
      ${laterSteps.map(countsOf).join(', ')}
    FROM ${funnelLedger} ${wholeAndOrigins}`,
  params: valuesOf(facts).params,
});

/** Ranks of the order statistics that bound a median, looked up by the count of observations. */
export type RankTable = { counts: number[]; low: number[]; high: number[] };
export type FunnelTimes = { whole: 0 | 1; origin: string } & Record<`${LaterStep}_${'median' | 'low' | 'high'}`, number | null>;

const timesOf = (name: LaterStep): string => {
  const days = `arraySort(groupArrayIf(assumeNotNull(${name}_days), ${name}_days >= 0))`;
  const at = (bound: string) =>
    `if(transform(length(${name}_sorted), {counts:Array(UInt64)}, {${bound}:Array(UInt64)}, 0) = 0, NULL,
      ${name}_sorted[transform(length(${name}_sorted), {counts:Array(UInt64)}, {${bound}:Array(UInt64)}, 0)])`;
  return `${days} AS ${name}_sorted,
    if(empty(${name}_sorted), NULL, (${name}_sorted[intDiv(length(${name}_sorted) + 1, 2)] + ${name}_sorted[intDiv(length(${name}_sorted), 2) + 1]) / 2) AS ${name}_median,
    ${at('low')} AS ${name}_low, ${at('high')} AS ${name}_high`;
};
const timeColumns = laterSteps.flatMap((name) => [`${name}_median`, `${name}_low`, `${name}_high`]).join(', ');

/** Median days from first contact to each step, with the interval that the ranks give. Negative times are left out. */
export const funnelTimes = (ranks: RankTable, facts: AdoptionFacts): Query => ({
  sql: `SELECT whole, origin, ${timeColumns} FROM (SELECT ${whole}, origin, count() AS contacts, ${laterSteps.map(timesOf).join(', ')}
    FROM ${funnelLedger} ${wholeAndOrigins})`,
  params: { ...valuesOf(facts).params, ...ranks },
});

/** Whose first contact a movement of revenue belongs to: its person, else the first contacted person of its account. */
const ownerOfAccount = `(SELECT l.account AS account, argMin(c.origin, (c.contacted_at IS NULL, ifNull(c.contacted_at, toDateTime64(0, 3, 'UTC')), c.person)) AS origin
  FROM ${links} AS l INNER JOIN ${firstContacts} AS c ON c.person = l.person GROUP BY account)`;
export const moneyLedger = `(SELECT i.id AS id, i.person AS person, i.account AS account, i.amount AS amount, i.currency AS currency, i.interval AS interval, i.at AS at,
    c.person IS NOT NULL OR a.account IS NOT NULL AS known, coalesce(c.origin, a.origin, '') AS origin
  FROM ${income} AS i LEFT JOIN ${firstContacts} AS c ON c.person = i.person LEFT JOIN ${ownerOfAccount} AS a ON a.account = i.account)`;

export type MoneyByOrigin = {
  known: number;
  origin: string;
  currency: string;
  interval: string;
  amount: number;
  movements: number;
  unpriced: number;
};

/** Revenue by origin, once per currency and billing interval: these are never added up. known 0 = no first contact on record. */
export const moneyByOrigin = (facts: AdoptionFacts): Query => ({
  sql: `SELECT toUInt8(known) AS known, origin, currency, interval, toFloat64(sum(ifNull(m.amount, 0))) AS amount, toUInt32(count()) AS movements,
      toUInt32(countIf(m.amount IS NULL)) AS unpriced
    FROM ${moneyLedger} AS m GROUP BY known, origin, currency, interval ORDER BY known DESC, amount DESC, origin, currency, interval`,
  params: valuesOf(facts).params,
});

export type SegmentDeals = { segment: string; opportunities: number; won_count: number; withRevenue: number };

/** One row per account: whether it has an opportunity, a won one, and revenue. */
export const dealLedger = `(SELECT a.id AS id, ifNull(a.name, '') AS name, ifNull(a.segment, '') AS segment, d.account IS NOT NULL AS opportunity,
    ifNull(d.won, 0) = 1 AS won, i.account IS NOT NULL AS revenue, ifNull(d.deals, 0) AS deals, d.won_at AS won_at, ifNull(i.movements, 0) AS movements
  FROM ${folded('account', ['name', 'segment'])} AS a
  LEFT JOIN (SELECT account_id AS account, max(ifNull(state, '') = 'won') AS won, minIf(closed_at, ifNull(state, '') = 'won') AS won_at, count() AS deals
    FROM ${deals} WHERE ifNull(account_id, '') != '' GROUP BY account) AS d ON d.account = a.id
  LEFT JOIN (SELECT account, count() AS movements FROM ${income} WHERE account != '' GROUP BY account) AS i ON i.account = a.id)`;

/** Accounts with an opportunity, a won one, and revenue, by segment ('' where unknown). */
export const dealsBySegment = (facts: AdoptionFacts): Query => ({
  sql: `SELECT segment, toUInt32(countIf(opportunity)) AS opportunities, toUInt32(countIf(won)) AS won_count, toUInt32(countIf(revenue)) AS withRevenue
    FROM ${dealLedger} GROUP BY segment ORDER BY segment`,
  params: valuesOf(facts).params,
});

export type LastDeal = { day: string | null; hasRevenue: 0 | 1 };

/** The newest dated thing of a deal: how far the data of the funnel reach; and whether there is any revenue at all. */
export const lastDeal = (facts: AdoptionFacts): Query => ({
  sql: `SELECT if(max(at) IS NULL, NULL, toString(toDate(assumeNotNull(max(at)), {zone:String}))) AS day,
      toUInt8((SELECT count() FROM ${rows('revenue')}) > 0) AS hasRevenue FROM (
      SELECT at FROM ${folded('touch', ['at'])} UNION ALL SELECT created_at AS at FROM ${deals} UNION ALL SELECT closed_at AS at FROM ${deals}
      UNION ALL SELECT at FROM ${folded('revenue', ['at'])})
    WHERE at <= {now:DateTime64(3, 'UTC')}`,
  params: valuesOf(facts).params,
});

export type BeforeAfterCounts = { before: number; beforeWon: number; after: number; afterWon: number; undated: number };

/** Conditions on a row of the funnel: in which window its first contact lies, and whether it was won within the follow-up. */
export const contactDay = `if(contacted_at IS NULL, NULL, dateDiff('day', toDate({market:Date}), toDate(assumeNotNull(contacted_at), {zone:String})) + 1)`;
export const windows = {
  before: 'contact_day BETWEEN 1 - {window:Int32} AND 0',
  after: 'contact_day BETWEEN 1 AND {window:Int32}',
  inTime: 'won AND won_days < {window:Int32}',
} as const;

/** People first contacted in equal windows before and after the market date, and those won within the same follow-up. */
export const beforeAfter = (windowDays: number, facts: AdoptionFacts): Query => {
  const { before, after, inTime } = windows;
  return {
    sql: `SELECT toUInt32(countIf(${before})) AS before, toUInt32(countIf(${before} AND ${inTime})) AS beforeWon,
        toUInt32(countIf(${after})) AS after, toUInt32(countIf(${after} AND ${inTime})) AS afterWon,
        toUInt32(countIf(won AND won_days IS NULL AND (${before} OR ${after}))) AS undated
      FROM (SELECT won, won_days, ${contactDay} AS contact_day FROM ${funnelLedger})`,
    params: { ...valuesOf(facts).params, window: windowDays },
  };
};
