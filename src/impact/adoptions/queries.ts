import { numbers } from '../../collect/events/queries.ts';
import type { Query } from '../../platform/events/store.ts';
import { folded } from '../landing-reports/folded.ts';
import { type Sums, summedOver, sumsOf } from '../questions/clusters.ts';
import type { Values } from '../questions/filters.ts';
import type { Unit } from '../questions/schema.ts';
import type { AdoptionFacts } from './facts.ts';
import { accountLedger, askedOf, ledger, named } from './ledger.ts';

export type GroupBy = 'segment' | 'plan' | 'age';

export type BaseCount = { standing: string; accounts: number; undated: number };

/** How many accounts are in the base, and how many are not and why; of how many the day of creation is not known. */
export const baseCounts = (facts: AdoptionFacts): Query =>
  askedOf(
    facts,
    () => `SELECT standing, toUInt32(count()) AS accounts, toUInt32(countIf(created_at IS NULL)) AS undated
    FROM ${accountLedger(facts)} GROUP BY standing ORDER BY accounts DESC, standing`,
  );

/** What a day adds to the sums over accounts; `cumulated` makes curves of it. */
export type DaySums = { day: number } & Record<keyof Sums, number>;

/**
 * By day, how the sums over clusters change: of units, as long as their account is followed (n), and of those who had adopted (y). The k-th to
 * adopt adds 2k - 1 to the square of its cluster's count; what was added goes when its account is followed no longer.
 */
export const curveSums = (unit: Unit, facts: AdoptionFacts): Query =>
  askedOf(
    facts,
    (
      values,
    ) => `SELECT toInt32(one.1) AS day, sum(one.2) AS clusters, sum(one.3) AS trials, sum(one.4) AS successes, sum(one.5) AS sumYY, sum(one.6) AS sumYN, sum(one.7) AS sumNN
    FROM (SELECT any(followed) AS held, toInt64(count()) AS units, arraySort(groupArrayIf(assumeNotNull(adopted_day), ifNull(adopted_day, 65535) <= followed)) AS on, toInt64(length(on)) AS adopted
      FROM ${ledger(unit, facts, values)} GROUP BY cluster)
    ARRAY JOIN arrayConcat([(0, 1, units, 0, 0, 0, units * units)], arrayMap((d, k) -> (d, 0, 0, 1, 2 * k - 1, units, 0), on, arrayEnumerate(on)),
      [(held + 1, -1, -units, -adopted, -adopted * adopted, -adopted * units, -units * units)]) AS one GROUP BY day ORDER BY day`,
  );

export type Span = { time: number; adopted: number; censored: number; used: number; unused: number };

/** Per day: who adopted on it, and whose time ended on it before; the same of the first use. */
export const spans = (unit: Unit, facts: AdoptionFacts): Query =>
  askedOf(
    facts,
    (
      values,
    ) => `SELECT toInt32(one.1) AS time, toUInt32(countIf(one.2 = 1)) AS adopted, toUInt32(countIf(one.2 = 2)) AS censored, toUInt32(countIf(one.2 = 3)) AS used,
      toUInt32(countIf(one.2 = 4)) AS unused
    FROM (SELECT arrayJoin([if(ifNull(adopted_day, 65535) <= followed, (assumeNotNull(adopted_day), 1), (followed, 2)),
        if(ifNull(first_use, 65535) <= followed, (assumeNotNull(first_use), 3), (followed, 4))]) AS one FROM ${ledger(unit, facts, values)} WHERE followed > 0)
    GROUP BY time ORDER BY time`,
  );

export type GroupSums = Sums & { by: GroupBy; value: string };

/** Adoption by the day on which groups are compared, by segment, plan, and whether the account is new, which all are of the account; '' is unknown. */
export const groupSums = (unit: Unit, facts: AdoptionFacts): Query =>
  askedOf(facts, (values) =>
    summedOver(
      `(SELECT groups.1 AS by, groups.2 AS value, [units] AS n, [adopted] AS y FROM (SELECT cluster, any(segment) AS segment, any(plan) AS plan, any(age) AS age,
        countIf({groupDay:Int32} > 0 AND followed >= {groupDay:Int32}) AS units,
        countIf({groupDay:Int32} > 0 AND followed >= {groupDay:Int32} AND ifNull(adopted_day, 65535) <= {groupDay:Int32}) AS adopted
        FROM ${ledger(unit, facts, values)} GROUP BY cluster) ARRAY JOIN [('segment', segment), ('plan', plan), ('age', age)] AS groups)`,
      ['by', 'value'],
    ),
  );

export type Depth = { uses: number; useDays: number; units: number };

/** How often, and on how many days, those who adopted used it. */
export const depthCounts = (unit: Unit, facts: AdoptionFacts): Query =>
  askedOf(
    facts,
    (
      values,
    ) => `SELECT toUInt32(uses) AS uses, toUInt32(use_days) AS useDays, toUInt32(count()) AS units FROM ${ledger(unit, facts, values)}
    WHERE uses > 0 AND ifNull(adopted_day, 65535) <= followed GROUP BY uses, useDays ORDER BY uses, useDays`,
  );

/** In the k-th seven days after the first use: of those followed so long, who used it again (in the first: who used it). */
export const returnSums = (unit: Unit, facts: AdoptionFacts): Query =>
  askedOf(facts, (values) =>
    sumsOf(`(SELECT cluster, arrayMap(k -> first_day + 7 * k + 6 <= followed, range(0, {weeks:UInt32})) AS n,
      arrayMap(k -> first_day + 7 * k + 6 <= followed AND arrayExists(d -> intDiv(d - first_day, 7) = k, track.1), range(0, {weeks:UInt32})) AS y
      FROM (SELECT cluster, toInt32(assumeNotNull(first_use)) AS first_day, followed, track FROM ${ledger(unit, facts, values)} WHERE first_use IS NOT NULL))`),
  );

export type Breadth = { people: number; users: number; accounts: number };

/** Of each account that used it: how many people it has, and how many of them used it. */
export const breadthCounts = (facts: AdoptionFacts): Query =>
  askedOf(
    facts,
    (values) => `SELECT people, users, toUInt32(count()) AS accounts
    FROM (SELECT cluster, toUInt32(count()) AS people, toUInt32(countIf(uses > 0)) AS users FROM ${ledger('people', facts, values)} GROUP BY cluster)
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
  askedOf(facts, (values) => `SELECT toUInt32(count()) AS total FROM ${narrowed(row, facts, values)}`);

/** Units behind a figure, those who adopted first; the order does not change between pages. */
export const adoptionPage = (row: RowsAsked, page: { offset: number; limit: number }, facts: AdoptionFacts): Query =>
  askedOf(
    facts,
    (
      values,
    ) => `SELECT l.id AS id, l.name AS name, l.source_id AS source_id, ifNull(a.name, '') AS account, segment, plan, toString(start) AS start, followed, toUInt32(uses) AS uses,
      toUInt32(use_days) AS use_days, first_use, adopted_day
    FROM ${named(row.unit, narrowed(row, facts, values))} AS l LEFT JOIN ${numbers('account')} AS c ON c.number = l.cluster LEFT JOIN ${folded('account', ['name'])} AS a ON a.id = c.id
    ORDER BY adopted_day IS NULL, adopted_day, uses DESC, name, id LIMIT ${values.bind(page.limit, 'UInt32')} OFFSET ${values.bind(page.offset, 'UInt64')}`,
  );
