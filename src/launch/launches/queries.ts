import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { current } from '../../collect/objects/queries.ts';
import type { Query } from '../../platform/events/store.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { asUsed } from '../features/queries.ts';
import { features, featureVersions } from '../features/tables.ts';
import type { Launch } from './schema.ts';
import { launches } from './tables.ts';

const used = alias(featureVersions, 'used');
const newest = alias(featureVersions, 'newest');
type Version = typeof featureVersions.$inferSelect;
type Row = {
  launch: typeof launches.$inferSelect;
  feature: typeof features.$inferSelect | null;
  used: Version | null;
  newest: Version | null;
};

const asLaunch = ({ launch, feature, ...versions }: Row): Launch => ({
  id: launch.id,
  key: launch.key,
  name: launch.name,
  tier: launch.tier,
  stage: launch.stage,
  readyDate: launch.readyDate,
  marketDate: launch.marketDate,
  feature: feature && asUsed(feature, versions.used!, versions.newest!),
  eligibility: launch.eligibility,
  goal: launch.goal,
  goalRegisteredAt: launch.goalRegisteredAt?.toISOString() ?? null,
  brief: launch.brief,
  version: launch.version,
  createdAt: launch.createdAt.toISOString(),
  updatedAt: launch.updatedAt.toISOString(),
});

const select = (transaction: Transaction) =>
  transaction
    .select({ launch: launches, feature: features, used, newest })
    .from(launches)
    .leftJoin(features, eq(launches.featureId, features.id))
    .leftJoin(newest, and(eq(newest.featureId, features.id), eq(newest.version, features.version)))
    .leftJoin(used, and(eq(used.featureId, features.id), eq(used.version, sql`coalesce(${launches.featureVersion}, ${features.version})`)));

/** All launches, the latest market date first. */
export const readLaunches = async (transaction: Transaction): Promise<Launch[]> =>
  (await select(transaction).where(isNull(launches.deletedAt)).orderBy(desc(launches.marketDate), launches.name)).map(asLaunch);

/** One launch by its key or id; a Failure when this workspace has none. */
export const readLaunch = async (transaction: Transaction, keyOrId: string): Promise<Launch> => {
  const [row] = await select(transaction).where(
    and(or(eq(launches.key, keyOrId), eq(sql`${launches.id}::text`, keyOrId)), isNull(launches.deletedAt)),
  );
  if (!row) throw new Failure('not_found', `There is no launch "${keyOrId}" in this workspace. List the launches to see their keys.`);
  return asLaunch(row);
};

/** A key made from the name that no launch of this workspace has yet: "Smart Handoff" gives smart-handoff, then smart-handoff-2. */
export const freeKey = async (transaction: Transaction, name: string): Promise<string> => {
  const stem =
    name
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 60) || 'launch';
  const taken = await transaction.select({ key: launches.key }).from(launches).where(isNull(launches.deletedAt));
  const keys = new Set(taken.map(({ key }) => key));
  let key = stem;
  for (let number = 2; keys.has(key); number++) key = `${stem}-${number}`;
  return key;
};

export const insertLaunch = async (
  transaction: Transaction,
  workspaceId: string,
  fields: Omit<typeof launches.$inferInsert, 'workspaceId' | 'key'>,
): Promise<Launch> => {
  const key = await freeKey(transaction, fields.name);
  await transaction.insert(launches).values({ ...fields, workspaceId, key });
  return readLaunch(transaction, key);
};

/** The plans and segments of the accounts there are, with how many accounts each has: what eligibility can be made of. */
export const eligibilityChoices = (): Query => ({
  sql: `SELECT kind, value, count() AS accounts
    FROM (SELECT arrayJoin([('plan', plan), ('segment', segment)]) AS pair, pair.1 AS kind, coalesce(pair.2, '') AS value FROM ${current('account')})
    WHERE value != '' GROUP BY kind, value ORDER BY kind, accounts DESC, value LIMIT 200`,
});
