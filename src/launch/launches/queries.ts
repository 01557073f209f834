import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { current } from '../../collect/objects/queries.ts';
import type { Query } from '../../platform/events/store.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { type People, readPeople } from '../charters/people.ts';
import { asUsed } from '../features/queries.ts';
import { features, featureVersions } from '../features/tables.ts';
import { leadingGoal, leadingOf, leadingVersion } from '../goals/leading.ts';
import { insertGoal, registerGoals, type Signed } from '../goals/queries.ts';
import type { GoalFields } from '../goals/schema.ts';
import { type GoalRow, goals } from '../goals/tables.ts';
import type { Launch, Move } from './schema.ts';
import { launches, launchMoves } from './tables.ts';

const used = alias(featureVersions, 'used');
const newest = alias(featureVersions, 'newest');
type Version = typeof featureVersions.$inferSelect;
type Row = {
  launch: typeof launches.$inferSelect;
  feature: typeof features.$inferSelect | null;
  used: Version | null;
  newest: Version | null;
  goal: GoalRow | null;
};
/** What puts names to the ids that a launch holds. */
type Names = { people: People; features: Map<string, string> };

const readNames = async (transaction: Transaction): Promise<Names> => {
  const named = await transaction.select({ id: features.id, name: features.name }).from(features);
  return { people: await readPeople(transaction), features: new Map(named.map(({ id, name }) => [id, name])) };
};

const asLaunch = ({ launch, feature, goal, ...versions }: Row, { people, features: all }: Names): Launch => ({
  id: launch.id,
  key: launch.key,
  name: launch.name,
  tier: launch.tier,
  stage: launch.stage,
  readyDate: launch.readyDate,
  marketDate: launch.marketDate,
  feature: feature && asUsed(feature, versions.used!, versions.newest!),
  eligibility: launch.eligibility,
  goal: leadingOf(goal),
  goalRegisteredAt: goal?.registeredAt?.toISOString() ?? null,
  state: launch.state,
  stateReason: launch.stateReason,
  moreFeatures: launch.moreFeatureIds.map((id) => ({ id, name: all.get(id) ?? '' })),
  personas: launch.personas,
  job: launch.job,
  languages: launch.languages,
  regions: launch.regions,
  productOwner: launch.productOwnerId ? people.find(launch.productOwnerId) : null,
  marketingOwner: launch.marketingOwnerId ? people.find(launch.marketingOwnerId) : null,
  template: launch.templateKey && launch.templateVersion ? { key: launch.templateKey, version: launch.templateVersion } : null,
  splitFrom: launch.splitFrom,
  brief: launch.brief,
  version: launch.version,
  createdAt: launch.createdAt.toISOString(),
  updatedAt: launch.updatedAt.toISOString(),
});

const select = (transaction: Transaction) =>
  transaction
    .select({ launch: launches, feature: features, used, newest, goal: goals })
    .from(launches)
    .leftJoin(features, eq(launches.featureId, features.id))
    .leftJoin(goals, eq(goals.id, leadingGoal))
    .leftJoin(newest, and(eq(newest.featureId, features.id), eq(newest.version, features.version)))
    .leftJoin(used, and(eq(used.featureId, features.id), eq(used.version, sql`coalesce(${leadingVersion}, ${features.version})`)));

/** All launches, the latest market date first. */
export const readLaunches = async (transaction: Transaction): Promise<Launch[]> => {
  const names = await readNames(transaction);
  const rows = await select(transaction).where(isNull(launches.deletedAt)).orderBy(desc(launches.marketDate), launches.name);
  return rows.map((row) => asLaunch(row, names));
};

/** One launch by its key or id; a Failure when this workspace has none. */
export const readLaunch = async (transaction: Transaction, keyOrId: string): Promise<Launch> => {
  const [row] = await select(transaction).where(
    and(or(eq(launches.key, keyOrId), eq(sql`${launches.id}::text`, keyOrId)), isNull(launches.deletedAt)),
  );
  if (!row)
    throw new Failure('not_found', {
      en: `There is no launch "${keyOrId}" in this workspace. List the launches to see their keys.`,
      zh: `此工作区中没有发布“${keyOrId}”。请列出发布查看其代号。`,
    });
  return asLaunch(row, await readNames(transaction));
};

/** A key made from the name that is not taken yet: "Smart Handoff" gives smart-handoff, then smart-handoff-2. */
export const keyOf = (name: string, taken: ReadonlySet<string>): string => {
  const stem =
    name
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 60) || 'launch';
  let key = stem;
  for (let number = 2; taken.has(key); number++) key = `${stem}-${number}`;
  return key;
};

/** The keys that launches of this workspace have. */
export const readKeys = async (transaction: Transaction): Promise<Set<string>> => {
  const taken = await transaction.select({ key: launches.key }).from(launches).where(isNull(launches.deletedAt));
  return new Set(taken.map(({ key }) => key));
};

/** A new launch, with goals that were registered at once. */
export const insertLaunch = async (
  transaction: Transaction,
  workspaceId: string,
  fields: Omit<typeof launches.$inferInsert, 'workspaceId' | 'key'>,
  registered?: Signed & { goals: GoalFields[] },
): Promise<Launch> => {
  const key = keyOf(fields.name, await readKeys(transaction));
  const [row] = await transaction
    .insert(launches)
    .values({ ...fields, workspaceId, key })
    .returning({ id: launches.id });
  if (registered) {
    const { goals: given, ...signed } = registered;
    const of = { workspaceId, launchId: row!.id };
    for (const one of given) await insertGoal(transaction, of, { ...one, at: signed.at });
    await registerGoals(transaction, { ...of, ...signed });
  }
  return readLaunch(transaction, key);
};

type Change = { version: number; now: Date; set: Partial<typeof launches.$inferInsert> };

/** Changes a launch that was read in that version; a Failure, with the launch as it is now, when somebody changed it meanwhile. */
export const changeLaunch = async (transaction: Transaction, before: Launch, { version, now, set }: Change): Promise<Launch> => {
  const updated = await transaction
    .update(launches)
    .set({ ...set, updatedAt: now, version: sql`${launches.version} + 1` })
    .where(and(eq(launches.id, before.id), eq(launches.version, version)))
    .returning({ id: launches.id });
  if (updated.length === 0)
    throw new Failure(
      'conflict',
      {
        en: 'Somebody changed this launch meanwhile. Load it again, then repeat your change.',
        zh: '此期间有人修改了这次发布。请重新载入，再重复你的修改。',
      },
      { current: before },
    );
  return readLaunch(transaction, before.id);
};

/** When the market date was moved, the newest first. */
export const readMoves = async (transaction: Transaction, launchId: string): Promise<Move[]> => {
  const rows = await transaction.select().from(launchMoves).where(eq(launchMoves.launchId, launchId)).orderBy(desc(launchMoves.movedAt));
  return rows.map(({ fromDate, toDate, reason, movedBy, movedAt }) => ({
    from: fromDate,
    to: toDate,
    reason,
    by: movedBy,
    at: movedAt.toISOString(),
  }));
};

/** The plans and segments of the accounts there are, with how many accounts each has: what eligibility can be made of. */
export const eligibilityChoices = (): Query => ({
  sql: `SELECT kind, value, count() AS accounts
    FROM (SELECT arrayJoin([('plan', plan), ('segment', segment)]) AS pair, pair.1 AS kind, coalesce(pair.2, '') AS value FROM ${current('account')})
    WHERE value != '' GROUP BY kind, value ORDER BY kind, accounts DESC, value LIMIT 200`,
});
