import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { notices } from '../../launch/notices/tables.ts';
import { readWebhook } from '../../launch/webhooks/queries.ts';
import { toCsv } from '../../platform/csv.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import { editors, everyone, owners } from '../../platform/roles.ts';
import { rowsFile, rowsPage } from '../questions/rows.ts';
import { drawLot } from './drawing.ts';
import { readAssigned, readRollout, readRollouts } from './records.ts';
import { type Assigned, assigned, preview, rollout, rolloutName, rolloutPlan } from './schema.ts';
import { rolloutAccounts, rolloutDeviations, rollouts } from './tables.ts';

const named = z.object({ rollout: z.uuid() });
const rowsAtOnce = 2000;
/** What one message holds: those who take webhooks refuse large ones. */
const accountsInMessage = 100;

export const listRollouts = operation({
  summary: 'List the roll-outs that were drawn by lot',
  method: 'GET',
  path: '/rollouts',
  who: everyone,
  input: z.object({}),
  output: z.object({ rollouts: z.array(rollout) }),
  run: async (context) => ({ rollouts: await context.read(readRollouts) }),
});

export const getRollout = operation({
  summary: 'Read one roll-out: its plan, what it can tell, and who got it in spite of the lot',
  method: 'GET',
  path: '/rollouts/{rollout}',
  who: everyone,
  input: named,
  output: rollout,
  run: (context, input) => context.read((transaction) => readRollout(transaction, input.rollout)),
});

export const previewRollout = operation({
  summary: 'Say what a roll-out could tell before it is drawn: who is eligible, the base, the smallest change that shows',
  method: 'POST',
  path: '/rollouts/preview',
  reads: true,
  who: everyone,
  input: rolloutPlan,
  output: preview,
  run: async (context, plan) => {
    const { basis, facts } = await drawLot(context, plan);
    return { ...basis, facts };
  },
});

export const createRollout = operation({
  summary: 'Draw the lot and keep it: who gets it, who is held out, or in which wave; it is never changed afterwards',
  method: 'POST',
  path: '/rollouts',
  who: editors,
  input: rolloutPlan.extend({ name: rolloutName }),
  output: rollout,
  run: async (context, { name, ...plan }) => {
    const { basis, assigned: drawn } = await drawLot(context, plan);
    if (drawn.length === 0)
      throw new Failure('invalid', {
        en: `${basis.eligible} accounts are eligible, which are too few to draw a lot. Take in more plans or segments.`,
        zh: `只有 ${basis.eligible} 个符合条件的账户，不足以抽签。请纳入更多套餐或细分。`,
      });
    const common = { workspaceId: context.workspace.id };
    return context
      .write('rollout', async (transaction) => {
        const values = { ...common, name, plan, basis, createdBy: context.actor.name, createdAt: context.now() };
        const [row] = await transaction.insert(rollouts).values(values).returning({ id: rollouts.id });
        for (let at = 0; at < drawn.length; at += rowsAtOnce)
          await transaction
            .insert(rolloutAccounts)
            .values(
              drawn
                .slice(at, at + rowsAtOnce)
                .map(({ account, ...rest }) => ({ ...common, rolloutId: row!.id, accountId: account, ...rest })),
            );
        const result = await readRollout(transaction, row!.id);
        return { id: result.id, before: null, after: result, result };
      })
      .catch((error: unknown) => {
        if (isUniqueViolation(error))
          throw new Failure('conflict', {
            en: `There is already a roll-out named "${name}". Choose another name.`,
            zh: `已有名为“${name}”的分批发布。请换一个名称。`,
          });
        throw error;
      });
  },
});

export const listRolloutAccounts = operation({
  summary: 'List the accounts of a roll-out as the lot drew them',
  method: 'GET',
  path: '/rollouts/{rollout}/accounts',
  who: everyone,
  input: named.extend(rowsPage),
  output: z.object({ accounts: z.array(assigned), total: z.int() }),
  run: (context, { rollout: id, ...page }) =>
    context.read(async (transaction) => {
      await readRollout(transaction, id);
      return readAssigned(transaction, id, page);
    }),
});

const armOf = ({ wave }: Pick<Assigned, 'wave'>): string => (wave === 0 ? 'held_out' : 'gets_it');

export const exportRolloutAccounts = operation({
  summary: 'Export the list of a roll-out as CSV, for a flag tool',
  method: 'GET',
  path: '/rollouts/{rollout}/accounts.csv',
  who: everyone,
  input: named,
  output: rowsFile,
  run: (context, { rollout: id }) =>
    context.read(async (transaction) => {
      const { name } = await readRollout(transaction, id);
      const { accounts, total } = await readAssigned(transaction, id);
      const head = ['account', 'source_id', 'name', 'arm', 'wave', 'stratum'];
      const lines = accounts.map((one) => [one.account, one.sourceId, one.name, armOf(one), one.wave, one.stratum]);
      return { fileName: `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.csv`, csv: toCsv([head, ...lines]), total, truncated: false };
    }),
});

