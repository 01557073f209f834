import { boolean, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Role } from '../../platform/roles.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });

export const keys = pgTable('key', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  name: text('name').notNull(),
  kind: text('kind').$type<'api' | 'write'>().notNull(),
  role: text('role').$type<Role>().notNull(),
  mayWrite: boolean('may_write').notNull().default(false),
  tokenHash: text('token_hash').notNull(),
  hint: text('hint').notNull(),
  createdBy: uuid('created_by'),
  createdAt: time('created_at').notNull().defaultNow(),
  lastUsedAt: time('last_used_at'),
  expiresAt: time('expires_at'),
  revokedAt: time('revoked_at'),
});
