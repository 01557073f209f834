import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Application } from '../../platform/context.ts';
import { trackedLinkCounts } from './tables.ts';

type Row = typeof trackedLinkCounts.$inferInsert;
export type Click = Omit<Row, 'clicks'>;

const everyMilliseconds = 5000;
const mostRows = 20_000;

/** What was counted and is not written yet; at most a few seconds of it are lost when the process is killed. */
const waiting = new WeakMap<object, Map<string, Row>>();

const waitingOf = ({ records }: Application) => {
  const rows = waiting.get(records) ?? new Map<string, Row>();
  waiting.set(records, rows);
  return rows;
};

export const countClick = (application: Application, click: Click): void => {
  const rows = waitingOf(application);
  const key = `${click.linkId} ${click.day}`;
  const row = rows.get(key) ?? { ...click, clicks: 0 };
  row.clicks += 1;
  if (rows.has(key) || rows.size < mostRows) rows.set(key, row);
};

/** Writes what was counted since the last time. */
export const writeClicks = async (application: Application): Promise<void> => {
  const rows = waitingOf(application);
  const taken = [...rows.values()];
  rows.clear();
  for (const workspaceId of new Set(taken.map((row) => row.workspaceId))) {
    const values = taken.filter((row) => row.workspaceId === workspaceId);
    try {
      await application.records.within(workspaceId, (transaction) =>
        transaction
          .insert(trackedLinkCounts)
          .values(values)
          .onConflictDoUpdate({
            target: [trackedLinkCounts.linkId, trackedLinkCounts.day],
            set: { clicks: sql`tracked_link_count.clicks + excluded.clicks` },
          }),
      );
    } catch (error) {
      application.log.warn({ err: error, rows: values.length }, 'clicks of links were not counted');
    }
  }
};

/** Writes what is counted every few seconds, and at the end. */
export const keepCountingClicks = (application: Application): void =>
  application.background('count clicks of links', async (signal) => {
    while (!signal.aborted) {
      await pause(everyMilliseconds, undefined, { signal, ref: false }).catch(() => {});
      await writeClicks(application);
    }
  });
