import { date, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { AdoptionGoal, Eligibility, Launch } from './schema.ts';

export const launches = pgTable('launch', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  key: text('key').notNull(),
  name: text('name').notNull(),
  tier: integer('tier').notNull(),
  stage: text('stage').$type<Launch['stage']>().notNull(),
  readyDate: date('ready_date'),
  marketDate: date('market_date').notNull(),
  featureId: uuid('feature_id'),
  /** The version that the goal was registered with; null without a goal: the newest. */
  featureVersion: integer('feature_version'),
  eligibility: jsonb('eligibility').$type<Eligibility>().notNull(),
  goal: jsonb('goal').$type<AdoptionGoal>(),
  goalRegisteredAt: timestamp('goal_registered_at', { withTimezone: true }),
  brief: text('brief').notNull().default(''),
  version: integer('version').notNull().default(1),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  deletedAt: timestamp('deleted_at', { withTimezone: true }),
});
