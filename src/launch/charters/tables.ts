import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { BusinessFunction, CharterParts } from './schema.ts';

export const charterMembers = pgTable(
  'charter_member',
  {
    workspaceId: uuid('workspace_id').notNull(),
    function: text('function').$type<BusinessFunction>().notNull(),
    memberId: uuid('member_id').notNull(),
    approves: boolean('approves').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.function, table.memberId] })],
);

export const charters = pgTable('charter', {
  workspaceId: uuid('workspace_id').primaryKey(),
  parts: jsonb('part').$type<CharterParts>().notNull(),
  version: integer('version').notNull(),
});
