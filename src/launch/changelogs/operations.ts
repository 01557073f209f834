import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { addDays, dayIn, daysBetween } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { everyone, marketers } from '../../platform/roles.ts';
import { readChangelog, readCounts } from './queries.ts';
import { announcementCount, changelog, changelogFields } from './schema.ts';
import { changelogs } from './tables.ts';

export const getChangelog = operation({
  summary: 'Read how the public changelog is set up, with its address and its widget',
  method: 'GET',
  path: '/changelog',
  who: everyone,
  input: z.object({}),
  output: changelog,
  run: (context) => context.read((transaction) => readChangelog(transaction, context)),
});

const changes = changelogFields.extend({ version: z.int().describe('The version that was read; 0 for the first time') });

const change = async (context: Context, transaction: Transaction, { version, ...fields }: z.output<typeof changes>) => {
  const { id } = context.workspace;
  const before = await readChangelog(transaction, context);
  const set = { ...fields, version: version + 1 };
  const changed =
    version === 0
      ? await transaction
          .insert(changelogs)
          .values({ ...set, workspaceId: id })
          .onConflictDoNothing({ target: changelogs.workspaceId })
          .returning()
      : await transaction
          .update(changelogs)
          .set(set)
          .where(and(eq(changelogs.workspaceId, id), eq(changelogs.version, version)))
          .returning();
  if (changed.length === 0)
    throw new Failure(
      'conflict',
      {
        en: 'Somebody changed the changelog meanwhile. Load it again, then repeat your change.',
        zh: '此期间有人修改了更新日志。请重新载入，再重复你的修改。',
      },
      { current: before },
    );
  const result = await readChangelog(transaction, context);
  return { id, before, after: result, result };
};

export const updateChangelog = operation({
  summary: 'Set up the public changelog: on or off, its name in the address, its title, and where its widget may be shown',
  method: 'PUT',
  path: '/changelog',
  who: marketers,
  refuses: 'machines',
  input: changes,
  output: changelog,
  run: async (context, input) => {
    try {
      return await context.write('changelog', (transaction) => change(context, transaction, input));
    } catch (error) {
      if (isUniqueViolation(error))
        throw new Failure('conflict', {
          en: `Another changelog has the name "${input.name}" already. Choose another name.`,
          zh: `已有另一份更新日志名为“${input.name}”。请另选名称。`,
        });
      throw error;
    }
  },
});

const usualDays = 28;
const mostDays = 1100;

export const countChangelog = operation({
  summary: 'Count how often announcements were looked at and their links followed: times, not people, without bots',
  method: 'GET',
  path: '/changelog/counts',
  who: everyone,
  input: z.object({
    from: z.iso.date().optional().describe('First day, in the time zone of the workspace; by default 28 days with today'),
    to: z.iso.date().optional().describe('Last day; by default today'),
    announcement: z.uuid().optional(),
  }),
  output: z.object({ from: z.iso.date(), to: z.iso.date(), counts: z.array(announcementCount) }),
  run: async (context, input) => {
    const to = input.to ?? dayIn(context.now(), context.workspace.timeZone);
    const from = input.from ?? addDays(to, 1 - usualDays);
    const days = daysBetween(from, to) + 1;
    if (days < 1 || days > mostDays)
      throw new Failure('invalid', {
        en: `Ask for 1 to ${mostDays} days, the first one first.`,
        zh: `请查询 1 至 ${mostDays} 天，起始日在前。`,
      });
    const counts = await context.read((transaction) => readCounts(transaction, { from, to, announcementId: input.announcement }));
    return { from, to, counts };
  },
});
