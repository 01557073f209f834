import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { WorkspaceScope } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Records, Transaction } from '../../platform/records/store.ts';
import { memberships } from '../members/tables.ts';
import type { OwnWorkspace, Workspace } from './schema.ts';
import { workspaces } from './tables.ts';

export const restorableMilliseconds = 30 * 24 * 60 * 60 * 1000;

type Row = typeof workspaces.$inferSelect;

export const asWorkspace = (row: Row): Workspace => ({
  id: row.id,
  name: row.name,
  timeZone: row.timeZone,
  currency: row.currency,
  isExample: row.isExample,
  createdAt: row.createdAt.toISOString(),
});

export const asScope = ({ id, name, timeZone, currency, isExample }: Row): WorkspaceScope => ({ id, name, timeZone, currency, isExample });

/** Adds a workspace, walled in or not; the caller names its id, and audits it. */
export const insertWorkspace = async (
  transaction: Transaction,
  fields: Pick<Row, 'id' | 'name' | 'timeZone' | 'currency'> & Partial<Pick<Row, 'isExample' | 'createdAt'>>,
): Promise<Workspace> => {
  const [row] = await transaction.insert(workspaces).values(fields).returning();
  return asWorkspace(row!);
};

export const insertMembership = async (
  transaction: Transaction,
  fields: Pick<typeof memberships.$inferInsert, 'workspaceId' | 'memberId' | 'role' | 'createdAt'>,
): Promise<void> => void (await transaction.insert(memberships).values(fields));

/** The workspace that the transaction is walled in. */
export const readWorkspace = async (transaction: Transaction, id: string): Promise<Workspace> => {
  const [row] = await transaction.select().from(workspaces).where(eq(workspaces.id, id));
  if (!row) throw new Failure('not_found', { en: 'There is no such workspace.', zh: '没有这个工作区。' });
  return asWorkspace(row);
};

/** Where a member may enter, with those that can still be restored; needs an unbounded transaction. */
export const readWorkspacesOf = async (transaction: Transaction, memberId: string, now: Date): Promise<OwnWorkspace[]> => {
  const rows = await transaction
    .select({ workspace: workspaces, role: memberships.role })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(
      and(
        eq(memberships.memberId, memberId),
        isNull(memberships.disabledAt),
        or(isNull(workspaces.deletedAt), gt(workspaces.deletedAt, new Date(now.getTime() - restorableMilliseconds))),
      ),
    )
    .orderBy(memberships.createdAt, workspaces.name);
  return rows.map(({ workspace, role }) => ({
    ...asWorkspace(workspace),
    role,
    deletedAt: workspace.deletedAt?.toISOString() ?? null,
  }));
};

/** Workspaces whose time zone is another one than that in which the days of their events were counted. */
export const readZonesToCount = (records: Records): Promise<{ id: string; timeZone: string }[]> =>
  records.unbounded((transaction) =>
    transaction
      .select({ id: workspaces.id, timeZone: workspaces.timeZone })
      .from(workspaces)
      .where(sql`${workspaces.daysIn} IS DISTINCT FROM ${workspaces.timeZone}`),
  );

export const noteZoneCounted = (records: Records, id: string, timeZone: string): Promise<unknown> =>
  records.unbounded((transaction) => transaction.update(workspaces).set({ daysIn: timeZone }).where(eq(workspaces.id, id)));
