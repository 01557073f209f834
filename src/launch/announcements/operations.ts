import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation, requirePerson } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { editors, everyone, marketers } from '../../platform/roles.ts';
import { readLaunch } from '../launches/queries.ts';
import { freeSlug, readAnnouncement, readAnnouncements, type Reading } from './queries.ts';
import { type Announcement, announcement, announcementFields, announcementStates } from './schema.ts';
import { announcements } from './tables.ts';

const named = z.object({ announcement: z.string().min(1).max(120).describe('Slug or id of the announcement') });
const version = z.int().describe('The version that was read');

/** Sales and readers see what everybody outside sees. */
const readingOf = ({ actor, now }: Context): Reading => ({ now: now(), publicOnly: !editors.includes(actor.role) });

export const listAnnouncements = operation({
  summary: 'List the announcements: what is not public yet first, then the newest; sales and readers see what is published',
  method: 'GET',
  path: '/announcements',
  who: everyone,
  input: z.object({
    launch: z.string().min(1).max(120).optional().describe('Only those of this launch, by key or id'),
    state: z.enum(announcementStates).optional(),
  }),
  output: z.object({ announcements: z.array(announcement) }),
  run: (context, { launch, state }) =>
    context.read(async (transaction) => {
      const launchId = launch ? (await readLaunch(transaction, launch)).id : undefined;
      const found = await readAnnouncements(transaction, readingOf(context), launchId);
      return { announcements: state ? found.filter((each) => each.state === state) : found };
    }),
});

export const getAnnouncement = operation({
  summary: 'Read one announcement',
  method: 'GET',
  path: '/announcements/{announcement}',
  who: everyone,
  input: named,
  output: announcement,
  run: (context, input) => context.read((transaction) => readAnnouncement(transaction, input.announcement, readingOf(context))),
});

const launchIdOf = async (transaction: Transaction, launch: string | null | undefined): Promise<string | null> =>
  launch ? (await readLaunch(transaction, launch)).id : null;

export const createAnnouncement = operation({
  summary: 'Draft an announcement; nobody outside sees it until it is published',
  method: 'POST',
  path: '/announcements',
  who: editors,
  input: announcementFields,
  output: announcement,
  run: (context, { launch, ...fields }) =>
    context.write('announcement', async (transaction) => {
      const now = context.now();
      const values = {
        ...fields,
        workspaceId: context.workspace.id,
        launchId: await launchIdOf(transaction, launch),
        slug: await freeSlug(transaction, fields.title),
        createdBy: context.actor.name,
        createdAt: now,
        updatedAt: now,
      };
      const [row] = await transaction.insert(announcements).values(values).returning({ id: announcements.id });
      const result = await readAnnouncement(transaction, row!.id, readingOf(context));
      return { id: result.id, before: null, after: result, result };
    }),
});

/** What anybody outside sees, or will see without another decision, is decided by a person who may publish. */
const requirePublisher = (context: Context): void => {
  if (!marketers.includes(context.actor.role))
    throw new Failure('forbidden', {
      en: 'Your role may draft announcements, not publish them. Ask product marketing or an owner to do it.',
      zh: '你的角色可以起草公告，但不能发布。请联系产品营销或所有者。',
    });
  requirePerson(context);
};

const isOut = ({ state }: Announcement): boolean => state === 'published' || state === 'scheduled';

type Change = { version: number; set: Partial<typeof announcements.$inferInsert> };

const change = async (context: Context, transaction: Transaction, before: Announcement, { version: read, set }: Change) => {
  const changed = await transaction
    .update(announcements)
    .set({ ...set, updatedAt: context.now(), version: sql`${announcements.version} + 1` })
    .where(and(eq(announcements.id, before.id), eq(announcements.version, read)))
    .returning({ id: announcements.id });
  if (changed.length === 0)
    throw new Failure(
      'conflict',
      {
        en: 'Somebody changed this announcement meanwhile. Load it again, then repeat your change.',
        zh: '此期间有人修改了这条公告。请重新载入，再重复你的修改。',
      },
      {
        current: await readAnnouncement(transaction, before.id, readingOf(context)),
      },
    );
  const result = await readAnnouncement(transaction, before.id, readingOf(context));
  return { id: result.id, before, after: result, result };
};

// Without their defaults: what a change leaves out stays.
const { title, category, labels, body, locale, audience, launch } = announcementFields.shape;
const changes = z.object({
  title: title.optional(),
  category: category.unwrap().optional(),
  labels: labels.unwrap().optional(),
  body: body.unwrap().optional(),
  locale: locale.unwrap().optional(),
  audience: audience.unwrap().optional(),
  launch,
});

