import { integer, jsonb, pgTable, uuid } from 'drizzle-orm/pg-core';
import type { SelfReportRule, SelfReportSource } from './schema.ts';

export const selfReportSettings = pgTable('self_report_setting', {
  workspaceId: uuid('workspace_id').primaryKey(),
  sources: jsonb('sources').$type<SelfReportSource[]>().notNull(),
  rules: jsonb('rules').$type<SelfReportRule[]>().notNull(),
  version: integer('version').notNull(),
});
