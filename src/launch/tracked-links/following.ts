import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Application } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { workspaces } from '../../workspace/workspaces/tables.ts';
import { isLookedAt } from '../changelogs/counting.ts';
import { programs } from '../programs/tables.ts';
import { countClick } from './counting.ts';
import { leadsTo } from './queries.ts';
import { linkCode } from './schema.ts';
import { trackedLinks } from './tables.ts';

/** `follows` is false where only the head is asked for: that looks at nothing. Nothing of the visitor is kept. */
export type Following = { code: string; userAgent: string; purpose: string; follows: boolean };

const nowhere = '00000000-0000-0000-0000-000000000000';

/** Where a code leads, counted; null for one that leads nowhere. */
export const followLink = async (application: Application, { code: given, ...visit }: Following): Promise<string | null> => {
  const code = linkCode.safeParse(given);
  if (!code.success) return null;
  const { records } = application;
  const workspaceId = await records.within(nowhere, async (transaction) => {
    const { rows } = await transaction.execute<{ id: string | null }>(sql`SELECT tracked_link_workspace(${code.data}) AS id`);
    return rows[0]?.id;
  });
  if (!workspaceId) return null;
  const [found] = await records.within(workspaceId, (transaction) =>
    transaction
      .select({ link: trackedLinks, timeZone: workspaces.timeZone })
      .from(trackedLinks)
      .innerJoin(workspaces, eq(workspaces.id, trackedLinks.workspaceId))
      .innerJoin(programs, and(eq(programs.id, trackedLinks.programId), isNull(programs.deletedAt)))
      .where(and(eq(trackedLinks.code, code.data), isNull(trackedLinks.deletedAt))),
  );
  if (!found) return null;
  if (visit.follows && isLookedAt(visit))
    countClick(application, { workspaceId, linkId: found.link.id, day: dayIn(application.now(), found.timeZone) });
  return leadsTo(found.link);
};
