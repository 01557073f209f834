import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Application } from '../../platform/context.ts';
import { announcementCounts } from '../announcements/tables.ts';

type Kind = 'views' | 'lists' | 'embeds' | 'clicks';
type Row = typeof announcementCounts.$inferInsert;
export type Look = { workspaceId: string; day: string; kind: Kind; announcementIds: string[] };

const everyMilliseconds = 5000;
const mostRows = 20_000;

/** What was counted and is not written yet; at most a few seconds of it are lost when the process is killed. */
const waiting = new WeakMap<object, Map<string, Row>>();

const waitingOf = ({ records }: Application) => {
  const rows = waiting.get(records) ?? new Map<string, Row>();
  waiting.set(records, rows);
  return rows;
};

/** Programs that name themselves, and what fetches a page before anybody looks at it. */
const botPattern =
  /bot\b|bot\/|crawl|spider|slurp|preview|fetch|monitor|headless|lighthouse|scan|curl|wget|python|java\/|go-http|okhttp|axios|node|ruby|perl|facebookexternalhit|embedly|feed|rss/i;

/** Whether a request is looked at by a person, as far as it says. */
export const isLookedAt = ({ userAgent, purpose }: { userAgent: string; purpose: string }): boolean =>
  userAgent !== '' && !botPattern.test(userAgent) && !/prefetch|prerender/i.test(purpose);

export const countLook = (application: Application, { workspaceId, day, kind, announcementIds }: Look): void => {
  const rows = waitingOf(application);
  for (const announcementId of announcementIds) {
    const key = `${announcementId} ${day}`;
    const row = rows.get(key) ?? { workspaceId, announcementId, day, views: 0, lists: 0, embeds: 0, clicks: 0 };
    row[kind] = (row[kind] ?? 0) + 1;
    if (rows.has(key) || rows.size < mostRows) rows.set(key, row);
  }
};

const added = (name: Kind) => sql.raw(`announcement_count.${name} + excluded.${name}`);

/** Writes what was counted since the last time. */
export const writeLooks = async (application: Application): Promise<void> => {
  const rows = waitingOf(application);
  const taken = [...rows.values()];
  rows.clear();
  for (const workspaceId of new Set(taken.map((row) => row.workspaceId))) {
    const values = taken.filter((row) => row.workspaceId === workspaceId);
    try {
      await application.records.within(workspaceId, (transaction) =>
        transaction
          .insert(announcementCounts)
          .values(values)
          .onConflictDoUpdate({
            target: [announcementCounts.announcementId, announcementCounts.day],
            set: { views: added('views'), lists: added('lists'), embeds: added('embeds'), clicks: added('clicks') },
          }),
      );
    } catch (error) {
      application.log.warn({ err: error, rows: values.length }, 'looks at announcements were not counted');
    }
  }
};

/** Writes what is counted every few seconds, and at the end. */
export const keepCountingLooks = (application: Application): void =>
  application.background('count looks at announcements', async (signal) => {
    while (!signal.aborted) {
      await pause(everyMilliseconds, undefined, { signal, ref: false }).catch(() => {});
      await writeLooks(application);
    }
  });
