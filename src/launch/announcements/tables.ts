import { bigint, date, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { AnnouncementLocale, Category } from './schema.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });

export const announcements = pgTable('announcement', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  launchId: uuid('launch_id'),
  slug: text('slug').notNull(),
  title: text('title').notNull(),
  category: text('category').$type<Category>().notNull(),
  labels: text('labels').array().notNull(),
  body: text('body').notNull(),
  locale: text('locale').$type<AnnouncementLocale>().notNull(),
  audience: text('audience').notNull(),
  /** Published with a moment that is still to come means scheduled. */
  state: text('state').$type<'draft' | 'published' | 'withdrawn'>().notNull().default('draft'),
  publishAt: time('publish_at'),
  publishedBy: text('published_by'),
  withdrawnReason: text('withdrawn_reason').notNull().default(''),
  version: integer('version').notNull().default(1),
  createdBy: text('created_by').notNull(),
  createdAt: time('created_at').notNull(),
  updatedAt: time('updated_at').notNull(),
  deletedAt: time('deleted_at'),
});

const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);

/** Times, not people, by day in the time zone of the workspace. */
export const announcementCounts = pgTable(
  'announcement_count',
  {
    workspaceId: uuid('workspace_id').notNull(),
    announcementId: uuid('announcement_id').notNull(),
    day: date('day').notNull(),
    views: count('views'),
    lists: count('lists'),
    embeds: count('embeds'),
    clicks: count('clicks'),
  },
  (table) => [primaryKey({ columns: [table.announcementId, table.day] })],
);
