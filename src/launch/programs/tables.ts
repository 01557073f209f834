import { date, integer, numeric, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { ProgramKind, ProgramStatus } from './schema.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });
const money = (name: string) => numeric(name, { mode: 'number' });

export const programs = pgTable('program', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  key: text('key').notNull(),
  name: text('name').notNull(),
  kind: text('kind').$type<ProgramKind>().notNull(),
  status: text('status').$type<ProgramStatus>().notNull(),
  parentId: uuid('parent_id'),
  launchId: uuid('launch_id'),
  startsOn: date('starts_on'),
  endsOn: date('ends_on'),
  budget: money('budget'),
  actualCost: money('actual_cost'),
  currency: text('currency').notNull(),
  segments: text('segments').array().notNull(),
  personas: text('personas').array().notNull(),
  ownerId: uuid('owner_id'),
  goal: text('goal').notNull(),
  /** What other systems call it: names and ids by which touches are its own. */
  campaigns: text('campaigns').array().notNull(),
  version: integer('version').notNull().default(1),
  createdBy: text('created_by').notNull(),
  createdAt: time('created_at').notNull(),
  updatedAt: time('updated_at').notNull(),
  deletedAt: time('deleted_at'),
});
