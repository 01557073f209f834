import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { addDays, dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { editors, everyone, marketers } from '../../platform/roles.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { readCalendar, readSetting } from './queries.ts';
import { calendar, calendarLink, type CalendarLink, freezeFields, freezePeriod } from './schema.ts';
import { calendarLinks, calendarSettings, freezePeriods } from './tables.ts';

export const getCalendar = operation({
  summary: 'Read the calendar of all launches: dates, freeze periods, and launches for the same audience that are close to each other',
  method: 'GET',
  path: '/calendar',
  who: everyone,
  input: z.object({
    from: z.iso.date().optional().describe('First day; by default today'),
    to: z.iso.date().optional().describe('Last day; by default 182 days after the first'),
  }),
  output: calendar,
  run: (context, { from = dayIn(context.now(), context.workspace.timeZone), to = addDays(from, 182) }) => {
    if (to < from)
      throw new Failure('invalid', {
        en: `The last day (${to}) is before the first (${from}). Turn them round.`,
        zh: `最后一天（${to}）早于第一天（${from}）。请对调。`,
      });
    return context.read((transaction) => readCalendar(transaction, { from, to }));
  },
});

export const updateCalendar = operation({
  summary: 'Say how many days there have to be between two launches for the same audience',
  method: 'PUT',
  path: '/calendar',
  who: marketers,
  input: z.object({ collisionDays: z.int().min(0).max(365), version: z.int().describe('The version that was read; 0 for the first time') }),
  output: z.object({ collisionDays: z.int(), version: z.int() }),
  run: (context, { collisionDays, version }) =>
    context.write('calendar', async (transaction) => {
      const workspaceId = context.workspace.id;
      await transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`calendar ${workspaceId}`}, 0))`);
      const before = await readSetting(transaction);
      if (before.version !== version)
        throw new Failure(
          'conflict',
          {
            en: 'Somebody changed this meanwhile. Load it again, then repeat your change.',
            zh: '此期间有人做了修改。请重新载入，再重复你的修改。',
          },
          { current: before },
        );
      const after = { collisionDays, version: version + 1 };
      await transaction
        .insert(calendarSettings)
        .values({ workspaceId, ...after })
        .onConflictDoUpdate({ target: calendarSettings.workspaceId, set: after });
      return { id: workspaceId, before, after, result: after };
    }),
});

export const createFreeze = operation({
  summary: 'Freeze some days: launches whose market date falls into them are warned about',
  method: 'POST',
  path: '/freeze-periods',
  who: marketers,
  input: freezeFields,
  output: freezePeriod,
  run: (context, { name, from, to }) =>
    context.write('freeze period', async (transaction) => {
      const values = { workspaceId: context.workspace.id, name, fromDay: from, toDay: to };
      const [row] = await transaction.insert(freezePeriods).values(values).returning();
      const result = { id: row!.id, name, from, to };
      return { id: result.id, before: null, after: result, result };
    }),
});

export const deleteFreeze = operation({
  summary: 'Take a freeze period out of the calendar',
  method: 'DELETE',
  path: '/freeze-periods/{freeze}',
  who: marketers,
  input: z.object({ freeze: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  run: (context, { freeze: id }) =>
    context.write('freeze period', async (transaction) => {
      const [row] = await transaction
        .update(freezePeriods)
        .set({ deletedAt: context.now() })
        .where(and(eq(freezePeriods.id, id), isNull(freezePeriods.deletedAt)))
        .returning();
      if (!row)
        throw new Failure('not_found', {
          en: 'There is no such freeze period in this workspace. Read the calendar to see those there are.',
          zh: '此工作区中没有这个冻结期。请读取日历查看。',
        });
      return { id, before: { name: row.name, from: row.fromDay, to: row.toDay }, after: null, result: { id } };
    }),
});

const asLink = ({ id, name, createdBy, createdAt }: typeof calendarLinks.$inferSelect): CalendarLink => ({
  id,
  name,
  createdBy,
  createdAt: createdAt.toISOString(),
});

export const listCalendarLinks = operation({
  summary: 'List the secret addresses at which calendar programs read the launches',
  method: 'GET',
  path: '/calendar-links',
  who: everyone,
  input: z.object({}),
  output: z.object({ links: z.array(calendarLink) }),
  run: (context) =>
    context.read(async (transaction) => ({
      links: (
        await transaction.select().from(calendarLinks).where(isNull(calendarLinks.revokedAt)).orderBy(desc(calendarLinks.createdAt))
      ).map(asLink),
    })),
});

export const createCalendarLink = operation({
  summary: 'Make a secret address at which calendar programs read the launches, as .ics; it is shown this once',
  method: 'POST',
  path: '/calendar-links',
  who: editors,
  input: z.object({ name: z.string().trim().min(1).max(120).describe('For whom it is') }),
  output: z.object({ link: calendarLink, url: z.url().describe('It is not stored and not shown again') }),
  run: (context, { name }) =>
    context.write('calendar link', async (transaction) => {
      const token = newToken(`${context.workspace.id}.`);
      const values = {
        workspaceId: context.workspace.id,
        name,
        tokenHash: hashToken(token),
        createdBy: context.actor.name,
        createdAt: context.now(),
      };
      const [row] = await transaction.insert(calendarLinks).values(values).returning();
      const link = asLink(row!);
      return { id: link.id, before: null, after: link, result: { link, url: `${context.publicUrl}/calendar/${token}.ics` } };
    }),
});

export const revokeCalendarLink = operation({
  summary: 'Revoke a secret address of the calendar; it stops working at once',
  method: 'DELETE',
  path: '/calendar-links/{link}',
  who: editors,
  input: z.object({ link: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  run: (context, { link: id }) =>
    context.write('calendar link', async (transaction) => {
      const [row] = await transaction
        .update(calendarLinks)
        .set({ revokedAt: context.now() })
        .where(and(eq(calendarLinks.id, id), isNull(calendarLinks.revokedAt)))
        .returning();
      if (!row)
        throw new Failure('not_found', {
          en: 'There is no such address that works. List the calendar links to see those there are.',
          zh: '没有这样的有效地址。请列出日历链接查看。',
        });
      return { id, before: asLink(row), after: null, result: { id } };
    }),
});
