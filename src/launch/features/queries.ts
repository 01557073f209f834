import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { changedBetween, type Definition } from './definition.ts';
import { type Feature, featureBase, featureRule, type FeatureVersion, type UsedFeature, type VersionedFeature } from './schema.ts';
import { features, featureVersions } from './tables.ts';

type Row = typeof features.$inferSelect;
type VersionRow = typeof featureVersions.$inferSelect;

// Definitions of before have fewer fields.
const definitionOf = ({ rule, base }: VersionRow): Definition => ({ rule: featureRule.parse(rule), base: featureBase.parse(base) });

const asFeature = (row: Row, used: VersionRow): Feature => ({
  id: row.id,
  name: row.name,
  product: row.product,
  ...definitionOf(used),
  version: used.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const asVersion = (row: VersionRow, before: VersionRow | undefined): FeatureVersion => ({
  version: row.version,
  ...definitionOf(row),
  changed: before ? changedBetween(definitionOf(before), definitionOf(row)) : [],
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
});

/** A version that says something else than another; one that came back to it does not. */
const newerThan = (newest: FeatureVersion, { version }: { version: number }): FeatureVersion | null =>
  newest.version === version || newest.changed.length === 0 ? null : newest;

/** A feature in the version that something uses, with the newest beside it where that is another. */
export const asUsed = (row: Row, used: VersionRow, newest: VersionRow): UsedFeature => ({
  ...asFeature(row, used),
  newest: newerThan(asVersion(newest, used), used),
});

/** The condition that joins a feature with its newest version. */
export const newestVersion = and(eq(featureVersions.featureId, features.id), eq(featureVersions.version, features.version));

const select = (transaction: Transaction) =>
  transaction.select({ feature: features, newest: featureVersions }).from(features).innerJoin(featureVersions, newestVersion);

export const readFeatures = async (transaction: Transaction): Promise<Feature[]> =>
  (await select(transaction).where(isNull(features.deletedAt)).orderBy(asc(features.name))).map(({ feature, newest }) =>
    asFeature(feature, newest),
  );

/** One feature; a Failure when this workspace has none with that id. */
export const readFeature = async (transaction: Transaction, id: string): Promise<Feature> => {
  const [row] = await select(transaction).where(and(eq(features.id, id), isNull(features.deletedAt)));
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no such feature in this workspace. List the features to see those there are.',
      zh: '此工作区中没有这项功能。请列出功能查看。',
    });
  return asFeature(row.feature, row.newest);
};

/** One feature with all its versions. */
export const readVersions = async (transaction: Transaction, id: string): Promise<VersionedFeature> => {
  const found = await readFeature(transaction, id);
  const rows = await transaction
    .select()
    .from(featureVersions)
    .where(eq(featureVersions.featureId, id))
    .orderBy(desc(featureVersions.version));
  return { ...found, versions: rows.map((row, place) => asVersion(row, rows[place + 1])) };
};

/** One feature as something uses it: in that version, the newest if none is named. */
export const readUsed = async (transaction: Transaction, id: string, version: number | null): Promise<UsedFeature> => {
  const { versions, ...found } = await readVersions(transaction, id);
  const used = version === null ? versions[0]! : versions.find((one) => one.version === version);
  if (!used)
    throw new Failure('invalid', {
      en: `"${found.name}" has no version ${version}; the newest is ${found.version}. Name one of its versions.`,
      zh: `“${found.name}”没有版本 ${version}，最新版本是 ${found.version}。请填写已有的版本。`,
    });
  const { rule, base } = used;
  const newest = newerThan({ ...versions[0]!, changed: changedBetween(used, found) }, used);
  return { ...found, rule, base, version: used.version, newest };
};

type Written = Definition & { createdBy: string; createdAt: Date };

export const insertVersion = async (
  transaction: Transaction,
  { workspaceId, id, version }: { workspaceId: string; id: string; version: number },
  { rule, base, createdBy, createdAt }: Written,
): Promise<void> =>
  void (await transaction.insert(featureVersions).values({ workspaceId, featureId: id, version, rule, base, createdBy, createdAt }));

export const insertFeature = async (
  transaction: Transaction,
  workspaceId: string,
  { name, product, ...written }: Pick<typeof features.$inferInsert, 'name' | 'product'> & Written,
): Promise<Feature> => {
  const { createdAt } = written;
  const [row] = await transaction.insert(features).values({ workspaceId, name, product, createdAt, updatedAt: createdAt }).returning();
  await insertVersion(transaction, { workspaceId, id: row!.id, version: 1 }, written);
  return readFeature(transaction, row!.id);
};
