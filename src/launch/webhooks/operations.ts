import { randomBytes } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { owners } from '../../platform/roles.ts';
import { deliverNow } from '../notices/delivering.ts';
import { asNotice, readDeliveries } from '../notices/queries.ts';
import { notice } from '../notices/schema.ts';
import { notices } from '../notices/tables.ts';
import { requireAllowed } from './guard.ts';
import { readWebhook, readWebhooks } from './queries.ts';
import { webhook, webhookFields } from './schema.ts';
import { webhooks } from './tables.ts';

const named = z.object({ webhook: z.uuid() });
const shownOnce = z.string().describe('Verifies what is sent; shown this once');

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

const requireAddress = ({ application }: Context, url: string | undefined): void =>
  url === undefined ? undefined : void requireAllowed(url, application.config.LANDFALL_WEBHOOK_PRIVATE);

export const listWebhooks = operation({
  summary: 'List the webhooks of this workspace, with what waits and what was given up',
  method: 'GET',
  path: '/webhooks',
  who: owners,
  input: z.object({}),
  output: z.object({ webhooks: z.array(webhook) }),
  run: async (context) => ({ webhooks: await context.read(readWebhooks) }),
});

export const createWebhook = operation({
  summary: 'Tell an address of yours what happens; its secret is shown once',
  method: 'POST',
  path: '/webhooks',
  who: owners,
  input: webhookFields,
  output: z.object({ webhook, secret: shownOnce }),
  run: async (context, input) => {
    requireAddress(context, input.url);
    const secret = newSecret();
    const made = await context.write('webhook', async (transaction) => {
      const values = { ...input, secret, workspaceId: context.workspace.id, createdBy: context.actor.name, createdAt: context.now() };
      const [row] = await transaction.insert(webhooks).values(values).returning({ id: webhooks.id });
      const result = await readWebhook(transaction, row!.id);
      return { id: result.id, before: null, after: result, result };
    });
    return { webhook: made, secret };
  },
});

const { name, url, kinds, format, locale } = webhookFields.shape;
const changes = z.object({
  name: name.optional(),
  url: url.optional(),
  kinds: kinds.optional(),
  format: format.unwrap().optional(),
  locale: locale.unwrap().optional(),
  isOn: z.boolean().optional().describe('Off: nothing is sent, and what happens meanwhile is not sent later'),
});

/** How long a receiver has to take over a new secret. */
const overlapMilliseconds = 86_400_000;

type Change = { version: number; set: PgUpdateSetSource<typeof webhooks> };

const change = async (transaction: Transaction, id: string, { version, set }: Change) => {
  const before = await readWebhook(transaction, id);
  const changed = await transaction
    .update(webhooks)
    .set({ ...set, version: sql`${webhooks.version} + 1` })
    .where(and(eq(webhooks.id, id), eq(webhooks.version, version)))
    .returning({ id: webhooks.id });
  if (changed.length === 0)
    throw new Failure(
      'conflict',
      {
        en: 'Somebody changed this webhook meanwhile. Load it again, then repeat your change.',
        zh: '此期间有人修改了这个 Webhook。请重新载入，再重复你的修改。',
      },
      { current: before },
    );
  const result = await readWebhook(transaction, id);
  return { id, before, after: result, result };
};

export const updateWebhook = operation({
  summary: 'Change a webhook, or turn it off and on',
  method: 'PATCH',
  path: '/webhooks/{webhook}',
  who: owners,
  input: named.extend({ ...changes.shape, version: z.int() }),
  output: webhook,
  run: (context, { webhook: id, version, isOn, ...fields }) => {
    requireAddress(context, fields.url);
    const standing = isOn === undefined ? {} : { disabledAt: isOn ? null : context.now(), disabledReason: '' };
    return context.write('webhook', (transaction) => change(transaction, id, { version, set: { ...fields, ...standing } }));
  },
});

export const renewWebhookSecret = operation({
  summary: 'Give a webhook a new secret, shown once; the old one signs beside it for a day',
  method: 'POST',
  path: '/webhooks/{webhook}/secret',
  who: owners,
  input: named.extend({ version: z.int() }),
  output: z.object({ webhook, secret: shownOnce }),
  run: async (context, { webhook: id, version }) => {
    const secret = newSecret();
    const earlierSecretUntil = new Date(context.now().getTime() + overlapMilliseconds);
    const set = { secret, earlierSecret: sql`${webhooks.secret}`, earlierSecretUntil };
    const result = await context.write('webhook', (transaction) => change(transaction, id, { version, set }));
    return { webhook: result, secret };
  },
});

