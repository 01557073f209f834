import { and, desc, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { launches } from '../launches/tables.ts';
import type { Announcement, AnnouncementState } from './schema.ts';
import { announcements } from './tables.ts';

export type AnnouncementRow = typeof announcements.$inferSelect;

/** The state as of a moment: what is scheduled becomes published by the clock alone. */
export const stateOf = ({ state, publishAt }: Pick<AnnouncementRow, 'state' | 'publishAt'>, now: Date): AnnouncementState =>
  state === 'published' && publishAt !== null && publishAt > now ? 'scheduled' : state;

/** What anybody may read at a moment. */
export const isPublicAt = (now: Date) =>
  and(eq(announcements.state, 'published'), lte(announcements.publishAt, now), isNull(announcements.deletedAt));

type Found = { row: AnnouncementRow; launch: { id: string; key: string; name: string } | null };

const asAnnouncement = ({ row, launch }: Found, now: Date): Announcement => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  category: row.category,
  labels: row.labels,
  body: row.body,
  locale: row.locale,
  audience: row.audience,
  launch,
  state: stateOf(row, now),
  publishAt: row.publishAt?.toISOString() ?? null,
  publishedBy: row.publishedBy,
  withdrawnReason: row.withdrawnReason,
  version: row.version,
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const select = (transaction: Transaction) =>
  transaction
    .select({ row: announcements, launch: { id: launches.id, key: launches.key, name: launches.name } })
    .from(announcements)
    .leftJoin(launches, and(eq(launches.id, announcements.launchId), isNull(launches.deletedAt)));

/** Who reads, and when: what is not public is for those who write. */
export type Reading = { now: Date; publicOnly: boolean };

const readable = ({ now, publicOnly }: Reading) => (publicOnly ? isPublicAt(now) : isNull(announcements.deletedAt));

/** Those of the workspace, or of one launch: what is not public yet first, then the newest. */
export const readAnnouncements = async (transaction: Transaction, reading: Reading, launchId?: string): Promise<Announcement[]> => {
  const found = await select(transaction)
    .where(and(readable(reading), launchId ? eq(announcements.launchId, launchId) : undefined))
    .orderBy(sql`${announcements.publishAt} DESC NULLS FIRST`, desc(announcements.updatedAt), announcements.id)
    .limit(2000);
  return found.map((each) => asAnnouncement(each, reading.now));
};

/** One by its id or its slug; a Failure when there is none, or none for this reader. */
export const readAnnouncement = async (transaction: Transaction, slugOrId: string, reading: Reading): Promise<Announcement> => {
  const named = or(eq(announcements.slug, slugOrId), eq(sql`${announcements.id}::text`, slugOrId));
  const [found] = await select(transaction).where(and(named, readable(reading)));
  if (!found)
    throw new Failure('not_found', {
      en: `There is no announcement "${slugOrId}" in this workspace that you may read. List the announcements.`,
      zh: `此工作区中没有你可以阅读的公告“${slugOrId}”。请列出公告查看。`,
    });
  return asAnnouncement(found, reading.now);
};

/** Parts of the address of a changelog that mean something else. */
const reserved = ['embed', 'go'];

/** A slug made from the title that no entry of this workspace has or had. */
export const freeSlug = async (transaction: Transaction, title: string): Promise<string> => {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  const stem =
    words
      .slice(0, 60)
      .toWellFormed()
      .replaceAll(/^-+|[-\uFFFD]+$/g, '') || 'entry';
  const taken = await transaction.select({ slug: announcements.slug }).from(announcements);
  const slugs = new Set([...reserved, ...taken.map(({ slug }) => slug)]);
  let slug = stem;
  for (let number = 2; slugs.has(slug); number++) slug = `${stem}-${number}`;
  return slug;
};
