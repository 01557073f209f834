import { bigint, date, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const time = (name: string) => timestamp(name, { withTimezone: true });

export const trackedLinks = pgTable('tracked_link', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  programId: uuid('program_id').notNull(),
  code: text('code').notNull(),
  name: text('name').notNull(),
  target: text('target').notNull(),
  source: text('source').notNull(),
  medium: text('medium').notNull(),
  campaign: text('campaign').notNull(),
  content: text('content').notNull(),
  term: text('term').notNull(),
  version: integer('version').notNull().default(1),
  createdBy: text('created_by').notNull(),
  createdAt: time('created_at').notNull(),
  deletedAt: time('deleted_at'),
});

/** Times, not people, by day in the time zone of the workspace. */
export const trackedLinkCounts = pgTable(
  'tracked_link_count',
  {
    workspaceId: uuid('workspace_id').notNull(),
    linkId: uuid('link_id').notNull(),
    day: date('day').notNull(),
    clicks: bigint('clicks', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.linkId, table.day] })],
);
