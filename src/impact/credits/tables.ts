import { doublePrecision, integer, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const creditModels = pgTable('credit_model', {
  workspaceId: uuid('workspace_id').primaryKey(),
  model: text('model').notNull(),
  conversion: text('conversion').notNull(),
  level: text('level').notNull(),
  lookBackDays: integer('look_back_days').notNull(),
  halfLifeDays: doublePrecision('half_life_days').notNull(),
  touches: text('touches').notNull(),
  influenceDays: integer('influence_days').notNull(),
  order: smallint('markov_order').notNull(),
  reason: text('reason').notNull(),
  version: integer('version').notNull(),
  agreedBy: text('agreed_by').notNull(),
  agreedAt: timestamp('agreed_at', { withTimezone: true }).notNull(),
});

export const creditHoldouts = pgTable(
  'credit_holdout',
  {
    workspaceId: uuid('workspace_id').notNull(),
    label: text('label').$type<'channel' | 'campaign' | 'kind'>().notNull(),
    name: text('name').notNull(),
    questionId: uuid('question_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.label, table.name] })],
);
