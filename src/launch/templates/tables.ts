import { integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { TemplateContent } from './schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const templates = pgTable(
  'template',
  {
    workspaceId: uuid('workspace_id').notNull(),
    key: text('key').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    content: jsonb('content').$type<TemplateContent>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull(),
    deletedAt: moment('deleted_at'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.key, table.version] })],
);
