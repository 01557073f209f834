import { and, asc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { readUsed } from '../features/queries.ts';
import { launches } from '../launches/tables.ts';
import type { AdoptionGoal } from '../launches/schema.ts';
import { type Amendment, type Goal, type GoalFields, goalFields, type GoalText, type Metric } from './schema.ts';
import { goalAmendments, type GoalRow, goals } from './tables.ts';
import { hashOf, textOf } from './text.ts';

export type LaunchOfGoals = Pick<typeof launches.$inferSelect, 'id' | 'marketDate' | 'eligibility' | 'featureId'>;

const asAmendment = ({ kind, before, after, reason, by, at }: typeof goalAmendments.$inferSelect): Amendment => ({
  kind,
  before,
  after,
  reason,
  by,
  at: at.toISOString(),
});

const asGoal = (row: GoalRow, amendments: Amendment[], { marketDate, timeZone }: { marketDate: string; timeZone: string }): Goal => ({
  id: row.id,
  launchId: row.launchId,
  parentId: row.parentId,
  position: row.position,
  purpose: row.purpose,
  name: row.name,
  metric: row.metric,
  target: row.target,
  smallestChange: row.smallestChange,
  horizonDays: row.horizonDays,
  minimumSample: row.minimumSample,
  comparison: row.comparison,
  rule: row.rule,
  baseline: row.baseline,
  outside: { before: row.outside.before ?? null, after: row.outside.after ?? null },
  registered: row.registered && {
    at: row.registeredAt!.toISOString(),
    by: row.registeredBy ?? '',
    hash: row.hash ?? hashOf(row.registered),
    late: dayIn(row.registeredAt!, timeZone) >= marketDate,
    text: row.registered,
  },
  amendments,
  withdrawn: row.deletedAt !== null,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const readAmendments = async (transaction: Transaction, ids: string[]): Promise<Map<string, Amendment[]>> => {
  const found = new Map<string, Amendment[]>();
  if (ids.length === 0) return found;
  const rows = await transaction.select().from(goalAmendments).where(inArray(goalAmendments.goalId, ids)).orderBy(asc(goalAmendments.at));
  for (const row of rows) found.set(row.goalId, [...(found.get(row.goalId) ?? []), asAmendment(row)]);
  return found;
};

/** Drafts that were deleted are gone; what was registered stays to be judged. */
const there = or(isNull(goals.deletedAt), isNotNull(goals.registeredAt));

type OfDate = { id: string; marketDate: string };

/** The goals of some launches in their order, with those that were withdrawn after they had been registered. */
export const readGoalsOf = async (transaction: Transaction, of: OfDate[], timeZone: string): Promise<Goal[]> => {
  const marketDates = new Map(of.map(({ id, marketDate }) => [id, marketDate]));
  const rows = await transaction
    .select()
    .from(goals)
    .where(and(inArray(goals.launchId, [...marketDates.keys()]), there))
    .orderBy(asc(goals.position), asc(goals.createdAt));
  const amendments = await readAmendments(
    transaction,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => asGoal(row, amendments.get(row.id) ?? [], { marketDate: marketDates.get(row.launchId)!, timeZone }));
};

/** The goals of a launch. */
export const readGoals = (transaction: Transaction, launch: OfDate, timeZone: string): Promise<Goal[]> =>
  readGoalsOf(transaction, [launch], timeZone);

const noGoal = (id: string) =>
  new Failure('not_found', {
    en: `There is no goal "${id}" in this workspace. List the goals of its launch to see their ids.`,
    zh: `此工作区中没有目标“${id}”。请列出其发布的目标查看 ID。`,
  });

export type Found = { row: GoalRow; launch: LaunchOfGoals };

/** A goal as it is stored, with its launch; a Failure when there is none. */
export const findGoal = async (transaction: Transaction, id: string): Promise<Found> => {
  const [found] = await transaction
    .select({ row: goals, launch: launches })
    .from(goals)
    .innerJoin(launches, eq(launches.id, goals.launchId))
    .where(and(eq(sql`${goals.id}::text`, id), isNull(goals.deletedAt), isNull(launches.deletedAt)));
  if (!found) throw noGoal(id);
  return found;
};

/** One goal, withdrawn or not. */
export const readGoal = async (transaction: Transaction, id: string, timeZone: string): Promise<Goal> => {
  const [found] = await transaction
    .select({ row: goals, launch: launches })
    .from(goals)
    .innerJoin(launches, eq(launches.id, goals.launchId))
    .where(and(eq(sql`${goals.id}::text`, id), there, isNull(launches.deletedAt)));
  if (!found) throw noGoal(id);
  const amendments = await readAmendments(transaction, [found.row.id]);
  return asGoal(found.row, amendments.get(found.row.id) ?? [], { marketDate: found.launch.marketDate, timeZone });
};

const nameOf = async (transaction: Transaction, id: string | null): Promise<string | null> => {
  if (id === null) return null;
  const [row] = await transaction.select({ name: goals.name }).from(goals).where(eq(goals.id, id));
  return row?.name ?? null;
};

/** What a goal says now, with its launch as it is now. */
export const currentText = async (transaction: Transaction, { row, launch }: Found): Promise<GoalText> =>
  textOf(row, {
    parent: await nameOf(transaction, row.parentId),
    launch: { marketDate: launch.marketDate, eligibility: launch.eligibility },
  });

export const insertGoal = async (
  transaction: Transaction,
  of: { workspaceId: string; launchId: string },
  { at, ...fields }: GoalFields & { at: Date },
): Promise<string> => {
  const [last] = await transaction
    .select({ position: sql<number>`coalesce(max(${goals.position}), 0)` })
    .from(goals)
    .where(eq(goals.launchId, of.launchId));
  const [row] = await transaction
    .insert(goals)
    .values({ ...of, ...fields, position: last!.position + 1, createdAt: at, updatedAt: at })
    .returning({ id: goals.id });
  return row!.id;
};

/** A goal on the adoption of the leading feature, from the short way of writing one. */
export const adoptionOf = (
  { unit, marks, ...goal }: AdoptionGoal & Partial<Pick<GoalFields, 'comparison'>>,
  featureVersion: number | null,
): GoalFields =>
  goalFields.parse({
    purpose: 'usage',
    name: 'Adoption',
    metric: { kind: 'adoption', featureVersion, unit, marks },
    ...goal,
  });

/** The metric with the feature and the version that it means at this moment. */
const fixed = async (transaction: Transaction, metric: Metric | null, launch: LaunchOfGoals): Promise<Metric | null> => {
  if (metric?.kind !== 'adoption') return metric;
  const featureId = metric.featureId ?? launch.featureId;
  if (!featureId) return metric;
  const { version } = await readUsed(transaction, featureId, metric.featureVersion);
  return { ...metric, featureId, featureVersion: version };
};

export type Signed = { by: string; at: Date };

/** Freezes what a goal says now. A registered one is registered again: from then on it is judged by the new text. */
export const registerGoal = async (transaction: Transaction, found: Found, { by, at }: Signed): Promise<GoalText> => {
  const metric = await fixed(transaction, found.row.metric, found.launch);
  const text = await currentText(transaction, { ...found, row: { ...found.row, metric } });
  await transaction
    .update(goals)
    .set({
      metric,
      registered: text,
      registeredAt: at,
      registeredBy: by,
      hash: hashOf(text),
      updatedAt: at,
      version: sql`${goals.version} + 1`,
    })
    .where(eq(goals.id, found.row.id));
  return text;
};

type OfLaunch = Signed & { workspaceId: string; launchId: string };

/** Registers every draft of a launch, as the go decision does; the ids of those that it froze. */
export const registerGoals = async (transaction: Transaction, { launchId, ...signed }: OfLaunch): Promise<string[]> => {
  const drafts = await transaction
    .select({ row: goals, launch: launches })
    .from(goals)
    .innerJoin(launches, eq(launches.id, goals.launchId))
    .where(and(eq(goals.launchId, launchId), isNull(goals.deletedAt), isNull(goals.registeredAt)))
    .orderBy(asc(goals.position));
  for (const draft of drafts) await registerGoal(transaction, draft, signed);
  return drafts.map(({ row }) => row.id);
};
