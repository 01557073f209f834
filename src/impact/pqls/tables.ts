import { integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Definition } from './schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const pqls = pgTable('pql', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  name: text('name').notNull(),
  version: integer('version').notNull().default(1),
  createdAt: moment('created_at').notNull().defaultNow(),
  deletedAt: moment('deleted_at'),
});

export const pqlVersions = pgTable(
  'pql_version',
  {
    workspaceId: uuid('workspace_id').notNull(),
    pqlId: uuid('pql_id').notNull(),
    version: integer('version').notNull(),
    definition: jsonb('definition').$type<Definition>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.pqlId, table.version] })],
);
