import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { RunStep } from './schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const runSteps = pgTable('run_step', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  launchId: uuid('launch_id').notNull(),
  dayOffset: integer('day_offset').notNull(),
  atTime: text('at_time').notNull(),
  text: text('text').notNull(),
  ownerId: uuid('owner_id'),
  url: text('url'),
  state: text('state').$type<RunStep['state']>().notNull(),
  note: text('note').notNull().default(''),
  checkedBy: text('checked_by'),
  checkedAt: moment('checked_at'),
  version: integer('version').notNull().default(1),
  createdAt: moment('created_at').notNull(),
  deletedAt: moment('deleted_at'),
});
