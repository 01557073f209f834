import { pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const identitySplits = pgTable(
  'identity_split',
  {
    workspaceId: uuid('workspace_id').notNull(),
    key: text('key').notNull(),
    userId: text('user_id').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.key, table.userId] })],
);
