import { randomInt } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { renderSVG } from 'uqr';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { withParts } from '../programs/family.ts';
import { readProgram, readPrograms } from '../programs/queries.ts';
import { readUtmRule, requireAllowed } from '../utm-rules/queries.ts';
import { periodOf, readClicks, readLinks } from './queries.ts';
import { linkCode, periodFields, type TrackedLink, trackedLink, trackedLinkFields } from './schema.ts';
import { trackedLinks } from './tables.ts';

const named = z.object({ link: z.uuid() });
const ofProgram = { program: z.string().min(1).max(120).optional().describe('Only those of this program and of its parts, by key or id') };
const mostLinks = 5000;

const idsOf = async (transaction: Transaction, program: string | undefined): Promise<string[] | undefined> => {
  if (!program) return undefined;
  const { id } = await readProgram(transaction, program);
  const kin = (await readPrograms(transaction)).map((one) => ({ id: one.id, parentId: one.parent?.id ?? null }));
  return withParts(kin, id);
};

export const listTrackedLinks = operation({
  summary: 'List the short links of programs, with how often each was followed',
  method: 'GET',
  path: '/tracked-links',
  who: everyone,
  input: z.object({ ...ofProgram, ...periodFields }),
  output: z.object({ from: z.iso.date(), to: z.iso.date(), links: z.array(trackedLink) }),
  run: (context, { program, ...asked }) =>
    context.read(async (transaction) => {
      const period = periodOf(asked, context);
      const programIds = await idsOf(transaction, program);
      return { ...period, links: await readLinks(transaction, { publicUrl: context.publicUrl, period, programIds }) };
    }),
});

const onDay = z.object({ day: z.iso.date(), clicks: z.int() });

export const countClicks = operation({
  summary: 'Count how often the links of a program, or one link, were followed on each day: times, not people, without bots',
  method: 'GET',
  path: '/tracked-links/counts',
  who: everyone,
  input: z.object({ ...ofProgram, link: z.uuid().optional(), ...periodFields }),
  output: z.object({
    from: z.iso.date(),
    to: z.iso.date(),
    total: z.int(),
    days: z.array(onDay).describe('Days without a click are not listed'),
  }),
  run: (context, { program, link, ...asked }) =>
    context.read(async (transaction) => {
      const period = periodOf(asked, context);
      const ids = program ? [(await readProgram(transaction, program)).id] : undefined;
      const some = (await readClicks(transaction, period)).filter(
        (one) => (!ids || one.programs.includes(ids[0]!)) && (!link || one.link === link),
      );
      const sum = (rows: typeof some) => rows.reduce((total, { clicks }) => total + clicks, 0);
      const days = [...new Set(some.map(({ day }) => day))].map((day) => ({ day, clicks: sum(some.filter((one) => one.day === day)) }));
      return { ...period, total: sum(some), days };
    }),
});

const readOne = async (context: Context, transaction: Transaction, id: string): Promise<TrackedLink> => {
  const [found] = await readLinks(transaction, { publicUrl: context.publicUrl, period: periodOf({}, context), id });
  if (!found)
    throw new Failure('not_found', {
      en: 'There is no such link in this workspace. List the links to see those there are.',
      zh: '此工作区中没有这个链接。请列出链接查看。',
    });
  return found;
};

/** A link to a link of ours would go round for ever, and would be counted twice. */
const requireElsewhere = ({ publicUrl }: Context, target: string): void => {
  const own = new URL(publicUrl);
  const url = new URL(target);
  if (url.host === own.host && url.pathname.startsWith('/l/'))
    throw new Failure('invalid', {
      en: 'This is a short link itself. Name the page that it should lead to.',
      zh: '这本身就是短链接。请填写它应指向的页面。',
    });
};

