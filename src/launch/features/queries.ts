import { and, asc, eq, isNull } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { type Feature, featureRule } from './schema.ts';
import { features } from './tables.ts';

export const asFeature = (row: typeof features.$inferSelect): Feature => ({
  id: row.id,
  name: row.name,
  product: row.product,
  // Rules of before have fewer fields.
  rule: featureRule.parse(row.rule),
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const readFeatures = async (transaction: Transaction): Promise<Feature[]> =>
  (await transaction.select().from(features).where(isNull(features.deletedAt)).orderBy(asc(features.name))).map(asFeature);

/** One feature; a Failure when this workspace has none with that id. */
export const readFeature = async (transaction: Transaction, id: string): Promise<Feature> => {
  const [row] = await transaction
    .select()
    .from(features)
    .where(and(eq(features.id, id), isNull(features.deletedAt)));
  if (!row) throw new Failure('not_found', 'There is no such feature in this workspace. List the features to see those there are.');
  return asFeature(row);
};

export const insertFeature = async (
  transaction: Transaction,
  workspaceId: string,
  fields: Pick<typeof features.$inferInsert, 'name' | 'product' | 'rule'>,
): Promise<Feature> => {
  const [row] = await transaction
    .insert(features)
    .values({ workspaceId, ...fields })
    .returning();
  return asFeature(row!);
};
