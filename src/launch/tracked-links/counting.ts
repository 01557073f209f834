import { sql } from 'drizzle-orm';
import type { Application } from '../../platform/context.ts';
import { makeTally } from '../../platform/tally.ts';
import { trackedLinkCounts } from './tables.ts';

type Row = typeof trackedLinkCounts.$inferInsert & { clicks: number };
export type Click = Omit<Row, 'clicks'>;

const clicks = makeTally<Row>('count clicks of links', (transaction, rows) =>
  transaction
    .insert(trackedLinkCounts)
    .values(rows)
    .onConflictDoUpdate({
      target: [trackedLinkCounts.linkId, trackedLinkCounts.day],
      set: { clicks: sql`tracked_link_count.clicks + excluded.clicks` },
    }),
);

export const countClick = (application: Application, click: Click): void =>
  clicks.count(application, `${click.linkId} ${click.day}`, (row) => ({ ...click, clicks: (row?.clicks ?? 0) + 1 }));

export const writeClicks = clicks.writeNow;
export const keepCountingClicks = clicks.keepWriting;
