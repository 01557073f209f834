import { and, desc, eq, isNull, lt, or } from 'drizzle-orm';
import type { Actor, WorkspaceScope } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { type Role, roles } from '../../platform/roles.ts';
import { members, memberships } from '../members/tables.ts';
import { hashToken } from '../../platform/tokens.ts';
import { asScope } from '../workspaces/queries.ts';
import { workspaces } from '../workspaces/tables.ts';
import type { Key } from './schema.ts';
import { keys } from './tables.ts';

const fields = {
  id: keys.id,
  name: keys.name,
  kind: keys.kind,
  role: keys.role,
  mayWrite: keys.mayWrite,
  hint: keys.hint,
  createdBy: members.name,
  createdAt: keys.createdAt,
  lastUsedAt: keys.lastUsedAt,
  expiresAt: keys.expiresAt,
  revokedAt: keys.revokedAt,
};

const select = (transaction: Transaction) => transaction.select(fields).from(keys).leftJoin(members, eq(members.id, keys.createdBy));

const asKey = (row: Awaited<ReturnType<typeof select>>[number]): Key => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
});

/** The keys of the workspace, those that work first, the newest first. */
export const readKeys = async (transaction: Transaction): Promise<Key[]> => {
  const rows = await select(transaction).orderBy(desc(isNull(keys.revokedAt)), desc(keys.createdAt), desc(keys.id));
  return rows.map(asKey);
};

export const readKey = async (transaction: Transaction, id: string): Promise<Key> => {
  const [row] = await select(transaction).where(eq(keys.id, id));
  if (!row) throw new Failure('not_found', 'There is no such key in this workspace. List the keys to see those there are.');
  return asKey(row);
};

export const isAbove = (role: Role, other: Role): boolean => roles.indexOf(role) < roles.indexOf(other);

const refuse = (message: string) => new Failure('unauthenticated', message);
const minute = 60 * 1000;

/**
 * The API key that a bearer is, with what it may be now: never more than its maker is today, and nothing once its maker
 * was removed or disabled. Says why a key is refused; needs an unbounded transaction.
 */
export const findApiKey = async (
  transaction: Transaction,
  token: string,
  now: Date,
): Promise<{ workspace: WorkspaceScope; actor: Actor }> => {
  if (token.startsWith('lw_'))
    throw refuse('This is a write key: it can only send events. Use an API key (lf_...), made under Settings, Keys.');
  const [found] = await transaction
    .select({ key: keys, workspace: workspaces, maker: memberships.role, leftAt: memberships.disabledAt, disabledAt: members.disabledAt })
    .from(keys)
    .innerJoin(workspaces, and(eq(workspaces.id, keys.workspaceId), isNull(workspaces.deletedAt)))
    .leftJoin(memberships, and(eq(memberships.workspaceId, keys.workspaceId), eq(memberships.memberId, keys.createdBy)))
    .leftJoin(members, eq(members.id, keys.createdBy))
    .where(and(eq(keys.tokenHash, hashToken(token)), eq(keys.kind, 'api')));
  if (!found) throw refuse('This key is not known here. Check that all of it was copied, or make one under Settings, Keys.');
  const { key, workspace, maker } = found;
  if (key.revokedAt) throw refuse(`The key "${key.name}" was revoked. Make a new one under Settings, Keys.`);
  if (key.expiresAt && key.expiresAt <= now) throw refuse(`The key "${key.name}" has expired. Make a new one under Settings, Keys.`);
  if (key.createdBy && (!maker || found.leftAt || found.disabledAt))
    throw refuse(`The member who made the key "${key.name}" is no longer in ${workspace.name}. Make a new one under Settings, Keys.`);
  await transaction
    .update(keys)
    .set({ lastUsedAt: now })
    .where(and(eq(keys.id, key.id), or(isNull(keys.lastUsedAt), lt(keys.lastUsedAt, new Date(now.getTime() - minute)))));
  const role = maker && isAbove(key.role, maker) ? maker : key.role;
  return { workspace: asScope(workspace), actor: { kind: 'key', id: key.id, name: key.name, role, mayWrite: key.mayWrite } };
};
