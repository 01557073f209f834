import { desc, isNull } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import type { DomainRule, Split } from './schema.ts';
import { domainRules, identitySplits } from './tables.ts';

/** What people decided about who is who; everything else follows from what clients and imports said. */
export type Decisions = { rule: DomainRule; splits: Split[] };

/** Of a store that stands alone, without the records of its workspaces. */
export const noDecisions: Decisions = { rule: { joins: true, excluded: [] }, splits: [] };

export const readDecisions = (context: Pick<Context, 'read'>): Promise<Decisions> =>
  context.read(async (transaction) => {
    const [rule] = await transaction.select().from(domainRules);
    const splits = await transaction
      .select()
      .from(identitySplits)
      .where(isNull(identitySplits.undoneAt))
      .orderBy(desc(identitySplits.createdAt));
    return {
      rule: { joins: rule?.joins ?? true, excluded: rule?.excluded ?? [] },
      splits: splits.map(({ id, keyType, keyValue, user, person, reason, by, createdAt }) => ({
        id,
        keyType,
        keyValue,
        user,
        person,
        reason,
        by,
        at: createdAt.toISOString(),
      })),
    };
  });
