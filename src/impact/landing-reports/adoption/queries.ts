import type { Query } from '../../../platform/events/store.ts';
import { numbers } from '../../../collect/events/queries.ts';
import { rows } from '../../../platform/events/sources.ts';
import { bind, type LaunchFacts, sourcesOf, type Unit } from '../facts.ts';
import type { standings } from '../schema.ts';

/** Uses of the feature by account, person and day within the horizon. Day 1 is the market date, in whole days of the workspace. */
const uses = (
  facts: LaunchFacts,
): string => `(SELECT ifNull(p.id, '') AS person, ifNull(a.id, '') AS account, u.use_day AS use_day, u.n AS uses
  FROM (SELECT person, account, dateDiff('day', toDate({market:Date}), day) + 1 AS use_day, n FROM ${sourcesOf(facts).uses}) AS u
  LEFT JOIN ${numbers('person')} AS p ON p.number = u.person LEFT JOIN ${numbers('account')} AS a ON a.number = u.account)`;

/** One row per unit that used the feature: adopted on the later of the day of the k-th use and the d-th day of use. */
const adopters = (unit: Unit, facts: LaunchFacts): string => `(SELECT id, sum(n) AS uses, count() AS use_days, min(use_day) AS first_use,
    arraySort(groupArray((use_day, n))) AS track,
    arrayFirst((on, total) -> total >= {times:UInt32}, track.1, arrayCumSum(track.2)) AS times_day,
    if(uses >= {times:UInt32} AND use_days >= {days:UInt32}, greatest(times_day, track.1[{days:UInt32}]), NULL) AS adopted_day
  FROM (SELECT ${unit} AS id, use_day, sum(uses) AS n FROM ${uses(facts)} WHERE ${unit} != '' GROUP BY id, use_day) GROUP BY id)`;

/** One row per eligible unit, whether it used the feature or not. All figures of adoption are counts over this. */
export const adoptionLedger = (unit: Unit, facts: LaunchFacts): string => {
  const { accounts, people } = sourcesOf(facts);
  return unit === 'account'
    ? `(SELECT b.id AS id, ifNull(b.name, '') AS name, b.segment AS segment, b.plan AS plan, ifNull(a.uses, 0) AS uses,
        ifNull(a.use_days, 0) AS use_days, a.first_use AS first_use, a.adopted_day AS adopted_day
      FROM (SELECT * FROM ${accounts} WHERE standing = 'eligible') AS b LEFT JOIN ${adopters('account', facts)} AS a ON a.id = b.id)`
    : `(SELECT b.id AS id, b.account_id AS account, b.name AS name, c.segment AS segment, c.plan AS plan, ifNull(a.uses, 0) AS uses,
        ifNull(a.use_days, 0) AS use_days, a.first_use AS first_use, a.adopted_day AS adopted_day
      FROM ${people} AS b INNER JOIN (SELECT * FROM ${accounts} WHERE standing = 'eligible') AS c ON c.id = b.account_id
      LEFT JOIN ${adopters('person', facts)} AS a ON a.id = b.id)`;
};

export type AdoptionCounts = { eligible: number; users: number; adopted: number[] };

/** Of a list of units: how many had adopted by the end of each day, from day 0 (none) to the horizon. */
const adoptedByDay = `arrayMap(total -> toUInt32(total), arrayCumSum(arrayMap(d -> countEqual(groupArrayIf(assumeNotNull(adopted_day), adopted_day IS NOT NULL), d), range(0, {horizon:UInt32} + 1))))`;

/**
 * Eligible people, and sums over their accounts: of how many people each has (n), and of how many had adopted by each day (y). People of
 * one account are alike, which their interval has to know.
 */
export type PeopleCounts = AdoptionCounts & { clusters: number; sumNN: number; sumYY: number[]; sumYN: number[] };

export const peopleCounts = (facts: LaunchFacts): Query => ({
  sql: `SELECT toUInt32(sum(n)) AS eligible, toUInt32(sum(u)) AS users, arrayMap(total -> toUInt32(total), sumForEach(y)) AS adopted, toUInt32(count()) AS clusters,
      toFloat64(sum(n * n)) AS sumNN, sumForEach(arrayMap(one -> toFloat64(one) * one, y)) AS sumYY, sumForEach(arrayMap(one -> toFloat64(one) * n, y)) AS sumYN
    FROM (SELECT account, count() AS n, countIf(uses > 0) AS u, ${adoptedByDay} AS y FROM ${adoptionLedger('person', facts)} GROUP BY account)`,
  params: bind(facts),
});

export type BaseCount = { standing: (typeof standings)[number]; accounts: number; undated: number };

/** How many accounts are in the base, and how many are not and why. */
export const baseCounts = (facts: LaunchFacts): Query => ({
  sql: `SELECT standing, toUInt32(count()) AS accounts, toUInt32(countIf(created_at IS NULL)) AS undated
    FROM ${sourcesOf(facts).accounts} GROUP BY standing ORDER BY accounts DESC, standing`,
  params: bind(facts),
});

export type OutsideUse = { uses: number; accounts: number; withoutAccount: number };

/** Uses of the feature that the base does not cover: by accounts that are not eligible, or by nobody known. */
export const outsideUse = (facts: LaunchFacts): Query => ({
  sql: `SELECT toUInt32(sum(u.uses)) AS uses, toUInt32(uniqExactIf(u.account, u.account != '')) AS accounts,
      toUInt32(sumIf(u.uses, u.account = '')) AS withoutAccount
    FROM ${uses(facts)} AS u WHERE account NOT IN (SELECT id FROM ${sourcesOf(facts).accounts} WHERE standing = 'eligible')`,
  params: bind(facts),
});

/** The last day on which anything happened, whatever its name; null when there is none. Clocks ahead of ours do not count. */
export const lastEvent = (facts: LaunchFacts): Query => ({
  sql: `SELECT if(count() = 0, NULL, toString(max(day))) AS day, toUInt32(count()) AS events
    FROM ${rows('event')} WHERE day <= toDate({now:DateTime64(3, 'UTC')}, {zone:String}) SETTINGS prefer_column_name_to_alias = 1`,
  params: bind(facts),
});

export type SegmentAdoption = AdoptionCounts & { segment: string; accounts: number };

/** Adoption by the segment of the account, '' where the segment is unknown. */
export const adoptionBySegment = (facts: LaunchFacts): Query => ({
  sql: `SELECT segment, toUInt32(count()) AS accounts, toUInt32(countIf(standing = 'eligible')) AS eligible, toUInt32(countIf(l.uses > 0)) AS users,
      ${adoptedByDay} AS adopted
    FROM (SELECT id, segment, standing FROM ${sourcesOf(facts).accounts}) AS a
    LEFT JOIN (SELECT id, uses, adopted_day FROM ${adoptionLedger('account', facts)}) AS l ON l.id = a.id
    GROUP BY segment ORDER BY eligible DESC, accounts DESC, segment`,
  params: bind(facts),
});
