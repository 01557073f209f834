import type { Application } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { announcementLocale } from '../announcements/schema.ts';
import { countLook, isLookedAt, type Look } from './counting.ts';
import { addressOf } from './queries.ts';
import { type OpenChangelog, openChangelog, readEntries, readEntry } from './reading.ts';

export type Visit = {
  /** What follows /changelog/ in the address. */
  path: string[];
  query: Record<string, string | undefined>;
  publicUrl: string;
  userAgent: string;
  purpose: string;
  /** HEAD asks whether there is something, and looks at nothing. */
  looks: boolean;
};

export type Served =
  | { kind: 'page' | 'embed' | 'feed' | 'widget' | 'gone'; body: string; frames: string[] }
  | { kind: 'redirect'; to: string };

const entriesOnPage = 20;
const entriesInFeed = 50;
const entriesInWidget = 10;
const mostPages = 10_000;

// Loaded with the first visit: those who show nothing outside need not wait for it at the start.
const loadPages = () => import('./public-page.tsx');

const gone = async (): Promise<Served> => ({ kind: 'gone', body: (await loadPages()).renderGone(), frames: [] });

const placeOf = (changelog: OpenChangelog, { publicUrl, query }: Visit) => {
  const asked = announcementLocale.safeParse(query.locale);
  return {
    only: asked.data,
    place: { changelog, address: addressOf(publicUrl, changelog.name), locale: asked.data ?? changelog.locale },
  };
};

type Serving = { application: Application; changelog: OpenChangelog; visit: Visit; now: Date };

const count = ({ application, changelog, visit, now }: Serving, kind: Look['kind'], announcementIds: string[]): void => {
  if (!visit.looks || !isLookedAt(visit)) return;
  countLook(application, { workspaceId: changelog.workspaceId, day: dayIn(now, changelog.timeZone), kind, announcementIds });
};

const serveList = async (serving: Serving): Promise<Served> => {
  const { application, changelog, visit, now } = serving;
  const { place, only } = placeOf(changelog, visit);
  const page = Math.min(mostPages, Math.max(1, Math.trunc(Number(visit.query.page ?? 1)) || 1));
  const offset = (page - 1) * entriesOnPage;
  const { entries, total, languages } = await readEntries(application, changelog, { now, locale: only, offset, limit: entriesOnPage });
  const pages = Math.max(1, Math.ceil(total / entriesOnPage));
  if (page > pages) return gone();
  const ids = entries.map(({ id }) => id);
  count(serving, 'lists', ids);
  return { kind: 'page', body: (await loadPages()).renderList(place, { entries, languages, only, page, pages }), frames: [] };
};

const serveEntry = async (serving: Serving, slug: string): Promise<Served> => {
  const { application, changelog, visit, now } = serving;
  const entry = await readEntry(application, changelog, slug, now);
  if (!entry) return gone();
  count(serving, 'views', [entry.id]);
  return { kind: 'page', body: (await loadPages()).renderEntry(placeOf(changelog, visit).place, entry), frames: [] };
};

const serveEmbed = async (serving: Serving): Promise<Served> => {
  const { application, changelog, visit, now } = serving;
  const { entries } = await readEntries(application, changelog, { now, limit: entriesInWidget });
  const ids = entries.map(({ id }) => id);
  count(serving, 'embeds', ids);
  const body = (await loadPages()).renderEmbed(placeOf(changelog, visit).place, entries);
  return { kind: 'embed', body, frames: changelog.origins };
};

const serveFeed = async ({ application, changelog, visit, now }: Serving): Promise<Served> => {
  const { entries } = await readEntries(application, changelog, { now, limit: entriesInFeed });
  const { renderFeed } = await import('./feed.ts');
  return { kind: 'feed', body: renderFeed(placeOf(changelog, visit).place, entries), frames: [] };
};

const serveWidget = async ({ application, changelog, visit, now }: Serving): Promise<Served> => {
  const { entries } = await readEntries(application, changelog, { now, limit: entriesInWidget });
  const { renderWidget } = await import('./widget.ts');
  const times = entries.map(({ publishedAt }) => publishedAt);
  return { kind: 'widget', body: renderWidget(placeOf(changelog, visit).place, times), frames: [] };
};

/** Follows a link of an entry, and counts it; to nowhere but where a link of the entry leads. */
const serveLink = async (serving: Serving, slug: string, link: string): Promise<Served> => {
  const entry = await readEntry(serving.application, serving.changelog, slug, serving.now);
  if (!entry) return gone();
  const { linkId, linksOf } = await import('./markdown.tsx');
  const to = linksOf(entry.body).find((url) => linkId(url) === link);
  if (!to) return gone();
  count(serving, 'clicks', [entry.id]);
  return { kind: 'redirect', to };
};

/** What stands at an address under /changelog/: nothing but what is public now. */
export const serveChangelog = async (application: Application, visit: Visit): Promise<Served> => {
  const [name = '', first, second, third, ...more] = visit.path;
  const changelog = more.length === 0 && name.length <= 60 ? await openChangelog(application, name.toLowerCase()) : undefined;
  if (!changelog) return gone();
  const serving = { application, changelog, visit, now: application.now() };
  if (first === undefined) return serveList(serving);
  if (first === 'go' && second && third) return serveLink(serving, second, third);
  if (second !== undefined) return gone();
  if (first === 'feed.xml') return serveFeed(serving);
  if (first === 'widget.js') return serveWidget(serving);
  if (first === 'embed') return serveEmbed(serving);
  return serveEntry(serving, first);
};
