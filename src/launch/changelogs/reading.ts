import { and, count, desc, eq, sql } from 'drizzle-orm';
import type { Application } from '../../platform/context.ts';
import { isPublicAt } from '../announcements/queries.ts';
import type { AnnouncementLocale, Category } from '../announcements/schema.ts';
import { announcements } from '../announcements/tables.ts';
import { workspaces } from '../../workspace/workspaces/tables.ts';
import { changelogs } from './tables.ts';

/** What anybody may know of an entry: nothing else of it leaves through the public page. */
export type Entry = {
  id: string;
  slug: string;
  title: string;
  category: Category;
  labels: string[];
  body: string;
  locale: AnnouncementLocale;
  audience: string;
  publishedAt: Date;
  updatedAt: Date;
  version: number;
};

export type OpenChangelog = {
  workspaceId: string;
  name: string;
  title: string;
  locale: AnnouncementLocale;
  origins: string[];
  timeZone: string;
};

const entryFields = {
  id: announcements.id,
  slug: announcements.slug,
  title: announcements.title,
  category: announcements.category,
  labels: announcements.labels,
  body: announcements.body,
  locale: announcements.locale,
  audience: announcements.audience,
  publishedAt: sql<Date>`${announcements.publishAt}`.mapWith(announcements.publishAt),
  updatedAt: announcements.updatedAt,
  version: announcements.version,
};

const nowhere = '00000000-0000-0000-0000-000000000000';

/** The changelog that an address names, if it is public. */
export const openChangelog = async ({ records }: Application, name: string): Promise<OpenChangelog | undefined> => {
  const workspaceId = await records.within(nowhere, async (transaction) => {
    const { rows } = await transaction.execute<{ id: string | null }>(sql`SELECT public_changelog(${name}) AS id`);
    return rows[0]?.id;
  });
  if (!workspaceId) return undefined;
  return records.within(workspaceId, async (transaction) => {
    const [found] = await transaction
      .select({ changelog: changelogs, timeZone: workspaces.timeZone })
      .from(changelogs)
      .innerJoin(workspaces, eq(workspaces.id, changelogs.workspaceId))
      .where(and(eq(changelogs.name, name), eq(changelogs.isPublic, true)));
    if (!found) return undefined;
    const { title, locale, origins } = found.changelog;
    return { workspaceId, name, title, locale, origins, timeZone: found.timeZone };
  });
};

type Asked = { now: Date; locale?: AnnouncementLocale; offset?: number; limit: number };

/** The newest public entries, how many there are, and in which languages. */
export const readEntries = ({ records }: Application, { workspaceId }: OpenChangelog, { now, locale, offset = 0, limit }: Asked) =>
  records.within(workspaceId, async (transaction) => {
    const wanted = and(isPublicAt(now), locale ? eq(announcements.locale, locale) : undefined);
    const entries: Entry[] = await transaction
      .select(entryFields)
      .from(announcements)
      .where(wanted)
      .orderBy(desc(announcements.publishAt), desc(announcements.id))
      .offset(offset)
      .limit(limit);
    const languages = await transaction
      .select({ locale: announcements.locale, entries: count() })
      .from(announcements)
      .where(isPublicAt(now))
      .groupBy(announcements.locale)
      .orderBy(announcements.locale);
    const total = languages.filter((each) => !locale || each.locale === locale).reduce((sum, each) => sum + each.entries, 0);
    return { entries, total, languages: languages.map((each) => each.locale) };
  });

export const readEntry = ({ records }: Application, { workspaceId }: OpenChangelog, slug: string, now: Date): Promise<Entry | undefined> =>
  records.within(workspaceId, async (transaction) => {
    const [entry] = await transaction
      .select(entryFields)
      .from(announcements)
      .where(and(isPublicAt(now), eq(announcements.slug, slug)));
    return entry;
  });
