import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { byKey } from '../../platform/by-key.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { attachmentDownloads, attachments } from '../attachments/tables.ts';
import type { Deliverable } from '../deliverables/schema.ts';
import { programs } from '../programs/tables.ts';
import { trackedLinkCounts, trackedLinks } from '../tracked-links/tables.ts';
import type { Use } from './schema.ts';

type Download = { memberId: string; day: string; times: number };
type UtmWords = { campaign: string; source: string; medium: string; content: string; term: string };
export type ShortLink = UtmWords & { id: string; code: string; place: string | null; createdAt: Date };

/** What is known of the use of one deliverable, day by day. */
export type Counted = { deliverable: string; countedSince: string | null; downloads: Download[]; clicks: { day: string; times: number }[] };

/** The address that two links share if they lead to the same page: without where a visitor comes from, and without the place on the page. */
export const placeOf = (address: string): string | null => {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  for (const name of Array.from(url.searchParams.keys())) if (name.toLowerCase().startsWith('utm_')) url.searchParams.delete(name);
  return `${url.host}${url.pathname.replace(/\/+$/, '')}${url.search}`;
};

const codeOf = (address: string): string | null => /^https?:\/\/[^/]+\/l\/([a-z0-9-]+)\/?$/i.exec(address)?.[1]?.toLowerCase() ?? null;

const readShortLinks = async (transaction: Transaction): Promise<ShortLink[]> => {
  const rows = await transaction
    .select({
      id: trackedLinks.id,
      code: trackedLinks.code,
      target: trackedLinks.target,
      createdAt: trackedLinks.createdAt,
      campaign: trackedLinks.campaign,
      source: trackedLinks.source,
      medium: trackedLinks.medium,
      content: trackedLinks.content,
      term: trackedLinks.term,
    })
    .from(trackedLinks)
    .innerJoin(programs, and(eq(programs.id, trackedLinks.programId), isNull(programs.deletedAt)))
    .where(isNull(trackedLinks.deletedAt));
  return rows.map(({ target, ...link }) => ({ ...link, place: placeOf(target) }));
};

const readClicks = async (transaction: Transaction, ids: string[]) =>
  ids.length === 0
    ? []
    : transaction
        .select({ link: trackedLinkCounts.linkId, day: trackedLinkCounts.day, times: trackedLinkCounts.clicks })
        .from(trackedLinkCounts)
        .where(inArray(trackedLinkCounts.linkId, ids));

const leadingTo = (links: ShortLink[], { links: own }: Pick<Deliverable, 'links'>): ShortLink[] => {
  const places = new Set(own.map(({ url }) => placeOf(url)));
  const codes = new Set(own.map(({ url }) => codeOf(url)));
  return links.filter(({ place, code }) => (place !== null && places.has(place)) || codes.has(code));
};

/** All short links of programs, and for each of these deliverables those that lead to its addresses. */
export const readLinksTo = async (
  transaction: Transaction,
  all: Pick<Deliverable, 'id' | 'links'>[],
): Promise<{ links: ShortLink[]; leading: Map<string, ShortLink[]> }> => {
  const links = await readShortLinks(transaction);
  return { links, leading: new Map(all.map((one) => [one.id, leadingTo(links, one)])) };
};

/** How each of these deliverables was used: four statements, however many they are. */
export const readUses = async (transaction: Transaction, all: Pick<Deliverable, 'id' | 'links'>[]): Promise<Counted[]> => {
  if (all.length === 0) return [];
  const ids = all.map(({ id }) => id);
  const files = await transaction
    .select({ deliverable: attachments.deliverableId, since: attachments.countedSince })
    .from(attachments)
    .where(and(inArray(attachments.deliverableId, ids), isNotNull(attachments.addedAt), isNull(attachments.deletedAt)));
  const downloads = await transaction.select().from(attachmentDownloads).where(inArray(attachmentDownloads.deliverableId, ids));
  const { leading: linksOf } = await readLinksTo(transaction, all);
  const clicks = await readClicks(transaction, [...new Set([...linksOf.values()].flat().map(({ id }) => id))]);
  const clicksOf = byKey(clicks, ({ link }) => link);
  const filesOf = byKey(files, ({ deliverable }) => deliverable);
  const downloadsOf = byKey(downloads, ({ deliverableId }) => deliverableId);
  return all.map((one) => {
    const shared = linksOf.get(one.id)!;
    const since = [...(filesOf.get(one.id) ?? []).map((file) => file.since), ...shared.map(({ createdAt }) => createdAt)];
    return {
      deliverable: one.id,
      countedSince: since.length ? new Date(Math.min(...since.map((each) => each.getTime()))).toISOString() : null,
      downloads: (downloadsOf.get(one.id) ?? []).map(({ memberId, day, times }) => ({ memberId, day, times })),
      clicks: shared.flatMap(({ id }) => (clicksOf.get(id) ?? []).map(({ day, times }) => ({ day, times }))),
    };
  });
};

const sum = (days: { times: number }[]): number => days.reduce((all, { times }) => all + times, 0);

/** The figures of one deliverable, of the days up to `last` where one is named. */
export const useOf = ({ deliverable, countedSince, downloads, clicks }: Counted, last = '9999-12-31'): Use => {
  const [taken, followed] = [downloads, clicks].map((days) => days.filter(({ day }) => day <= last)) as [Download[], Counted['clicks']];
  const isCounted = countedSince !== null && countedSince.slice(0, 10) <= last;
  return {
    deliverable,
    isMeasured: isCounted || taken.length + followed.length > 0,
    countedSince: isCounted ? countedSince : null,
    downloads: sum(taken),
    clicks: sum(followed),
    lastOn:
      [...taken, ...followed]
        .map(({ day }) => day)
        .toSorted()
        .at(-1) ?? null,
  };
};
