import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import { editors, marketers } from '../../platform/roles.ts';
import { readKeys } from '../../workspace/keys/queries.ts';
import { countFailed, deleteFailed, failedAt, type FailedRow, listFailed, placesOf } from './queries.ts';
import { replayRule, tryRule } from './replaying.ts';
import {
  type CountedReason,
  countedReason,
  failedEvent,
  failedEventId,
  failedReason,
  fixRule,
  type KeptRule,
  keptRule,
  preview,
} from './schema.ts';
import { fixRules, replays } from './tables.ts';

const filter = z.object({
  reason: failedReason.optional(),
  key: z.uuid().optional().describe('Only of this write key'),
  search: z.string().max(200).optional().describe('Text in what was sent, or a message id'),
  replayed: z.coerce.boolean().default(false).describe('Those that were put right and sent again, instead of those that wait'),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});

const longestShown = 20_000;

const withNames = async (context: Context, rows: readonly FailedRow[], longest: number) => {
  const names = new Map((await context.read(readKeys)).map(({ id, name }) => [id, name]));
  return rows.map(({ isReplayed, raw, ...row }) => ({
    ...row,
    raw: raw.slice(0, longest),
    isCut: raw.length > longest,
    keyName: names.get(row.key) ?? null,
    isReplayed: isReplayed === 1,
  }));
};

export const listFailedEvents = operation({
  summary: 'List the events that could not be counted, with the reason and what was sent',
  method: 'GET',
  path: '/failed-events',
  who: editors,
  input: filter.extend({ limit: z.coerce.number().int().min(1).max(500).default(50), offset: z.coerce.number().int().min(0).default(0) }),
  output: z.object({ events: z.array(failedEvent), reasons: z.array(countedReason), total: z.int() }),
  run: async (context, { limit, offset, ...asked }) => {
    const rows = await context.events.ask<FailedRow>(listFailed(asked, limit, offset));
    const reasons = await context.events.ask<CountedReason>(countFailed(asked));
    const counted = reasons.filter(({ reason }) => !asked.reason || reason === asked.reason);
    return { events: await withNames(context, rows, longestShown), reasons, total: counted.reduce((sum, { count }) => sum + count, 0) };
  },
});

export const getFailedEvent = operation({
  summary: 'Get one failed event, with all of what was sent',
  method: 'GET',
  path: '/failed-events/{event}',
  who: editors,
  input: z.object({ event: failedEventId }),
  output: failedEvent,
  run: async (context, { event }) => {
    const [found] = await withNames(context, await context.events.ask<FailedRow>(failedAt(placesOf([event]))), Infinity);
    if (!found)
      throw new Failure('not_found', {
        en: 'There is no such failed event in this workspace. List them to see those there are.',
        zh: '此工作区中没有这个失败的事件。请列出以查看现有的。',
      });
    return found;
  },
});

export const deleteFailedEvents = operation({
  summary: 'Delete failed events for good; that they failed stays counted',
  method: 'POST',
  path: '/failed-events/delete',
  who: marketers,
  input: z.object({
    events: z.array(failedEventId).min(1).max(1000),
  }),
  output: z.object({ deleted: z.int() }),
  run: async (context, { events }) => {
    const places = placesOf(events);
    const found = await context.events.ask<FailedRow>(failedAt(places));
    if (found.length === 0)
      throw new Failure('not_found', {
        en: 'There are no such failed events in this workspace. List them again.',
        zh: '此工作区中没有这些失败的事件。请重新列出。',
      });
    const about = found.map(({ id, reason, key, receivedAt }) => ({ id, reason, key, receivedAt }));
    await context.write('failed_event', async () => ({ id: found[0]!.id, before: about, after: null, result: undefined }));
    await context.events.command(deleteFailed(context.workspace.id, placesOf(found.map(({ id }) => id))));
    return { deleted: found.length };
  },
});

