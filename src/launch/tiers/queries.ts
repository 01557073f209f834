import { and, eq } from 'drizzle-orm';
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

/** How a launch came to its tier, and who has approved it. */
export const readStanding = async (transaction: Transaction, { id, tier, version }: Launch): Promise<TierStanding> => {
  const { rule } = await readRule(transaction);
  const [row] = await transaction
    .select({ scores: launches.tierScores, comment: launches.tierComment })
    .from(launches)
    .where(eq(launches.id, id));
  const given = await transaction
    .select()
    .from(tierApprovals)
    .where(and(eq(tierApprovals.launchId, id), eq(tierApprovals.tier, tier)));
  const scores = row?.scores ?? null;
  const suggestion = scores && suggestTier(rule, scores);
  const approvals = (approvedTiers.includes(tier) ? approvingFunctions : []).map((wanted) => {
    const found = given.find((one) => one.function === wanted);
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
