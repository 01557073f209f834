import { inArray } from 'drizzle-orm';
import type { Transaction } from '../../platform/records/store.ts';
import type { Launch } from '../launches/schema.ts';
import { launches } from '../launches/tables.ts';
import { approvedTiers, approvingFunctions, type TierRule, type TierStanding, usualRule } from './schema.ts';
import { suggestTier } from './suggestion.ts';
import { tierApprovals, tierRules } from './tables.ts';

/** The rule of the workspace, and which version of it; version 0 is the usual one. */
export const readRule = async (transaction: Transaction): Promise<{ rule: TierRule; version: number }> => {
  const [row] = await transaction.select().from(tierRules);
  return row ? { rule: row.rule, version: row.version } : { rule: usualRule, version: 0 };
};

type Approval = typeof tierApprovals.$inferSelect;
type Written = { scores: Record<string, number> | null; comment: string } | undefined;

const asStanding = ({ tier, version }: Launch, rule: TierRule, row: Written, given: Approval[]): TierStanding => {
  const scores = row?.scores ?? null;
  const suggestion = scores && suggestTier(rule, scores);
  const approvals = (approvedTiers.includes(tier) ? approvingFunctions : []).map((wanted) => {
    const found = given.find((one) => one.function === wanted && one.tier === tier);
    return { function: wanted, by: found?.memberName ?? '', at: found?.at.toISOString() ?? null };
  });
  return {
    tier,
    scores,
    suggestion,
    isOverride: suggestion !== null && suggestion.tier !== tier,
    comment: row?.comment ?? '',
    approvals,
    isApproved: approvals.every(({ at }) => at !== null),
    rule,
    launchVersion: version,
  };
};

/** How some launches came to their tiers, and who has approved those, by the id of the launch. */
export const readStandings = async (transaction: Transaction, of: Launch[]): Promise<Map<string, TierStanding>> => {
  const { rule } = await readRule(transaction);
  const ids = of.map(({ id }) => id);
  const rows = await transaction
    .select({ id: launches.id, scores: launches.tierScores, comment: launches.tierComment })
    .from(launches)
    .where(inArray(launches.id, ids));
  const given = await transaction.select().from(tierApprovals).where(inArray(tierApprovals.launchId, ids));
  const standingOf = (launch: Launch) =>
    asStanding(
      launch,
      rule,
      rows.find(({ id }) => id === launch.id),
      given.filter(({ launchId }) => launchId === launch.id),
    );
  return new Map(of.map((launch) => [launch.id, standingOf(launch)]));
};

/** How a launch came to its tier, and who has approved it. */
export const readStanding = async (transaction: Transaction, launch: Launch): Promise<TierStanding> =>
  (await readStandings(transaction, [launch])).get(launch.id)!;
