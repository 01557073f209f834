import { sql } from 'drizzle-orm';
import type { Application } from '../../platform/context.ts';
import { makeTally } from '../../platform/tally.ts';
import { announcementCounts } from '../announcements/tables.ts';

type Kind = 'views' | 'lists' | 'embeds' | 'clicks';
type Row = typeof announcementCounts.$inferInsert;
export type Look = { workspaceId: string; day: string; kind: Kind; announcementIds: string[] };

/** Programs that name themselves, and what fetches a page before anybody looks at it. */
const botPattern =
  /bot\b|bot\/|crawl|spider|slurp|preview|fetch|monitor|headless|lighthouse|scan|curl|wget|python|java\/|go-http|okhttp|axios|node|ruby|perl|facebookexternalhit|embedly|feed|rss/i;

/** Whether a request is looked at by a person, as far as it says. */
export const isLookedAt = ({ userAgent, purpose }: { userAgent: string; purpose: string }): boolean =>
  userAgent !== '' && !botPattern.test(userAgent) && !/prefetch|prerender/i.test(purpose);

const added = (name: Kind) => sql.raw(`announcement_count.${name} + excluded.${name}`);

const looks = makeTally<Row>('count looks at announcements', (transaction, rows) =>
  transaction
    .insert(announcementCounts)
    .values(rows)
    .onConflictDoUpdate({
      target: [announcementCounts.announcementId, announcementCounts.day],
      set: { views: added('views'), lists: added('lists'), embeds: added('embeds'), clicks: added('clicks') },
    }),
);

export const countLook = (application: Application, { workspaceId, day, kind, announcementIds }: Look): void => {
  for (const announcementId of announcementIds)
    looks.count(application, `${announcementId} ${day}`, (row) => {
      const before = row ?? { workspaceId, announcementId, day, views: 0, lists: 0, embeds: 0, clicks: 0 };
      return { ...before, [kind]: (before[kind] ?? 0) + 1 };
    });
};

export const writeLooks = looks.writeNow;
export const keepCountingLooks = looks.keepWriting;
