import { numbers } from '../../collect/events/queries.ts';
import { current, sourceIds } from '../../collect/objects/queries.ts';
import type { Query } from '../../platform/events/store.ts';
import { folded } from '../landing-reports/folded.ts';
import { sumsOf, type Sums } from '../questions/clusters.ts';
import type { Values } from '../questions/filters.ts';
import { type AdoptionFacts, baseSources, useDaysOf, valuesOf } from './facts.ts';
import type { Unit } from '../questions/schema.ts';
import { usesOf } from '../questions/uses.ts';

export type GroupBy = 'segment' | 'plan' | 'age';

const accessAt = `parseDateTime64BestEffortOrNull(properties[{accessProperty:String}], 3, 'UTC')`;
const accessOf = ({ since }: AdoptionFacts): string =>
  since.kind === 'access' && since.property
    ? `LEFT JOIN (SELECT id, ${accessAt} AS access_at FROM ${current('account')}) AS x ON x.id = l.id`
    : '';

const startOf = ({ since }: AdoptionFacts): string => {
  if (since.kind === 'day') return 'toDate({market:Date})';
  const at = since.property ? 'x.access_at' : 'l.created_at';
  return `if(${at} IS NULL, NULL, greatest(toDate(assumeNotNull(${at}), {zone:String}), toDate({market:Date})))`;
};

/** Every account: its standing, its day 1, and how many complete days it has been followed. Needs the values of `valuesOf`. */
const ledgerOfAccounts = (
  facts: AdoptionFacts,
): string => `(SELECT l.id AS id, n.number AS number, ifNull(l.name, '') AS name, l.segment AS segment, l.plan AS plan,
    ${startOf(facts)} AS start, if(l.standing = 'eligible' AND start IS NULL, 'access_unknown', l.standing) AS standing,
    multiIf(l.created_at IS NULL, '', toDate(assumeNotNull(l.created_at), {zone:String}) >= toDate({market:Date}), 'new', 'existing') AS age,
    toInt32(if(start IS NULL, 0, least({horizon:UInt32}, greatest(0, dateDiff('day', start, toDate({lastDay:Date})) + 1)))) AS followed
  FROM ${baseSources(facts).accounts} AS l LEFT JOIN ${numbers('account')} AS n ON n.id = l.id ${accessOf(facts)})`;

const eligible = (facts: AdoptionFacts): string =>
  `(SELECT *, id AS account_id, number AS cluster FROM ${ledgerOfAccounts(facts)} WHERE standing = 'eligible')`;

/** The base of one unit. A person starts when the account does. */
const baseOf = (unit: Unit, facts: AdoptionFacts): string =>
  unit === 'accounts'
    ? eligible(facts)
    : `(SELECT p.id AS id, n.number AS number, p.name AS name, b.account_id AS account_id, b.cluster AS cluster, b.segment AS segment, b.plan AS plan, b.start AS start,
        b.age AS age, b.followed AS followed
      FROM ${baseSources(facts).people} AS p INNER JOIN ${eligible(facts)} AS b ON b.account_id = p.account_id LEFT JOIN ${numbers('person')} AS n ON n.id = p.id)`;

/** One row per unit that used it: adopted on the later of the day of the k-th use and the d-th day of use. */
const tracks = (
  unit: Unit,
  facts: AdoptionFacts,
  values: Values,
): string => `(SELECT number, sum(n) AS uses, count() AS use_days, min(use_day) AS first_use,
    arraySort(groupArray((use_day, n))) AS track, ${values.bind(facts.rule.times, 'UInt32')} AS times_needed, ${values.bind(facts.rule.days, 'UInt32')} AS days_needed,
    arrayFirst((on, total) -> total >= times_needed, track.1, arrayCumSum(track.2)) AS times_day,
    if(uses >= times_needed AND use_days >= days_needed, greatest(times_day, track.1[days_needed]), NULL) AS adopted_day
  FROM (SELECT assumeNotNull(b.number) AS number, toInt32(dateDiff('day', assumeNotNull(b.start), u.day) + 1) AS use_day, sum(u.n) AS n
    FROM ${usesOf(facts.rule, values, useDaysOf(facts))} AS u INNER JOIN (SELECT number, start FROM ${baseOf(unit, facts)} WHERE number IS NOT NULL) AS b ON b.number = u.${unit === 'accounts' ? 'account' : 'person'}
    WHERE use_day BETWEEN 1 AND {horizon:Int32} GROUP BY number, use_day) GROUP BY number)`;

