import { integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { LandingReport } from '../schema.ts';
import type { RestsOn } from '../rests/schema.ts';

export const landingSnapshots = pgTable('landing_snapshot', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  launchId: uuid('launch_id').notNull(),
  day: integer('day').notNull(),
  report: jsonb('report').$type<LandingReport>().notNull(),
  basis: jsonb('basis').$type<RestsOn>().notNull(),
  madeBy: text('made_by').notNull(),
  madeAt: timestamp('made_at', { withTimezone: true }).notNull(),
});
