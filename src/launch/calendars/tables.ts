import { date, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const freezePeriods = pgTable('freeze_period', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  name: text('name').notNull(),
  fromDay: date('from_day').notNull(),
  toDay: date('to_day').notNull(),
  version: integer('version').notNull().default(1),
  deletedAt: moment('deleted_at'),
});

export const calendarSettings = pgTable('calendar_setting', {
  workspaceId: uuid('workspace_id').primaryKey(),
  collisionDays: integer('collision_days').notNull(),
  version: integer('version').notNull(),
});

export const calendarLinks = pgTable('calendar_link', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  name: text('name').notNull(),
  tokenHash: text('token_hash').notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: moment('created_at').notNull(),
  revokedAt: moment('revoked_at'),
});