const readRules = (context: Context, only?: string): Promise<KeptRule[]> =>
  context.read(async (transaction) => {
    const rules = await transaction
      .select()
      .from(fixRules)
      .where(and(isNull(fixRules.deletedAt), only ? eq(fixRules.id, only) : undefined))
      .orderBy(desc(fixRules.createdAt));
    const used = await transaction.select().from(replays).orderBy(desc(replays.createdAt));
    return rules.map(({ id, name, rule, createdAt }) => ({
      id,
      name,
      rule,
      createdAt: createdAt.toISOString(),
      replays: used
        .filter(({ fixRuleId }) => fixRuleId === id)
        .map((one) => ({ id: one.id, at: one.createdAt.toISOString(), events: one.events, state: one.state })),
    }));
  });

const readRule = async (context: Context, id: string): Promise<KeptRule> => {
  const [found] = await readRules(context, id);
  if (!found)
    throw new Failure('not_found', {
      en: 'There is no such rule in this workspace. List the rules to see those there are.',
      zh: '此工作区中没有这条规则。请列出以查看现有的规则。',
    });
  return found;
};

export const listFixRules = operation({
  summary: 'List the rules that put failed events right, and when each was used',
  method: 'GET',
  path: '/fix-rules',
  who: editors,
  input: z.object({}),
  output: z.object({ rules: z.array(keptRule) }),
  run: async (context) => ({ rules: await readRules(context) }),
});

export const previewFixRule = operation({
  summary: 'Try a rule on the failed events that are there; nothing is changed',
  method: 'POST',
  path: '/fix-rules/preview',
  reads: true,
  who: editors,
  input: z.object({ rule: fixRule }),
  output: preview,
  run: async (context, { rule }) => {
    const tried = await tryRule(context, rule);
    const failing = new Map<string, number>();
    for (const { resent } of tried) if (resent.reason !== null) failing.set(resent.reason, (failing.get(resent.reason) ?? 0) + 1);
    return {
      matching: tried.length,
      fixed: tried.filter(({ resent }) => resent.line !== null).length,
      stillFailing: [...failing].map(([reason, count]) => ({ reason, count })),
      samples: tried.slice(0, 10).map(({ row, resent }) => ({
        id: row.id,
        before: row.raw.slice(0, longestShown),
        after: resent.after.slice(0, longestShown),
        reason: resent.reason,
      })),
    };
  },
});

export const createFixRule = operation({
  summary: 'Keep a rule that puts failed events right; nothing is sent again yet',
  method: 'POST',
  path: '/fix-rules',
  who: marketers,
  input: z.object({ name: z.string().trim().min(1).max(120), rule: fixRule }),
  output: keptRule,
  run: async (context, { name, rule }) => {
    const id = await context
      .write('fix_rule', async (transaction) => {
        const [row] = await transaction
          .insert(fixRules)
          .values({ workspaceId: context.workspace.id, name, rule, createdAt: context.now() })
          .returning();
        return { id: row!.id, before: null, after: { name, rule }, result: row!.id };
      })
      .catch((error: unknown) => {
        if (isUniqueViolation(error))
          throw new Failure('conflict', {
            en: `There is already a rule named "${name}". Choose another name.`,
            zh: `已有名为“${name}”的规则。请换一个名称。`,
          });
        throw error;
      });
    return readRule(context, id);
  },
});

export const replayFixRule = operation({
  summary: 'Send again the failed events that a rule puts right; each is counted once, however often this is done',
  method: 'POST',
  path: '/fix-rules/{fixRule}/replay',
  who: marketers,
  input: z.object({ fixRule: z.uuid() }),
  output: z.object({ replayed: z.int(), rule: keptRule }),
  run: async (context, input) => {
    const { id, name, rule } = await readRule(context, input.fixRule);
    return { replayed: await replayRule(context, id, name, rule), rule: await readRule(context, id) };
  },
});

export const deleteFixRule = operation({
  summary: 'Delete a rule; what it has put right stays',
  method: 'DELETE',
  path: '/fix-rules/{fixRule}',
  who: marketers,
  input: z.object({ fixRule: z.uuid() }),
  output: z.object({ deleted: z.literal(true) }),
  run: async (context, input) => {
    const { id, name, rule } = await readRule(context, input.fixRule);
    return context.write('fix_rule', async (transaction) => {
      await transaction.update(fixRules).set({ deletedAt: context.now() }).where(eq(fixRules.id, id));
      return { id, before: { name, rule }, after: null, result: { deleted: true as const } };
    });
  },
});
