import { boolean, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { KeyType } from './schema.ts';

export const domainRules = pgTable('domain_rule', {
  workspaceId: uuid('workspace_id').primaryKey(),
  joins: boolean('joins').notNull(),
  excluded: text('excluded').array().notNull(),
});

export const identitySplits = pgTable('identity_split', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  keyType: text('key_type').$type<KeyType>().notNull(),
  keyValue: text('key_value').notNull(),
  user: text('user').notNull(),
  person: text('person').notNull(),
  reason: text('reason').notNull(),
  by: text('by').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  undoneAt: timestamp('undone_at', { withTimezone: true }),
});
