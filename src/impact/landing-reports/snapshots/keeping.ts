import { sql } from 'drizzle-orm';
import { addDays, dayIn } from '../../../platform/days.ts';
import { Failure } from '../../../platform/failure.ts';
import type { Context } from '../../../platform/context.ts';
import { lastDayBy, lastDayOf } from '../../questions/asking.ts';
import { type Snapshot, type SnapshotDay, snapshotDays } from './schema.ts';
import { asSnapshot, makeAsOf } from './queries.ts';
import { landingSnapshots } from './tables.ts';

/** Keeps what the landing report says as of a day. Refused before the data reach the end of it, and a second time. */
export const keepReportOf = async (context: Context, launch: string, day: SnapshotDay): Promise<Snapshot> => {
  const { launchId, report } = await makeAsOf(context, { launch, day, now: context.now() });
  const last = lastDayBy(report.dataTo.events, dayIn(context.now(), context.workspace.timeZone));
  const needed = addDays(report.launch.marketDate, day - 1);
  if (last === null || last < needed)
    throw new Failure('conflict', {
      en: `Day ${day} ends with ${needed}; ${last ? `events reach ${last}` : 'there are no events yet'}. Keep it then.`,
      zh: `第 ${day} 天止于 ${needed}；${last ? `事件截至 ${last}` : '还没有事件'}。请届时再保留。`,
    });
  return context.writeAs('landingReports.freeze', 'landingSnapshot', async (transaction) => {
    const [row] = await transaction
      .insert(landingSnapshots)
      .values({
        workspaceId: context.workspace.id,
        launchId,
        day,
        report,
        basis: report.restsOn!,
        madeBy: context.actor.name,
        madeAt: context.now(),
      })
      .onConflictDoNothing()
      .returning();
    if (!row)
      throw new Failure('conflict', {
        en: `The report of day ${day} is kept already, and stays as it is. Compare it to see what differs now.`,
        zh: `第 ${day} 天的报告已保留，不再改变。可与现在比较以查看差异。`,
      });
    const result = asSnapshot(row);
    return { id: row.id, before: null, after: result, result };
  });
};

type Due = { launch: string; day: SnapshotDay };

/** Days that are over and not kept, of launches that were written down before the day was over. */
const readDue = (context: Context, lastDay: string): Promise<Due[]> =>
  context.read(async (transaction) => {
    const days = sql.join(
      snapshotDays.map((day) => sql`(${day}::int)`),
      sql`, `,
    );
    const { rows } = await transaction.execute<Due>(sql`
      SELECT launch.key AS launch, due.day FROM launch CROSS JOIN (VALUES ${days}) AS due (day)
      WHERE launch.state = 'planned' AND launch.deleted_at IS NULL
        AND launch.market_date + due.day - 1 <= ${lastDay}::date AND launch.created_at < launch.market_date + due.day
        AND NOT EXISTS (SELECT FROM landing_snapshot kept WHERE kept.launch_id = launch.id AND kept.day = due.day)
      ORDER BY launch.key, due.day`);
    return rows;
  });

/** Keeps the reports whose day has come, by itself: what was said then must not depend on who opened a page. */
export const keepDueReports = async (context: Context): Promise<Due[]> => {
  const lastDay = await lastDayOf(context);
  const due = lastDay === null ? [] : await readDue(context, lastDay);
  const kept: Due[] = [];
  for (const { launch, day } of due)
    try {
      await keepReportOf(context, launch, day);
      kept.push({ launch, day });
    } catch (error) {
      // Somebody keeps it by hand at this moment, or the launch is gone: nothing is lost.
      if (!(error instanceof Failure)) throw error;
    }
  return kept;
};
