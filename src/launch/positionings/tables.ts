import { date, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { PositioningContent, PositioningStage, StatementVerdict } from './schema.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });

export const positionings = pgTable('positioning', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  launchId: uuid('launch_id').notNull(),
  version: integer('version').notNull(),
  stage: text('stage').$type<PositioningStage>().notNull(),
  content: jsonb('content').$type<PositioningContent>().notNull(),
  note: text('note').notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: time('created_at').notNull(),
});

export const statements = pgTable('positioning_statement', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  launchId: uuid('launch_id').notNull(),
  version: integer('version').notNull(),
  stage: text('stage').$type<PositioningStage>().notNull(),
  quote: text('quote').notNull(),
  who: text('who').notNull(),
  account: text('account'),
  day: date('day').notNull(),
  verdict: text('verdict').$type<StatementVerdict>().notNull(),
  addedBy: text('added_by').notNull(),
  addedAt: time('added_at').notNull(),
  reviewedBy: text('reviewed_by'),
  reviewedAt: time('reviewed_at'),
  deletedAt: time('deleted_at'),
});
