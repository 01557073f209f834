import { doublePrecision, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const creditModels = pgTable('credit_model', {
  workspaceId: uuid('workspace_id').primaryKey(),
  model: text('model').notNull(),
  conversion: text('conversion').notNull(),
  level: text('level').notNull(),
  lookBackDays: integer('look_back_days').notNull(),
  halfLifeDays: doublePrecision('half_life_days').notNull(),
  reason: text('reason').notNull(),
  version: integer('version').notNull(),
  agreedBy: text('agreed_by').notNull(),
  agreedAt: timestamp('agreed_at', { withTimezone: true }).notNull(),
});
