import { and, asc, eq, inArray, isNotNull, isNull, lt, notExists, sql } from 'drizzle-orm';
import type { Application } from '../../platform/context.ts';
import type { Events } from '../../platform/events/store.ts';
import type { Records } from '../../platform/records/store.ts';
import { formerMembers, members, memberships } from '../members/tables.ts';
import { restorableMilliseconds } from './queries.ts';
import { workspaces } from './tables.ts';

/** Whoever restores at the last moment is done before this begins. */
const marginMilliseconds = 3_600_000;
const mostAtOnce = 5;

const tablesOf = async ({ client }: Events): Promise<string[]> => {
  const found = await client.query({
    query: `SELECT DISTINCT table FROM system.columns WHERE database = currentDatabase() AND name = 'workspace' AND type = 'UUID'
      AND table IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree') ORDER BY table`,
    format: 'JSONEachRow',
  });
  return (await found.json<{ table: string }>()).map(({ table }) => table);
};

/** Takes every row of a workspace out of the event store, of whatever table; once more does no harm. */
export const purgeEvents = async (events: Events, workspace: string): Promise<void> => {
  for (const table of await tablesOf(events))
    await events.client.command({
      query: `ALTER TABLE ${table} DELETE WHERE workspace = {workspace:UUID} SETTINGS mutations_sync = 2`,
      query_params: { workspace },
    });
};

/** Takes a workspace with all that hangs on it out of Postgres, and those who were invented for it and are in no other. */
const purgeRecords = (records: Records, id: string, before: Date): Promise<void> =>
  records.unbounded(async (transaction) => {
    const there = await transaction.select({ id: memberships.memberId }).from(memberships).where(eq(memberships.workspaceId, id));
    const left = await transaction.select({ id: formerMembers.memberId }).from(formerMembers).where(eq(formerMembers.workspaceId, id));
    await transaction.delete(workspaces).where(and(eq(workspaces.id, id), lt(workspaces.deletedAt, before)));
    const known = [...there, ...left].map((member) => member.id);
    if (known.length === 0) return;
    const elsewhere = transaction
      .select({ one: sql`1` })
      .from(memberships)
      .where(eq(memberships.memberId, members.id));
    const isInvented = and(isNull(members.passwordHash), isNull(members.oidcSubject), isNotNull(members.disabledAt));
    await transaction.delete(members).where(and(inArray(members.id, known), isInvented, notExists(elsewhere)));
  });

/**
 * Workspaces that can no longer be restored go for good, out of both stores. The row in Postgres goes last: whoever is killed before is
 * taken up again by it, from the start.
 */
export const purgeDeleted = async ({ records, events, log, now }: Application, signal?: AbortSignal): Promise<void> => {
  const before = new Date(now().getTime() - restorableMilliseconds - marginMilliseconds);
  const due = await records.unbounded((transaction) =>
    transaction
      .select({ id: workspaces.id })
      .from(workspaces)
      .where(lt(workspaces.deletedAt, before))
      .orderBy(asc(workspaces.deletedAt))
      .limit(mostAtOnce),
  );
  for (const { id } of due) {
    if (signal?.aborted) return;
    try {
      await purgeEvents(events, id);
      await purgeRecords(records, id, before);
      log.info({ workspace: id }, 'a workspace that was deleted over 30 days ago is gone for good');
    } catch (error) {
      log.warn({ err: error, workspace: id }, 'a deleted workspace waits to be taken away');
    }
  }
};
