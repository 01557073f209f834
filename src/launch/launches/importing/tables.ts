import { jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { launches } from '../tables.ts';

/** Columns of a launch that an import may change. */
export type Written = Partial<
  Pick<
    typeof launches.$inferInsert,
    | 'name'
    | 'marketDate'
    | 'readyDate'
    | 'marketingOwnerId'
    | 'productOwnerId'
    | 'personas'
    | 'eligibility'
    | 'languages'
    | 'regions'
    | 'job'
    | 'brief'
    | 'externalId'
  >
>;

export const launchImports = pgTable('launch_import', {
  id: uuid('id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  madeBy: text('made_by').notNull(),
  madeAt: timestamp('made_at', { withTimezone: true }).notNull(),
  created: uuid('created').array().notNull(),
  /** What each changed launch had before, and the version that it had then. */
  changed: jsonb('changed').$type<{ id: string; version: number; before: Written }[]>().notNull(),
  undoneAt: timestamp('undone_at', { withTimezone: true }),
});
