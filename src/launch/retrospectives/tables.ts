import { integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { RetrospectiveFields } from './schema.ts';

export const retrospectives = pgTable('retrospective', {
  launchId: uuid('launch_id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  content: jsonb('content').$type<RetrospectiveFields>().notNull(),
  version: integer('version').notNull(),
  writtenBy: text('written_by').notNull(),
  writtenAt: timestamp('written_at', { withTimezone: true }).notNull(),
});
