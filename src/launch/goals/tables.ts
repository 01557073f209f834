import { doublePrecision, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Amendment, Baseline, Goal, GoalText, Metric } from './schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const goals = pgTable('goal', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  launchId: uuid('launch_id').notNull(),
  parentId: uuid('parent_id'),
  position: integer('position').notNull(),
  purpose: text('purpose').$type<Goal['purpose']>().notNull(),
  name: text('name').notNull(),
  metric: jsonb('metric').$type<Metric>(),
  target: doublePrecision('target'),
  smallestChange: doublePrecision('smallest_change'),
  horizonDays: integer('horizon_days').$type<Goal['horizonDays']>().notNull(),
  minimumSample: integer('minimum_sample').notNull(),
  comparison: text('comparison').$type<Goal['comparison']>().notNull(),
  rule: text('rule').notNull().default(''),
  baseline: jsonb('baseline').$type<Baseline>(),
  outside: jsonb('outside').$type<Partial<Goal['outside']>>().notNull().default({}),
  /** The text as it was frozen. */
  registered: jsonb('registered').$type<GoalText>(),
  registeredAt: moment('registered_at'),
  registeredBy: text('registered_by'),
  hash: text('hash'),
  version: integer('version').notNull().default(1),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  deletedAt: moment('deleted_at'),
});
export type GoalRow = typeof goals.$inferSelect;

export const goalAmendments = pgTable('goal_amendment', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  goalId: uuid('goal_id').notNull(),
  kind: text('kind').$type<Amendment['kind']>().notNull(),
  before: jsonb('before').$type<GoalText>().notNull(),
  after: jsonb('after').$type<GoalText>(),
  reason: text('reason').notNull(),
  by: text('by').notNull(),
  at: moment('at').notNull(),
});