/** One row per unit of the base, whether it used the feature or not. Every figure of adoption is a count over this. */
const ledger = (
  unit: Unit,
  facts: AdoptionFacts,
  values: Values,
): string => `(SELECT b.id AS id, b.name AS name, b.account_id AS account_id, ifNull(b.cluster, 0) AS cluster, b.segment AS segment,
    b.plan AS plan, b.age AS age, b.start AS start, b.followed AS followed, ifNull(t.uses, 0) AS uses, ifNull(t.use_days, 0) AS use_days, t.first_use AS first_use,
    t.adopted_day AS adopted_day, t.track AS track
  FROM ${baseOf(unit, facts)} AS b LEFT JOIN ${tracks(unit, facts, values)} AS t ON t.number = b.number)`;

const asked = (facts: AdoptionFacts, write: (values: Values) => string): Query => {
  const values = valuesOf(facts);
  const sql = write(values);
  return { sql, params: values.params };
};

export type BaseCount = { standing: string; accounts: number };

export const baseCounts = (facts: AdoptionFacts): Query =>
  asked(
    facts,
    () =>
      `SELECT standing, toUInt32(count()) AS accounts FROM ${ledgerOfAccounts(facts)} GROUP BY standing ORDER BY accounts DESC, standing`,
  );

/** By the end of each day from 0 to the horizon: of those followed so long (n), who had adopted (y). */
export const curveSums = (unit: Unit, facts: AdoptionFacts): Query =>
  asked(facts, (values) =>
    sumsOf(`(SELECT cluster, arrayMap(d -> d <= followed, range(0, {horizon:UInt32} + 1)) AS n,
      arrayMap(d -> d <= followed AND ifNull(adopted_day, 65535) <= d, range(0, {horizon:UInt32} + 1)) AS y FROM ${ledger(unit, facts, values)})`),
  );
export type CurveSums = Sums;

export type Span = { time: number; adopted: number; censored: number; used: number; unused: number };

/** Per day: who adopted on it, and whose time ended on it before; the same of the first use. */
export const spans = (unit: Unit, facts: AdoptionFacts): Query =>
  asked(
    facts,
    (
      values,
    ) => `SELECT toInt32(one.1) AS time, toUInt32(countIf(one.2 = 1)) AS adopted, toUInt32(countIf(one.2 = 2)) AS censored, toUInt32(countIf(one.2 = 3)) AS used,
      toUInt32(countIf(one.2 = 4)) AS unused
    FROM (SELECT arrayJoin([if(ifNull(adopted_day, 65535) <= followed, (assumeNotNull(adopted_day), 1), (followed, 2)),
        if(ifNull(first_use, 65535) <= followed, (assumeNotNull(first_use), 3), (followed, 4))]) AS one FROM ${ledger(unit, facts, values)} WHERE followed > 0)
    GROUP BY time ORDER BY time`,
  );

export type GroupSums = Sums & { value: string; eligible: number };

/** Adoption by the day on which groups are compared, by segment, plan, or whether the account is new; '' is unknown. */
export const groupSums = (by: GroupBy, unit: Unit, facts: AdoptionFacts): Query =>
  asked(facts, (values) =>
    sumsOf(
      `(SELECT ${by} AS value, cluster, [{groupDay:Int32} > 0 AND followed >= {groupDay:Int32}] AS n,
        [{groupDay:Int32} > 0 AND followed >= {groupDay:Int32} AND ifNull(adopted_day, 65535) <= {groupDay:Int32}] AS y FROM ${ledger(unit, facts, values)})`,
      'value',
    ),
  );

export type Depth = { uses: number; useDays: number; units: number };