/** Without letters and digits that are mistaken for each other when they are typed from a poster. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const drawCode = (): string => Array.from({ length: 7 }, () => letters[randomInt(letters.length)]).join('');

export const drawTrackedLink = operation({
  summary: 'Draw a short link as a QR code, an SVG for billboards and booths; whoever scans it is counted like a click',
  method: 'GET',
  path: '/tracked-links/{link}/qr.svg',
  who: everyone,
  input: named,
  output: z.object({ fileName: z.string(), svg: z.string() }),
  run: async (context, { link }) => {
    const { address, code } = await context.read((transaction) => readOne(context, transaction, link));
    // A quarter of it may be hidden or dirty (level Q), and the quiet zone of four modules belongs to it: ISO/IEC 18004.
    return { fileName: `qr-${code}.svg`, svg: renderSVG(address, { ecc: 'Q', border: 4 }) };
  },
});

export const createTrackedLink = operation({
  summary: 'Make a short link for a program; UTM parameters follow the naming rule of the workspace',
  method: 'POST',
  path: '/programs/{program}/tracked-links',
  who: editors,
  input: trackedLinkFields.extend({
    program: z.string().min(1).max(120).describe('Key or id of the program'),
    code: linkCode.optional().describe('How the short address ends; drawn if not given. It cannot be changed, nor used again'),
  }),
  output: trackedLink,
  run: async (context, { program: key, code = drawCode(), ...fields }) => {
    requireElsewhere(context, fields.target);
    try {
      return await context.write('tracked link', async (transaction) => {
        const program = await readProgram(transaction, key);
        requireAllowed(await readUtmRule(transaction), fields);
        const [counted] = await transaction.select({ links: sql<number>`count(*)::int` }).from(trackedLinks);
        if (counted!.links >= mostLinks)
          throw new Failure('too_large', {
            en: `A workspace holds ${mostLinks} links at most.`,
            zh: `一个工作区最多 ${mostLinks} 个链接。`,
          });
        const values = {
          ...fields,
          code,
          workspaceId: context.workspace.id,
          programId: program.id,
          campaign: program.utmCampaign,
          createdBy: context.actor.name,
          createdAt: context.now(),
        };
        const [row] = await transaction.insert(trackedLinks).values(values).returning({ id: trackedLinks.id });
        const result = await readOne(context, transaction, row!.id);
        return { id: result.id, before: null, after: result, result };
      });
    } catch (error) {
      if (isUniqueViolation(error))
        throw new Failure('conflict', {
          en: `Another link ends with "${code}", or did. Choose another ending.`,
          zh: `已有或曾有另一个链接以“${code}”结尾。请另选结尾。`,
        });
      throw error;
    }
  },
});

export const updateTrackedLink = operation({
  summary: 'Change where a link leads, or its parameters; its short address stays',
  method: 'PATCH',
  path: '/tracked-links/{link}',
  who: editors,
  input: named.extend({
    ...trackedLinkFields.partial().shape,
    name: trackedLinkFields.shape.name.unwrap().optional(),
    content: trackedLinkFields.shape.content.unwrap().optional(),
    term: trackedLinkFields.shape.term.unwrap().optional(),
    version: z.int().describe('The version that was read'),
  }),
  output: trackedLink,
  run: (context, { link, version, ...set }) =>
    context.write('tracked link', async (transaction) => {
      if (set.target) requireElsewhere(context, set.target);
      const before = await readOne(context, transaction, link);
      if (set.source || set.medium) requireAllowed(await readUtmRule(transaction), { ...before, ...set });
      const updated = await transaction
        .update(trackedLinks)
        .set({ ...set, version: sql`${trackedLinks.version} + 1` })
        .where(and(eq(trackedLinks.id, link), eq(trackedLinks.version, version)))
        .returning({ id: trackedLinks.id });
      if (updated.length === 0)
        throw new Failure(
          'conflict',
          {
            en: 'Somebody changed this link meanwhile. Load it again, then repeat your change.',
            zh: '此期间有人修改了这个链接。请重新载入，再重复你的修改。',
          },
          { current: before },
        );
      const result = await readOne(context, transaction, link);
      return { id: link, before, after: result, result };
    }),
});

export const deleteTrackedLink = operation({
  summary: 'Delete a link; its address leads nowhere from then on. It can be restored for 30 days',
  method: 'DELETE',
  path: '/tracked-links/{link}',
  who: editors,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, { link }) =>
    context.write('tracked link', async (transaction) => {
      const before = await readOne(context, transaction, link);
      await transaction
        .update(trackedLinks)
        .set({ deletedAt: context.now() })
        .where(and(eq(trackedLinks.id, link), isNull(trackedLinks.deletedAt)));
      return { id: link, before, after: null, result: { id: link } };
    }),
});

export const restoreTrackedLink = operation({
  summary: 'Restore a link deleted in the last 30 days',
  method: 'POST',
  path: '/tracked-links/{link}/restore',
  who: editors,
  input: named,
  output: trackedLink,
  run: (context, { link }) =>
    context.write('tracked link', async (transaction) => {
      const recently = sql`${trackedLinks.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`;
      const restored = await transaction
        .update(trackedLinks)
        .set({ deletedAt: null, version: sql`${trackedLinks.version} + 1` })
        .where(and(eq(trackedLinks.id, link), recently))
        .returning({ id: trackedLinks.id });
      if (restored.length === 0)
        throw new Failure('not_found', {
          en: 'There is no link with that id that was deleted in the last 30 days.',
          zh: '没有此 ID 的链接在过去 30 天内被删除。',
        });
      const result = await readOne(context, transaction, link);
      return { id: link, before: null, after: result, result };
    }),
});
