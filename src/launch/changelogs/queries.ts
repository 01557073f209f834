import { and, between, eq, inArray, sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { announcementCounts, announcements } from '../announcements/tables.ts';
import type { AnnouncementCount, Changelog } from './schema.ts';
import { changelogs } from './tables.ts';

/** Where the changelog of that name is read. */
export const addressOf = (publicUrl: string, name: string): string => `${publicUrl}/changelog/${name}`;

type Place = Pick<Context, 'publicUrl' | 'workspace'>;

/** The changelog of the workspace; before it is set up, one that nobody can read. */
export const readChangelog = async (transaction: Transaction, { publicUrl, workspace }: Place): Promise<Changelog> => {
  const [row] = await transaction.select().from(changelogs);
  const address = row ? addressOf(publicUrl, row.name) : null;
  return {
    isPublic: row?.isPublic ?? false,
    name: row?.name ?? null,
    title: row?.title ?? workspace.name,
    locale: row?.locale ?? 'en',
    origins: row?.origins ?? [],
    address,
    feed: address && `${address}/feed.xml`,
    widget: address && `${address}/widget.js`,
    version: row?.version ?? 0,
  };
};

const total = (column: (typeof announcementCounts)['views']) => sql<number>`sum(${column})::double precision`;

/** How often each announcement was looked at on days of a period; what was not, is not listed. */
export const readCounts = async (
  transaction: Transaction,
  { from, to, announcementId }: { from: string; to: string; announcementId?: string },
): Promise<AnnouncementCount[]> =>
  transaction
    .select({
      announcement: announcementCounts.announcementId,
      views: total(announcementCounts.views),
      lists: total(announcementCounts.lists),
      embeds: total(announcementCounts.embeds),
      clicks: total(announcementCounts.clicks),
    })
    .from(announcementCounts)
    .innerJoin(announcements, eq(announcements.id, announcementCounts.announcementId))
    .where(
      and(
        between(announcementCounts.day, from, to),
        sql`${announcements.deletedAt} IS NULL`,
        announcementId ? eq(announcementCounts.announcementId, announcementId) : undefined,
      ),
    )
    .groupBy(announcementCounts.announcementId);

export type Opened = { announcement: string; day: string; views: number; clicks: number };

/** How often the page of each announcement was opened and its link followed, day by day. */
export const readOpenedByDay = async (transaction: Transaction, ids: string[]): Promise<Opened[]> =>
  ids.length === 0
    ? []
    : transaction
        .select({
          announcement: announcementCounts.announcementId,
          day: announcementCounts.day,
          views: announcementCounts.views,
          clicks: announcementCounts.clicks,
        })
        .from(announcementCounts)
        .where(inArray(announcementCounts.announcementId, ids))
        .orderBy(announcementCounts.announcementId, announcementCounts.day);
