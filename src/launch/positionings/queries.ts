import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { type Evidence, positioningContent, type PositioningVersion, type Statement } from './schema.ts';
import { positionings, statements } from './tables.ts';

const asVersion = (row: typeof positionings.$inferSelect): PositioningVersion => ({
  ...positioningContent.parse(row.content),
  version: row.version,
  stage: row.stage,
  note: row.note,
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
});

/** All versions of what a launch says of itself, the newest first. */
export const readPositionings = async (transaction: Transaction, launchId: string): Promise<PositioningVersion[]> =>
  (await transaction.select().from(positionings).where(eq(positionings.launchId, launchId)).orderBy(desc(positionings.version))).map(
    asVersion,
  );

/** What some launches say of themselves now, by the id of the launch; what says nothing yet is not there. */
export const readCurrentPositionings = async (transaction: Transaction, launchIds: string[]): Promise<Map<string, PositioningVersion>> => {
  const rows = await transaction
    .selectDistinctOn([positionings.launchId])
    .from(positionings)
    .where(inArray(positionings.launchId, launchIds))
    .orderBy(positionings.launchId, desc(positionings.version));
  return new Map(rows.map((row) => [row.launchId, asVersion(row)]));
};

/** What a launch says of itself now, or nothing yet. */
export const readPositioning = async (transaction: Transaction, launchId: string): Promise<PositioningVersion | null> =>
  (await readCurrentPositionings(transaction, [launchId])).get(launchId) ?? null;

const asStatement = (row: typeof statements.$inferSelect): Statement => ({
  id: row.id,
  version: row.version,
  stage: row.stage,
  quote: row.quote,
  who: row.who,
  account: row.account,
  day: row.day,
  verdict: row.verdict,
  addedBy: row.addedBy,
  addedAt: row.addedAt.toISOString(),
  reviewedBy: row.reviewedBy,
  reviewedAt: row.reviewedAt?.toISOString() ?? null,
});

/** What testers said of some launches, the newest first. */
export const readStatementsOf = async (
  transaction: Transaction,
  launchIds: string[],
): Promise<{ launchId: string; statement: Statement }[]> =>
  (
    await transaction
      .select()
      .from(statements)
      .where(and(inArray(statements.launchId, launchIds), isNull(statements.deletedAt)))
      .orderBy(desc(statements.day), desc(statements.addedAt), statements.id)
  ).map((row) => ({ launchId: row.launchId, statement: asStatement(row) }));

/** What testers said, the newest first. */
export const readStatements = async (transaction: Transaction, launchId: string): Promise<Statement[]> =>
  (await readStatementsOf(transaction, [launchId])).map(({ statement }) => statement);

/** Refuses what was found on a day that has not come yet. */
export const requirePast = (found: readonly Pick<Evidence, 'day'>[], today: string): void => {
  const ahead = found.find(({ day }) => day > today);
  if (ahead)
    throw new Failure('invalid', {
      en: `${ahead.day} has not come yet. Name the day on which it was found or said.`,
      zh: `${ahead.day} 还没有到。请填写发现或说出的日期。`,
    });
};
