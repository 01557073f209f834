import { integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { BusinessFunction } from '../charters/schema.ts';
import type { TierRule } from './schema.ts';

export const tierRules = pgTable('tier_rule', {
  workspaceId: uuid('workspace_id').primaryKey(),
  rule: jsonb('rule').$type<TierRule>().notNull(),
  version: integer('version').notNull(),
});

export const tierApprovals = pgTable('tier_approval', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  launchId: uuid('launch_id').notNull(),
  function: text('function').$type<BusinessFunction>().notNull(),
  tier: integer('tier').notNull(),
  memberId: uuid('member_id'),
  memberName: text('member_name').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
});