export const recordDeviation = operation({
  summary: 'Record that an account got it, or did not, in spite of the lot; the comparison goes by the lot all the same',
  method: 'POST',
  path: '/rollouts/{rollout}/deviations',
  who: editors,
  input: named.extend({
    account: z.string().min(1).max(500).describe('Id or source id of an account of the list'),
    got: z.boolean(),
    day: z.iso.date(),
    note: z.string().trim().max(500).default(''),
  }),
  output: rollout,
  run: (context, { rollout: id, account, ...rest }) =>
    context.write('rollout deviation', async (transaction) => {
      const before = await readRollout(transaction, id);
      const [found] = await transaction
        .select({ accountId: rolloutAccounts.accountId })
        .from(rolloutAccounts)
        .where(and(eq(rolloutAccounts.rolloutId, id), sql`${account} IN (${rolloutAccounts.accountId}, ${rolloutAccounts.sourceId})`))
        .limit(1);
      if (!found)
        throw new Failure('not_found', {
          en: 'No such account is in this roll-out. Look it up in the list of the roll-out.',
          zh: '此分批发布中没有这个账户。请在其名单中查找。',
        });
      const values = { workspaceId: context.workspace.id, rolloutId: id, accountId: found.accountId, ...rest };
      await transaction.insert(rolloutDeviations).values({ ...values, createdBy: context.actor.name, createdAt: context.now() });
      const result = await readRollout(transaction, id);
      return { id, before, after: result, result };
    }),
});

export const sendRollout = operation({
  summary: 'Send the list of a roll-out to a webhook, signed, in messages of 100 accounts, tried again until they arrive',
  method: 'POST',
  path: '/rollouts/{rollout}/send',
  who: owners,
  input: named.extend({ webhook: z.uuid().describe('Of the form "standard", and on') }),
  output: z.object({ messages: z.int(), accounts: z.int() }),
  run: (context, { rollout: id, webhook }) =>
    context.write('rollout sent', async (transaction) => {
      const { name } = await readRollout(transaction, id);
      const hook = await readWebhook(transaction, webhook);
      if (hook.format !== 'standard' || hook.disabledAt)
        throw new Failure('invalid', {
          en: 'A list goes to a webhook of signed JSON that is on. Choose another one, or turn it on under settings.',
          zh: '名单只能发送到已开启的签名 JSON Webhook。请另选一个，或在设置中开启。',
        });
      const { accounts } = await readAssigned(transaction, id);
      const parts = Math.ceil(accounts.length / accountsInMessage);
      const at = context.now();
      const rows = Array.from({ length: parts }, (_, part) => {
        const list = accounts.slice(part * accountsInMessage, (part + 1) * accountsInMessage);
        const said = { kind: 'rollout' as const, title: name, launch: null, by: context.actor.name, path: `/rollouts/${id}` };
        const empty = { person: '', day: null, before: null, outcome: '', reason: '', items: [] };
        const told = list.map((one) => ({ account: one.account, sourceId: one.sourceId, name: one.name, arm: armOf(one), wave: one.wave }));
        const content = { ...said, ...empty, list: { rollout: id, part: part + 1, parts, accounts: told } };
        const key = `rollout:${id}:${webhook}:${context.requestId}:${part}`;
        const common = { workspaceId: context.workspace.id, key, kind: 'rollout' as const, content, webhookId: webhook };
        return { ...common, state: 'waiting' as const, nextAt: at, createdAt: at };
      });
      for (let from = 0; from < rows.length; from += 100) await transaction.insert(notices).values(rows.slice(from, from + 100));
      const result = { messages: parts, accounts: accounts.length };
      return { id, before: null, after: { webhook: hook.name, ...result }, result };
    }),
});

export const deleteRollout = operation({
  summary: 'Delete a roll-out; it can be restored for 30 days',
  method: 'DELETE',
  path: '/rollouts/{rollout}',
  who: editors,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, input) =>
    context.write('rollout', async (transaction) => {
      const before = await readRollout(transaction, input.rollout);
      await transaction
        .update(rollouts)
        .set({ deletedAt: context.now() })
        .where(and(eq(rollouts.id, before.id), isNull(rollouts.deletedAt)));
      return { id: before.id, before, after: null, result: { id: before.id } };
    }),
});

export const restoreRollout = operation({
  summary: 'Restore a roll-out deleted in the last 30 days',
  method: 'POST',
  path: '/rollouts/{rollout}/restore',
  who: editors,
  input: named,
  output: rollout,
  run: (context, { rollout: id }) =>
    context
      .write('rollout', async (transaction) => {
        const recently = sql`${rollouts.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`;
        const restored = await transaction
          .update(rollouts)
          .set({ deletedAt: null })
          .where(and(eq(rollouts.id, id), recently))
          .returning({ id: rollouts.id });
        if (restored.length === 0)
          throw new Failure('not_found', {
            en: 'There is no roll-out with that id that was deleted in the last 30 days.',
            zh: '最近 30 天内没有删除过具有此编号的分批发布。',
          });
        const result = await readRollout(transaction, id);
        return { id, before: null, after: result, result };
      })
      .catch((error: unknown) => {
        if (isUniqueViolation(error))
          throw new Failure('conflict', {
            en: 'Another roll-out has its name now. Rename is not possible; draw it under another name.',
            zh: '它的名称现已被另一个分批发布使用，且无法重命名。请以其他名称重新抽签。',
          });
        throw error;
      }),
});
