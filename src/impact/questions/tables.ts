import { integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { QuestionKind } from './schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const questions = pgTable('question', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  name: text('name').notNull(),
  kind: text('kind').$type<QuestionKind>().notNull(),
  asked: jsonb('asked').$type<Record<string, unknown>>().notNull(),
  note: text('note').notNull().default(''),
  createdBy: text('created_by').notNull(),
  version: integer('version').notNull().default(1),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  deletedAt: moment('deleted_at'),
});
