import { desc, inArray, isNull, or } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import type { Transaction } from '../../platform/records/store.ts';
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

/** Takes away what was decided about people and keys that are erased; answers how many decisions. */
export const forgetSplits = async (transaction: Transaction, people: readonly string[], keys: readonly string[]): Promise<number> => {
  const of = [
    inArray(identitySplits.person, [...people]),
    inArray(identitySplits.keyValue, [...keys]),
    inArray(identitySplits.user, [...keys]),
  ];
  return (
    await transaction
      .delete(identitySplits)
      .where(or(...of))
      .returning({ id: identitySplits.id })
  ).length;
};
