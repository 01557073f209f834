import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '../../platform/records/store.ts';
import type { Outcome } from './schema.ts';
import { decisions, gates } from './tables.ts';

/** The outcomes that let a launch through. */
export const lettingThrough: readonly Outcome[] = ['go', 'go_with_followups'];

/** The version of the positioning that stood when a gate of the launch was last decided "go"; null before that. */
export const readApprovedVersion = async (transaction: Transaction, launchId: string): Promise<number | null> => {
  const [row] = await transaction
    .select({ version: decisions.positioningVersion })
    .from(decisions)
    .innerJoin(gates, eq(gates.id, decisions.gateId))
    .where(and(eq(gates.launchId, launchId), inArray(decisions.outcome, lettingThrough)))
    .orderBy(desc(decisions.decidedAt), desc(decisions.number))
    .limit(1);
  return row?.version ?? null;
};