/** How often, and on how many days, those who adopted used it. */
export const depthCounts = (unit: Unit, facts: AdoptionFacts): Query =>
  asked(
    facts,
    (
      values,
    ) => `SELECT toUInt32(uses) AS uses, toUInt32(use_days) AS useDays, toUInt32(count()) AS units FROM ${ledger(unit, facts, values)}
    WHERE uses > 0 AND ifNull(adopted_day, 65535) <= followed GROUP BY uses, useDays ORDER BY uses, useDays`,
  );

/** In the k-th seven days after the first use: of those followed so long, who used it again (in the first: who used it). */
export const returnSums = (unit: Unit, facts: AdoptionFacts): Query =>
  asked(facts, (values) =>
    sumsOf(`(SELECT cluster, arrayMap(k -> first_day + 7 * k + 6 <= followed, range(0, {weeks:UInt32})) AS n,
      arrayMap(k -> first_day + 7 * k + 6 <= followed AND arrayExists(d -> intDiv(d - first_day, 7) = k, track.1), range(0, {weeks:UInt32})) AS y
      FROM (SELECT cluster, toInt32(assumeNotNull(first_use)) AS first_day, followed, track FROM ${ledger(unit, facts, values)} WHERE first_use IS NOT NULL))`),
  );

export type Breadth = { people: number; users: number; accounts: number };

/** Of each account that used it: how many people it has, and how many of them used it. */
export const breadthCounts = (facts: AdoptionFacts): Query =>
  asked(
    facts,
    (values) => `SELECT people, users, toUInt32(count()) AS accounts
    FROM (SELECT account_id, toUInt32(count()) AS people, toUInt32(countIf(uses > 0)) AS users FROM ${ledger('people', facts, values)} GROUP BY account_id)
    WHERE users > 0 GROUP BY people, users ORDER BY people, users`,
  );

export type RowsAsked = {
  unit: Unit;
  state: 'all' | 'adopted' | 'used' | 'not_used' | 'not_adopted';
  by?: number;
  group?: GroupBy;
  value?: string;
};

const states: Record<RowsAsked['state'], string> = {
  all: '1',
  adopted: 'ifNull(adopted_day, 65535) <= least(followed, {by:Int32})',
  used: 'uses > 0',
  not_used: 'uses = 0',
  not_adopted: 'ifNull(adopted_day, 65535) > least(followed, {by:Int32})',
};

export const adoptionColumns = [
  'id',
  'name',
  'source_id',
  'account',
  'segment',
  'plan',
  'start',
  'followed',
  'uses',
  'use_days',
  'first_use',
  'adopted_day',
] as const;
export type AdoptionRow = Record<(typeof adoptionColumns)[number], string | number | null>;

const narrowed = (row: RowsAsked, facts: AdoptionFacts, values: Values): string => {
  values.params.by = row.by ?? facts.horizonDays;
  const group = row.group === undefined || row.value === undefined ? '1' : `${row.group} = ${values.bind(row.value, 'String')}`;
  return `(SELECT * FROM ${ledger(row.unit, facts, values)} WHERE ${states[row.state]} AND ${group})`;
};

export const adoptionTotal = (row: RowsAsked, facts: AdoptionFacts): Query =>
  asked(facts, (values) => `SELECT toUInt32(count()) AS total FROM ${narrowed(row, facts, values)}`);

/** Units behind a figure, those who adopted first; the order does not change between pages. */
export const adoptionPage = (row: RowsAsked, page: { offset: number; limit: number }, facts: AdoptionFacts): Query =>
  asked(
    facts,
    (
      values,
    ) => `SELECT l.id AS id, l.name AS name, ifNull(k.source_id, '') AS source_id, ifNull(a.name, '') AS account, segment, plan, toString(start) AS start, followed, toUInt32(uses) AS uses,
      toUInt32(use_days) AS use_days, first_use, adopted_day
    FROM ${narrowed(row, facts, values)} AS l LEFT JOIN ${folded('account', ['name'])} AS a ON a.id = l.account_id
    LEFT JOIN ${sourceIds(row.unit === 'accounts' ? 'account' : 'person')} AS k ON k.id = l.id
    ORDER BY adopted_day IS NULL, adopted_day, uses DESC, name, id LIMIT ${values.bind(page.limit, 'UInt32')} OFFSET ${values.bind(page.offset, 'UInt64')}`,
  );
