import { bigint, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Context, Written } from './context.ts';
import type { Records, Transaction } from './records/store.ts';

/** One row for each write: who, through which door, before and after. */
export const audit = pgTable('audit', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  workspaceId: uuid('workspace_id').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
  actorKind: text('actor_kind').notNull(),
  actorId: text('actor_id').notNull(),
  actorName: text('actor_name').notNull(),
  door: text('door').notNull(),
  requestId: text('request_id').notNull(),
  operation: text('operation').notNull(),
  subject: text('subject').notNull(),
  subjectId: text('subject_id').notNull(),
  before: jsonb('before'),
  after: jsonb('after'),
});

type Author = Pick<Context, 'actor' | 'workspace' | 'door' | 'requestId' | 'now'>;

/** Runs a write and notes it, both or neither. */
export const writeWithAudit = <T>(
  records: Records,
  { actor, workspace, door, requestId, now }: Author,
  operation: string,
  subject: string,
  run: (transaction: Transaction) => Promise<Written<T>>,
): Promise<T> =>
  records.within(workspace.id, async (transaction) => {
    const { id, before, after, result } = await run(transaction);
    await transaction.insert(audit).values({
      workspaceId: workspace.id,
      at: now(),
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      door,
      requestId,
      operation,
      subject,
      subjectId: id,
      before,
      after,
    });
    return result;
  });
