import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Role } from '../../platform/roles.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });

/** Those who sign in. A member may belong to several workspaces, so the row carries none. */
export const members = pgTable('member', {
  id: uuid('id').primaryKey().defaultRandom(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  passwordHash: text('password_hash'),
  oidcIssuer: text('oidc_issuer'),
  oidcSubject: text('oidc_subject'),
  locale: text('locale'),
  createdAt: time('created_at').notNull().defaultNow(),
  disabledAt: time('disabled_at'),
});

export const memberships = pgTable('membership', {
  workspaceId: uuid('workspace_id').notNull(),
  memberId: uuid('member_id').notNull(),
  role: text('role').$type<Role>().notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
  disabledAt: time('disabled_at'),
});

/** Who was removed from a workspace, by the name they had: what they did and what was theirs stays theirs. */
export const formerMembers = pgTable('former_member', {
  workspaceId: uuid('workspace_id').notNull(),
  memberId: uuid('member_id').notNull(),
  name: text('name').notNull(),
  leftAt: time('left_at').notNull(),
});
