import { and, desc, eq } from 'drizzle-orm';
import type { Transaction } from '../../platform/records/store.ts';
import { type Notice, noticeContent, type NoticeKind, usualKinds } from './schema.ts';
import { notices, noticeSettings } from './tables.ts';

export type NoticeRow = typeof notices.$inferSelect;

export const asNotice = (row: NoticeRow): Notice => ({
  id: row.id,
  content: noticeContent.parse(row.content),
  state: row.state,
  tries: row.tries,
  error: row.lastError,
  createdAt: row.createdAt.toISOString(),
  doneAt: row.doneAt?.toISOString() ?? null,
  nextAt: row.nextAt?.toISOString() ?? null,
});

const mostShown = 100;

/** The last deliveries to a webhook. */
export const readDeliveries = async (transaction: Transaction, webhookId: string): Promise<Notice[]> =>
  (
    await transaction
      .select()
      .from(notices)
      .where(eq(notices.webhookId, webhookId))
      .orderBy(desc(notices.createdAt), desc(notices.id))
      .limit(mostShown)
  ).map(asNotice);

/** The last notices of a member. */
export const readOwnNotices = async (transaction: Transaction, memberId: string): Promise<Notice[]> =>
  (
    await transaction
      .select()
      .from(notices)
      .where(eq(notices.memberId, memberId))
      .orderBy(desc(notices.createdAt), desc(notices.id))
      .limit(mostShown)
  ).map(asNotice);

/** What each member wants by e-mail. */
export const readEmailKinds = async (transaction: Transaction, memberId?: string): Promise<(member: string) => readonly NoticeKind[]> => {
  const rows = await transaction
    .select()
    .from(noticeSettings)
    .where(and(memberId ? eq(noticeSettings.memberId, memberId) : undefined));
  const chosen = new Map(rows.map((row) => [row.memberId, row.emailKinds]));
  return (member) => chosen.get(member) ?? usualKinds;
};
