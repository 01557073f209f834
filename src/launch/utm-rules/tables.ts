import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';

export const utmRules = pgTable('utm_rule', {
  workspaceId: uuid('workspace_id').primaryKey(),
  campaign: text('campaign').notNull(),
  sources: text('sources').array().notNull(),
  media: text('media').array().notNull(),
  version: integer('version').notNull(),
});
