import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { beyondTheWall } from '../beyond-the-wall.ts';
import type { WorkspaceMember } from './schema.ts';
import { formerMembers, members, memberships } from './tables.ts';

// Named one by one: the walled role may not read password hashes.
const fields = {
  id: members.id,
  name: members.name,
  email: members.email,
  role: memberships.role,
  joinedAt: memberships.createdAt,
  disabledAt: memberships.disabledAt,
};

const select = (transaction: Transaction) =>
  transaction.select(fields).from(memberships).innerJoin(members, eq(members.id, memberships.memberId));

const asMember = (row: Awaited<ReturnType<typeof select>>[number]): WorkspaceMember => ({
  ...row,
  joinedAt: row.joinedAt.toISOString(),
  disabledAt: row.disabledAt?.toISOString() ?? null,
});

/** The members of the workspace, by name. */
export const readMembers = async (transaction: Transaction): Promise<WorkspaceMember[]> =>
  (await select(transaction).orderBy(asc(members.name), asc(members.email))).map(asMember);

/** Who was removed, by the name they had then. Whoever came back is a member again, and is in the list of those too. */
export const readFormerMembers = (transaction: Transaction): Promise<{ id: string; name: string }[]> =>
  transaction.select({ id: formerMembers.memberId, name: formerMembers.name }).from(formerMembers);

export const readMember = async (transaction: Transaction, id: string): Promise<WorkspaceMember> => {
  const [row] = await select(transaction).where(eq(members.id, id));
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no such member in this workspace. List the members to see those there are.',
      zh: '此工作区中没有这位成员。请列出成员查看。',
    });
  return asMember(row);
};

/** Refuses when nobody but `id` could still act as an owner. The owners' rows are locked, so that two cannot leave at once. */
export const keepAnotherOwner = async (transaction: Transaction, id: string): Promise<void> => {
  const rows = await transaction
    .select({ id: memberships.memberId })
    .from(memberships)
    .where(and(eq(memberships.role, 'owner'), isNull(memberships.disabledAt)))
    .orderBy(asc(memberships.memberId))
    .for('update');
  if (rows.length > 0 && rows.every((row) => row.id === id))
    throw new Failure('conflict', {
      en: 'This is the last owner of the workspace. Make somebody else an owner first.',
      zh: '这是工作区最后一位所有者。请先让其他人成为所有者。',
    });
};

type Figure = Pick<typeof members.$inferInsert, 'name' | 'email'> &
  Pick<typeof memberships.$inferInsert, 'workspaceId' | 'role'> & { createdAt: Date };

/**
 * Somebody invented, to be named in a workspace: there like any member, but without a password, and shut out of signing in by whatever
 * door. Always a row of its own: the address must be one that nobody has.
 */
export const insertFigure = async (transaction: Transaction, { workspaceId, role, createdAt, ...fields }: Figure): Promise<string> => {
  const id = randomUUID();
  const row = { id, ...fields, createdAt, disabledAt: createdAt };
  await beyondTheWall(transaction, async () => void (await transaction.insert(members).values(row)));
  await transaction.insert(memberships).values({ workspaceId, memberId: id, role, createdAt });
  return id;
};
