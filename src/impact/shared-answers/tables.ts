import { bigint, date, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { QuestionKind } from '../questions/schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const sharedAnswers = pgTable('shared_answer', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  questionId: uuid('question_id').notNull(),
  tokenHash: text('token_hash').notNull(),
  name: text('name').notNull(),
  kind: text('kind').$type<QuestionKind>().notNull(),
  asked: jsonb('asked').$type<Record<string, unknown>>().notNull(),
  answer: jsonb('answer').$type<Record<string, unknown>>().notNull(),
  revision: text('revision').notNull(),
  events: bigint('events', { mode: 'number' }).notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  until: date('until'),
  revokedAt: moment('revoked_at'),
});
