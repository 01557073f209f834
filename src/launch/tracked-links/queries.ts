import { and, asc, between, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { addDays, dayIn, daysBetween } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { programs } from '../programs/tables.ts';
import { withWholes } from '../programs/family.ts';
import type { TrackedLink } from './schema.ts';
import { trackedLinkCounts, trackedLinks } from './tables.ts';

type LinkRow = typeof trackedLinks.$inferSelect;
export type Period = { from: string; to: string };

const usualDays = 28;
const mostDays = 1100;

/** The days that are asked for; a Failure for those that cannot be. */
export const periodOf = (asked: Partial<Period>, { now, workspace }: Pick<Context, 'now' | 'workspace'>): Period => {
  const to = asked.to ?? dayIn(now(), workspace.timeZone);
  const from = asked.from ?? addDays(to, 1 - usualDays);
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > mostDays)
    throw new Failure('invalid', {
      en: `Ask for 1 to ${mostDays} days, the first one first.`,
      zh: `请查询 1 至 ${mostDays} 天，起始日在前。`,
    });
  return { from, to };
};

type Utm = Pick<LinkRow, 'target' | 'source' | 'medium' | 'campaign' | 'content' | 'term'>;

/** Where a link leads: its target with the parameters; what else stands in the target stays. */
export const leadsTo = ({ target, ...utm }: Utm): string => {
  const url = new URL(target);
  for (const name of ['source', 'medium', 'campaign', 'content', 'term'] as const)
    if (utm[name]) url.searchParams.set(`utm_${name}`, utm[name]);
  return url.href;
};

export const addressOfLink = (publicUrl: string, code: string): string => `${publicUrl}/l/${code}`;

type Asked = { publicUrl: string; period: Period; programIds?: string[]; id?: string };

const followed = ({ from, to }: Period) =>
  sql<number>`coalesce((SELECT sum(clicks) FROM tracked_link_count WHERE tracked_link_count.link_id = ${trackedLinks.id} AND day BETWEEN ${from} AND ${to}), 0)::double precision`;

/** Links of the workspace, of some programs, or one; the newest first, with how often each was followed. */
export const readLinks = async (transaction: Transaction, { publicUrl, period, programIds, id }: Asked): Promise<TrackedLink[]> => {
  const rows = await transaction
    .select({ link: trackedLinks, program: { id: programs.id, key: programs.key, name: programs.name }, clicks: followed(period) })
    .from(trackedLinks)
    .innerJoin(programs, and(eq(programs.id, trackedLinks.programId), isNull(programs.deletedAt)))
    .where(and(isNull(trackedLinks.deletedAt), id ? eq(trackedLinks.id, id) : undefined))
    .orderBy(desc(trackedLinks.createdAt), trackedLinks.code);
  return rows
    .filter(({ program }) => !programIds || programIds.includes(program.id))
    .map(({ link: { workspaceId: _workspaceId, programId: _programId, deletedAt: _deletedAt, ...link }, program, clicks }) => ({
      ...link,
      program,
      clicks,
      address: addressOfLink(publicUrl, link.code),
      leadsTo: leadsTo(link),
      createdAt: link.createdAt.toISOString(),
    }));
};

export type Clicks = { link: string; day: string; clicks: number; programs: string[] };

/** Clicks by link and day, with the programs that each is of: its own, and those that it is a part of. */
export const readClicks = async (transaction: Transaction, { from, to }: Period): Promise<Clicks[]> => {
  const kin = await transaction.select({ id: programs.id, parentId: programs.parentId }).from(programs).where(isNull(programs.deletedAt));
  const byId = new Map(kin.map((one) => [one.id, one]));
  const rows = await transaction
    .select({ link: trackedLinks.id, program: trackedLinks.programId, day: trackedLinkCounts.day, clicks: trackedLinkCounts.clicks })
    .from(trackedLinkCounts)
    .innerJoin(trackedLinks, and(eq(trackedLinks.id, trackedLinkCounts.linkId), isNull(trackedLinks.deletedAt)))
    .where(between(trackedLinkCounts.day, from, to))
    .orderBy(asc(trackedLinkCounts.day));
  return rows.map(({ program, ...row }) => ({ ...row, programs: withWholes(byId, program) }));
};
