import { randomUUID } from 'node:crypto';
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { writeWithAudit } from '../../platform/audit.ts';
import type { Actor, DoorContext, WorkspaceScope } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Said } from '../../platform/language.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import { beyondTheWall } from '../beyond-the-wall.ts';
import { members, memberships } from '../members/tables.ts';
import { hashToken } from '../../platform/tokens.ts';
import { asScope, insertMembership } from '../workspaces/queries.ts';
import { workspaces } from '../workspaces/tables.ts';
import type { Invitation } from './schema.ts';
import { invitations } from './tables.ts';

export type InvitationRow = typeof invitations.$inferSelect;

const isOpen = (now: Date) => and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, now));

const asInvitation = (row: InvitationRow, invitedBy: string | null): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});

/** Invitations that can still be accepted, the newest first. */
export const readOpenInvitations = async (transaction: Transaction, now: Date): Promise<Invitation[]> => {
  const rows = await transaction
    .select({ invitation: invitations, invitedBy: members.name })
    .from(invitations)
    .leftJoin(members, eq(members.id, invitations.invitedBy))
    .where(isOpen(now))
    .orderBy(desc(invitations.createdAt), desc(invitations.id));
  return rows.map(({ invitation, invitedBy }) => asInvitation(invitation, invitedBy));
};

export type FoundInvitation = { invitation: InvitationRow; workspace: WorkspaceScope; invitedBy: string | null };

const select = (transaction: Transaction) =>
  transaction
    .select({ invitation: invitations, workspace: workspaces, invitedBy: members.name })
    .from(invitations)
    .innerJoin(workspaces, and(eq(workspaces.id, invitations.workspaceId), isNull(workspaces.deletedAt)))
    .leftJoin(members, eq(members.id, invitations.invitedBy));

/** The invitation behind a link; says why it no longer counts. Needs an unbounded transaction. */
export const findInvitation = async (transaction: Transaction, token: string, now: Date): Promise<FoundInvitation> => {
  const [found] = await select(transaction).where(eq(invitations.tokenHash, hashToken(token)));
  const gone = ({ en, zh }: Said) =>
    new Failure('not_found', { en: `This invitation ${en}. Ask whoever sent it for a new one.`, zh: `${zh}。请向发送者索取新邀请。` });
  if (!found) throw gone({ en: 'is not known here; check that the whole link was copied', zh: '这里没有此邀请；请检查链接是否复制完整' });
  const { acceptedAt, revokedAt, expiresAt } = found.invitation;
  if (acceptedAt)
    throw new Failure('not_found', { en: 'This invitation was already accepted. Sign in instead.', zh: '此邀请已被接受。请直接登录。' });
  if (revokedAt) throw gone({ en: 'was revoked', zh: '此邀请已被撤销' });
  if (expiresAt <= now) throw gone({ en: 'has expired; links last 7 days', zh: '此邀请已过期；链接有效期为 7 天' });
  return { ...found, workspace: asScope(found.workspace) };
};

/** Open invitations to an address that its holder proved; needs an unbounded transaction. */
export const findInvitationsTo = async (transaction: Transaction, email: string, now: Date): Promise<FoundInvitation[]> => {
  const rows = await select(transaction).where(and(eq(sql`lower(${invitations.email})`, email.toLowerCase()), isOpen(now)));
  return rows.map((row) => ({ ...row, workspace: asScope(row.workspace) }));
};

export type Newcomer = Pick<typeof members.$inferInsert, 'name' | 'email' | 'passwordHash' | 'oidcIssuer' | 'oidcSubject' | 'locale'>;
type Accepting = { found: FoundInvitation; who: { id: string; name: string } | Newcomer };

const joined = (workspace: WorkspaceScope) => (error: unknown) => {
  if (isUniqueViolation(error))
    throw new Failure('conflict', {
      en: `You already belong to ${workspace.name}. Sign in to enter it.`,
      zh: `你已属于 ${workspace.name}。请登录后进入。`,
    });
  throw error;
};

/** Brings somebody into the workspace, with a new account unless they have one; gives the member's id. */
export const acceptInvitation = async (context: DoorContext, { found, who }: Accepting): Promise<string> => {
  const { invitation, workspace } = found;
  const now = context.now();
  const isNew = !('id' in who);
  const id = isNew ? randomUUID() : who.id;
  const actor: Actor = { kind: 'member', id, name: who.name, role: invitation.role, mayWrite: true };
  const author = { actor, workspace, door: context.door, requestId: context.requestId, now: context.now };
  return writeWithAudit(context.application.records, author, 'invitations.accept', 'invitation', async (transaction) => {
    const taken = await transaction
      .update(invitations)
      .set({ acceptedAt: now })
      .where(and(eq(invitations.id, invitation.id), isOpen(now)))
      .returning({ id: invitations.id });
    if (taken.length === 0)
      throw new Failure('not_found', {
        en: 'This invitation was accepted or revoked just now. Sign in, or ask for a new one.',
        zh: '此邀请刚刚被接受或撤销。请登录，或索取新邀请。',
      });
    if (isNew)
      await beyondTheWall(transaction, async () => void (await transaction.insert(members).values({ id, ...who, createdAt: now })));
    await insertMembership(transaction, { workspaceId: workspace.id, memberId: id, role: invitation.role, createdAt: now });
    const after = { member: id, name: who.name, email: invitation.email, role: invitation.role };
    return { id: invitation.id, before: null, after, result: id };
  }).catch(joined(workspace));
};

export const isMember = async (transaction: Transaction, email: string): Promise<boolean> => {
  const rows = await transaction
    .select({ id: memberships.memberId })
    .from(memberships)
    .innerJoin(members, eq(members.id, memberships.memberId))
    .where(eq(sql`lower(${members.email})`, email.toLowerCase()));
  return rows.length > 0;
};
