import { date, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Eligibility, Launch } from './schema.ts';

export const launchMoves = pgTable('launch_move', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  launchId: uuid('launch_id').notNull(),
  fromDate: date('from_date').notNull(),
  toDate: date('to_date').notNull(),
  reason: text('reason').notNull(),
  movedBy: text('moved_by').notNull(),
  movedAt: timestamp('moved_at', { withTimezone: true }).notNull(),
});

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
  eligibility: jsonb('eligibility').$type<Eligibility>().notNull(),
  brief: text('brief').notNull().default(''),
  state: text('state').$type<Launch['state']>().notNull().default('planned'),
  stateReason: text('state_reason').notNull().default(''),
  moreFeatureIds: uuid('more_feature_ids').array().notNull().default([]),
  personas: text('personas').array().notNull().default([]),
  job: text('job').notNull().default(''),
  languages: text('languages').array().notNull().default([]),
  regions: text('regions').array().notNull().default([]),
  productOwnerId: uuid('product_owner_id'),
  marketingOwnerId: uuid('marketing_owner_id'),
  templateKey: text('template_key'),
  templateVersion: integer('template_version'),
  /** What the tier was worked out from: points for each criterion. */
  tierScores: jsonb('tier_scores').$type<Record<string, number>>(),
  tierComment: text('tier_comment').notNull().default(''),
  splitFrom: uuid('split_from'),
  externalId: text('external_id'),
  version: integer('version').notNull().default(1),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  deletedAt: timestamp('deleted_at', { withTimezone: true }),
});
