import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { notices } from '../notices/tables.ts';
import type { Webhook } from './schema.ts';
import { webhooks } from './tables.ts';

const of = (condition: ReturnType<typeof sql>) =>
  sql<number>`(SELECT count(*)::integer FROM ${notices} WHERE ${notices.webhookId} = "webhook"."id" AND ${condition})`;

// Named one by one: the secret stays where it is.
const fields = {
  id: webhooks.id,
  name: webhooks.name,
  url: webhooks.url,
  kinds: webhooks.kinds,
  format: webhooks.format,
  locale: webhooks.locale,
  disabledAt: webhooks.disabledAt,
  disabledReason: webhooks.disabledReason,
  version: webhooks.version,
  createdBy: webhooks.createdBy,
  createdAt: webhooks.createdAt,
  waiting: of(sql`${notices.state} = 'waiting'`),
  failed: of(sql`${notices.state} = 'failed' AND ${notices.createdAt} > now() - interval '30 days'`),
  lastSentAt:
    sql<Date | null>`(SELECT max(${notices.doneAt}) FROM ${notices} WHERE ${notices.webhookId} = "webhook"."id" AND ${notices.state} = 'sent')`.mapWith(
      webhooks.createdAt,
    ),
};

const select = (transaction: Transaction) => transaction.select(fields).from(webhooks);

const asWebhook = (row: Awaited<ReturnType<typeof select>>[number]): Webhook => ({
  ...row,
  disabledAt: row.disabledAt?.toISOString() ?? null,
  lastSentAt: row.lastSentAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

export const readWebhooks = async (transaction: Transaction): Promise<Webhook[]> =>
  (await select(transaction).where(isNull(webhooks.deletedAt)).orderBy(asc(webhooks.name), asc(webhooks.id))).map(asWebhook);

export const readWebhook = async (transaction: Transaction, id: string): Promise<Webhook> => {
  const [row] = await select(transaction).where(and(eq(webhooks.id, id), isNull(webhooks.deletedAt)));
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no such webhook in this workspace. List the webhooks to see those there are.',
      zh: '此工作区中没有这个 Webhook。请列出 Webhook 查看。',
    });
  return asWebhook(row);
};
