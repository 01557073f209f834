import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { NoticeKind } from '../notices/schema.ts';
import type { WebhookFormat } from './schema.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });

export const webhooks = pgTable('webhook', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  name: text('name').notNull(),
  url: text('url').notNull(),
  /** Signs what is sent; never read back through an operation. */
  secret: text('secret').notNull(),
  /** The one before, which signs beside it until then. */
  earlierSecret: text('earlier_secret'),
  earlierSecretUntil: time('earlier_secret_until'),
  kinds: text('kinds').array().$type<NoticeKind[]>().notNull(),
  format: text('format').$type<WebhookFormat>().notNull(),
  locale: text('locale').$type<'en' | 'zh'>().notNull(),
  disabledAt: time('disabled_at'),
  disabledReason: text('disabled_reason').notNull().default(''),
  version: integer('version').notNull().default(1),
  createdBy: text('created_by').notNull(),
  createdAt: time('created_at').notNull(),
  deletedAt: time('deleted_at'),
});
