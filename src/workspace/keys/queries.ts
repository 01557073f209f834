import { and, desc, eq, isNull, lt, or } from 'drizzle-orm';
import type { Actor, WorkspaceScope } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Said } from '../../platform/language.ts';
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
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no such key in this workspace. List the keys to see those there are.',
      zh: '此工作区中没有这个密钥。请列出密钥查看。',
    });
  return asKey(row);
};

export const isAbove = (role: Role, other: Role): boolean => roles.indexOf(role) < roles.indexOf(other);

const refuse = (said: Said) => new Failure('unauthenticated', said);
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
    throw refuse({
      en: 'This is a write key: it can only send events. Use an API key (lf_...), made under Settings, Keys.',
      zh: '这是写入密钥，只能发送事件。请使用在“设置 → 密钥”中创建的 API 密钥（lf_...）。',
    });
  const [found] = await transaction
    .select({ key: keys, workspace: workspaces, maker: memberships.role, leftAt: memberships.disabledAt, disabledAt: members.disabledAt })
    .from(keys)
    .innerJoin(workspaces, and(eq(workspaces.id, keys.workspaceId), isNull(workspaces.deletedAt)))
    .leftJoin(memberships, and(eq(memberships.workspaceId, keys.workspaceId), eq(memberships.memberId, keys.createdBy)))
    .leftJoin(members, eq(members.id, keys.createdBy))
    .where(and(eq(keys.tokenHash, hashToken(token)), eq(keys.kind, 'api')));
  if (!found)
    throw refuse({
      en: 'This key is not known here. Check that all of it was copied, or make one under Settings, Keys.',
      zh: '这里没有此密钥。请检查是否复制完整，或在“设置 → 密钥”中创建。',
    });
  const { key, workspace, maker } = found;
  if (key.revokedAt)
    throw refuse({
      en: `The key "${key.name}" was revoked. Make a new one under Settings, Keys.`,
      zh: `密钥“${key.name}”已被撤销。请在“设置 → 密钥”中创建新密钥。`,
    });
  if (key.expiresAt && key.expiresAt <= now)
    throw refuse({
      en: `The key "${key.name}" has expired. Make a new one under Settings, Keys.`,
      zh: `密钥“${key.name}”已过期。请在“设置 → 密钥”中创建新密钥。`,
    });
  if (key.createdBy && (!maker || found.leftAt || found.disabledAt))
    throw refuse({
      en: `The member who made the key "${key.name}" is no longer in ${workspace.name}. Make a new one under Settings, Keys.`,
      zh: `创建密钥“${key.name}”的成员已不在 ${workspace.name} 中。请在“设置 → 密钥”中创建新密钥。`,
    });
  await transaction
    .update(keys)
    .set({ lastUsedAt: now })
    .where(and(eq(keys.id, key.id), or(isNull(keys.lastUsedAt), lt(keys.lastUsedAt, new Date(now.getTime() - minute)))));
  const role = maker && isAbove(key.role, maker) ? maker : key.role;
  return { workspace: asScope(workspace), actor: { kind: 'key', id: key.id, name: key.name, role, mayWrite: key.mayWrite } };
};
