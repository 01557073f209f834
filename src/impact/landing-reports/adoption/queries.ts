import type { Query } from '../../../platform/events/store.ts';
import type { AdoptionFacts } from '../../adoptions/facts.ts';
import { accountLedger, askedOf, ledger, tracks } from '../../adoptions/ledger.ts';

export type AdoptionCounts = { eligible: number; users: number; adopted: number[] };

/** How many of a list of units had adopted by the end of each day, from day 0 (none) to the horizon. */
const adoptedBy = (of: string): string =>
  `arrayMap(total -> toUInt32(total), arrayCumSum(arrayMap(d -> countEqual(groupArrayIf(assumeNotNull(adopted_day), ${of} AND adopted_day IS NOT NULL), d), range(0, {horizon:UInt32} + 1))))`;

/**
 * Eligible people, and sums over their accounts: of how many people each has (n), and of how many had adopted by each day (y). People of
 * one account are alike, which their interval has to know.
 */
export type PeopleCounts = AdoptionCounts & { clusters: number; sumNN: number; sumYY: number[]; sumYN: number[] };

export const peopleCounts = (facts: AdoptionFacts): Query =>
  askedOf(
    facts,
    (
      values,
    ) => `SELECT toUInt32(sum(n)) AS eligible, toUInt32(sum(u)) AS users, arrayMap(total -> toUInt32(total), sumForEach(y)) AS adopted, toUInt32(count()) AS clusters,
      toFloat64(sum(n * n)) AS sumNN, sumForEach(arrayMap(one -> toFloat64(one) * one, y)) AS sumYY, sumForEach(arrayMap(one -> toFloat64(one) * n, y)) AS sumYN
    FROM (SELECT cluster, count() AS n, countIf(uses > 0) AS u, ${adoptedBy('1')} AS y FROM ${ledger('people', facts, values)} GROUP BY cluster)`,
  );

export type SegmentAdoption = AdoptionCounts & {
  segment: string;
  accounts: number;
  /** Uses that the base does not cover, by how many accounts, and those by nobody known. */
  outside: { uses: number; accounts: number; withoutAccount: number };
};

const isEligible = `ifNull(a.standing, '') = 'eligible'`;

/** Adoption by the segment of the account, '' where the segment, or the account, is unknown. */
export const adoptionBySegment = (facts: AdoptionFacts): Query =>
  askedOf(
    facts,
    (
      values,
    ) => `SELECT ifNull(a.segment, '') AS segment, toUInt32(countIf(a.standing IS NOT NULL)) AS accounts, toUInt32(countIf(${isEligible})) AS eligible,
      toUInt32(countIf(${isEligible} AND t.uses > 0)) AS users, ${adoptedBy(isEligible)} AS adopted,
      CAST((toUInt32(sumIf(ifNull(t.uses, 0), NOT ${isEligible})), toUInt32(countIf(NOT ${isEligible} AND t.uses > 0 AND t.number != 0)), toUInt32(sumIf(ifNull(t.uses, 0), t.number = 0))),
        'Tuple(uses UInt32, accounts UInt32, withoutAccount UInt32)') AS outside
    FROM ${accountLedger(facts)} AS a FULL JOIN ${tracks('accounts', facts, values)} AS t ON t.number = a.number
    GROUP BY segment ORDER BY eligible DESC, accounts DESC, segment`,
  );
