import { boolean, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { AnnouncementLocale } from '../announcements/schema.ts';

/** The public page of a workspace: one row once it is set up. */
export const changelogs = pgTable('changelog', {
  workspaceId: uuid('workspace_id').primaryKey(),
  name: text('name').notNull(),
  title: text('title').notNull(),
  locale: text('locale').$type<AnnouncementLocale>().notNull(),
  isPublic: boolean('is_public').notNull(),
  origins: text('origins').array().notNull(),
  version: integer('version').notNull(),
});
