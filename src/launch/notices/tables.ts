import { bigint, date, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { NoticeContent, NoticeKind } from './schema.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });

export const noticeSettings = pgTable(
  'notice_setting',
  {
    workspaceId: uuid('workspace_id').notNull(),
    memberId: uuid('member_id').notNull(),
    emailKinds: text('email_kinds').array().$type<NoticeKind[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.memberId] })],
);

/** What was told to a member or a webhook, or waits to be. */
export const notices = pgTable('notice', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  key: text('key').notNull(),
  kind: text('kind').$type<NoticeContent['kind']>().notNull(),
  content: jsonb('content').$type<NoticeContent>().notNull(),
  memberId: uuid('member_id'),
  webhookId: uuid('webhook_id'),
  state: text('state').$type<'waiting' | 'sent' | 'failed' | 'kept'>().notNull(),
  tries: integer('tries').notNull().default(0),
  nextAt: time('next_at'),
  lastError: text('last_error').notNull().default(''),
  createdAt: time('created_at').notNull(),
  doneAt: time('done_at'),
});

export const noticePositions = pgTable('notice_position', {
  workspaceId: uuid('workspace_id').primaryKey(),
  position: bigint('position', { mode: 'number' }).notNull(),
  candidate: bigint('candidate', { mode: 'number' }).notNull(),
  candidateAt: time('candidate_at').notNull(),
  since: time('since').notNull(),
  digestDay: date('digest_day'),
});
