import { boolean, date, jsonb, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Basis, RolloutPlan } from './schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const rollouts = pgTable('rollout', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  name: text('name').notNull(),
  plan: jsonb('plan').$type<RolloutPlan>().notNull(),
  basis: jsonb('basis').$type<Basis>().notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: moment('created_at').notNull(),
  deletedAt: moment('deleted_at'),
});

export const rolloutAccounts = pgTable(
  'rollout_account',
  {
    workspaceId: uuid('workspace_id').notNull(),
    rolloutId: uuid('rollout_id').notNull(),
    accountId: text('account_id').notNull(),
    sourceId: text('source_id').notNull(),
    name: text('name').notNull(),
    wave: smallint('wave').notNull(),
    stratum: text('stratum').notNull(),
    did: boolean('did').notNull(),
  },
  (table) => [primaryKey({ columns: [table.rolloutId, table.accountId] })],
);

export const rolloutDeviations = pgTable('rollout_deviation', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  rolloutId: uuid('rollout_id').notNull(),
  accountId: text('account_id').notNull(),
  got: boolean('got').notNull(),
  day: date('day').notNull(),
  note: text('note').notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: moment('created_at').notNull(),
});