export const updateAnnouncement = operation({
  summary: 'Change an announcement; what is published or scheduled only a person who may publish',
  method: 'PATCH',
  path: '/announcements/{announcement}',
  who: editors,
  input: named.extend({ ...changes.shape, version }),
  output: announcement,
  run: (context, { announcement: key, version: read, launch: launchKey, ...fields }) =>
    context.write('announcement', async (transaction) => {
      const before = await readAnnouncement(transaction, key, readingOf(context));
      if (isOut(before)) requirePublisher(context);
      if (isOut(before) && fields.body?.trim() === '')
        throw new Failure('invalid', {
          en: 'A published announcement needs a text. Withdraw it if it should not be read any more.',
          zh: '已发布的公告需要正文。若不应再被阅读，请撤回它。',
        });
      const set = { ...fields, ...(launchKey !== undefined && { launchId: await launchIdOf(transaction, launchKey) }) };
      return change(context, transaction, before, { version: read, set });
    }),
});

export const publishAnnouncement = operation({
  summary: 'Publish an announcement now, or at a moment to come',
  method: 'POST',
  path: '/announcements/{announcement}/publish',
  who: marketers,
  refuses: 'machines',
  input: named.extend({
    version,
    publishAt: z.iso
      .datetime({ offset: true })
      .nullish()
      .describe('When it becomes public; without it at once. Earlier moments only date it'),
  }),
  output: announcement,
  run: (context, { announcement: key, version: read, publishAt }) =>
    context.write('announcement', async (transaction) => {
      const before = await readAnnouncement(transaction, key, readingOf(context));
      if (before.body.trim() === '')
        throw new Failure('invalid', {
          en: 'This announcement has no text yet. Write it first, then publish it.',
          zh: '这条公告还没有正文。请先写好，再发布。',
        });
      const set = {
        state: 'published' as const,
        publishAt: publishAt ? new Date(publishAt) : context.now(),
        publishedBy: context.actor.name,
        withdrawnReason: '',
      };
      return change(context, transaction, before, { version: read, set });
    }),
});

export const withdrawAnnouncement = operation({
  summary: 'Take a published or scheduled announcement back, and say why; it can be published again',
  method: 'POST',
  path: '/announcements/{announcement}/withdraw',
  who: marketers,
  input: named.extend({ version, reason: z.string().trim().min(3).max(2000).describe('Kept here; not shown outside') }),
  output: announcement,
  run: (context, { announcement: key, version: read, reason }) =>
    context.write('announcement', async (transaction) => {
      const before = await readAnnouncement(transaction, key, readingOf(context));
      if (!isOut(before))
        throw new Failure(
          'conflict',
          { en: 'This announcement is not public, so it cannot be taken back.', zh: '这条公告并未公开，因此无法撤回。' },
          { current: before },
        );
      return change(context, transaction, before, { version: read, set: { state: 'withdrawn', withdrawnReason: reason } });
    }),
});

export const deleteAnnouncement = operation({
  summary: 'Delete an announcement, from the public page too; it can be restored for 30 days',
  method: 'DELETE',
  path: '/announcements/{announcement}',
  who: marketers,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, input) =>
    context.write('announcement', async (transaction) => {
      const before = await readAnnouncement(transaction, input.announcement, readingOf(context));
      await transaction.update(announcements).set({ deletedAt: context.now() }).where(eq(announcements.id, before.id));
      return { id: before.id, before, after: null, result: { id: before.id } };
    }),
});

export const restoreAnnouncement = operation({
  summary: 'Restore an announcement deleted in the last 30 days; one that was public comes back withdrawn, to be published again',
  method: 'POST',
  path: '/announcements/{id}/restore',
  who: marketers,
  input: z.object({ id: z.uuid() }),
  output: announcement,
  run: (context, { id }) =>
    context.write('announcement', async (transaction) => {
      const recently = sql`${announcements.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`;
      const restored = await transaction
        .update(announcements)
        .set({
          deletedAt: null,
          state: sql`CASE ${announcements.state} WHEN 'published' THEN 'withdrawn' ELSE ${announcements.state} END`,
          version: sql`${announcements.version} + 1`,
        })
        .where(and(eq(announcements.id, id), recently))
        .returning({ id: announcements.id });
      if (restored.length === 0)
        throw new Failure('not_found', {
          en: 'There is no announcement with that id that was deleted in the last 30 days.',
          zh: '没有此 ID 的公告在过去 30 天内被删除。',
        });
      const result = await readAnnouncement(transaction, id, readingOf(context));
      return { id, before: null, after: result, result };
    }),
});
