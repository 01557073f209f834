import { bigint, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { FixRule } from './schema.ts';

const created = () => timestamp('created_at', { withTimezone: true }).notNull().defaultNow();

export const fixRules = pgTable('fix_rule', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  name: text('name').notNull(),
  rule: jsonb('rule').$type<FixRule>().notNull(),
  createdAt: created(),
  deletedAt: timestamp('deleted_at', { withTimezone: true }),
});

export const replays = pgTable('replay', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  fixRuleId: uuid('fix_rule_id').notNull(),
  rule: jsonb('rule').$type<FixRule>().notNull(),
  chunk: bigint('chunk', { mode: 'number' }).notNull(),
  events: integer('events').notNull(),
  state: text('state').$type<'running' | 'done'>().notNull().default('running'),
  createdAt: created(),
});