export const deleteWebhook = operation({
  summary: 'Delete a webhook; it can be restored for 30 days',
  method: 'DELETE',
  path: '/webhooks/{webhook}',
  who: owners,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, { webhook: id }) =>
    context.write('webhook', async (transaction) => {
      const before = await readWebhook(transaction, id);
      await transaction.update(webhooks).set({ deletedAt: context.now() }).where(eq(webhooks.id, id));
      await transaction.delete(notices).where(and(eq(notices.webhookId, id), eq(notices.state, 'waiting')));
      return { id, before, after: null, result: { id } };
    }),
});

export const restoreWebhook = operation({
  summary: 'Restore a webhook deleted in the last 30 days',
  method: 'POST',
  path: '/webhooks/{id}/restore',
  who: owners,
  input: z.object({ id: z.uuid() }),
  output: webhook,
  run: (context, { id }) =>
    context.write('webhook', async (transaction) => {
      const recently = sql`${webhooks.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`;
      const restored = await transaction
        .update(webhooks)
        .set({ deletedAt: null })
        .where(and(eq(webhooks.id, id), recently))
        .returning({ id: webhooks.id });
      if (restored.length === 0)
        throw new Failure('not_found', {
          en: 'There is no webhook with that id that was deleted in the last 30 days.',
          zh: '没有此 ID 的 Webhook 在过去 30 天内被删除。',
        });
      const result = await readWebhook(transaction, id);
      return { id, before: null, after: result, result };
    }),
});

export const listDeliveries = operation({
  summary: 'List the last 100 deliveries of a webhook, the newest first, with what went wrong',
  method: 'GET',
  path: '/webhooks/{webhook}/deliveries',
  who: owners,
  input: named,
  output: z.object({ deliveries: z.array(notice) }),
  run: (context, { webhook: id }) =>
    context.read(async (transaction) => {
      await readWebhook(transaction, id);
      return { deliveries: await readDeliveries(transaction, id) };
    }),
});

export const testWebhook = operation({
  summary: 'Send a test message to a webhook now, and say what it answered',
  method: 'POST',
  path: '/webhooks/{webhook}/test',
  who: owners,
  input: named,
  output: notice,
  run: async (context, { webhook: id }) => {
    const made = await context.write('webhook test', async (transaction) => {
      const { name: title } = await readWebhook(transaction, id);
      const content = { kind: 'test' as const, title, launch: null, by: context.actor.name, path: '/settings/webhooks' };
      const filled = { ...content, person: '', day: null, before: null, outcome: '', reason: '', items: [] };
      const at = context.now();
      const key = `test:${id}:${context.requestId}`;
      const [row] = await transaction
        .insert(notices)
        .values({ workspaceId: context.workspace.id, key, kind: 'test', content: filled, webhookId: id, state: 'failed', createdAt: at })
        .returning();
      return { id, before: null, after: null, result: row! };
    });
    return asNotice(await deliverNow(context, made, { again: false }));
  },
});

export const retryDelivery = operation({
  summary: 'Try a delivery that was given up once more, now',
  method: 'POST',
  path: '/webhook-deliveries/{delivery}/retry',
  who: owners,
  input: z.object({ delivery: z.uuid() }),
  output: notice,
  run: async (context, { delivery }) => {
    const row = await context.write('webhook delivery', async (transaction) => {
      const [found] = await transaction
        .select()
        .from(notices)
        .where(and(eq(notices.id, delivery), eq(notices.state, 'failed'), sql`${notices.webhookId} IS NOT NULL`));
      if (!found)
        throw new Failure('not_found', {
          en: 'There is no delivery with that id that was given up. List the deliveries of the webhook.',
          zh: '没有此 ID 的投递被放弃。请列出该 Webhook 的投递查看。',
        });
      return { id: delivery, before: null, after: null, result: found };
    });
    return asNotice(await deliverNow(context, row, { again: false }));
  },
});
