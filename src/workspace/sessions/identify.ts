import { userInfo } from 'node:os';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Actor, Application, Member, WorkspaceScope } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { findApiKey } from '../keys/queries.ts';
import { members, memberships } from '../members/tables.ts';
import { asScope } from '../workspaces/queries.ts';
import { workspaces } from '../workspaces/tables.ts';
import { findSessionMember } from './queries.ts';
import { sameSecret } from '../../platform/tokens.ts';

/** What a request carries. */
export type Credentials = {
  cookieToken?: string;
  bearer?: string;
  /** Id of the workspace that the caller wants to enter; the command line may give its name. */
  workspace?: string;
  /** The secret of this machine's command line, to compare the bearer with. */
  localSecret?: string;
};

/** Who it is, and what they may be in the workspace that they asked for; nulls where nothing was found. */
export type Identity = { member: Member | null; workspace: WorkspaceScope | null; actor: Actor | null };

const nobody: Identity = { member: null, workspace: null, actor: null };

const isWanted = (workspace: WorkspaceScope, wanted: string | undefined) =>
  !wanted || workspace.id === wanted || workspace.name.toLowerCase() === wanted.toLowerCase();

const byKey = async (transaction: Transaction, bearer: string, wanted: string | undefined, now: Date): Promise<Identity> => {
  const { workspace, actor } = await findApiKey(transaction, bearer, now);
  if (!isWanted(workspace, wanted))
    throw new Failure('not_found', {
      en: 'This key belongs to another workspace. Leave the workspace out, or use its own key.',
      zh: '此密钥属于另一个工作区。请不要指明工作区，或使用该工作区自己的密钥。',
    });
  return { member: null, workspace, actor };
};

const bySession = async (transaction: Transaction, token: string, wanted: string | undefined, now: Date): Promise<Identity> => {
  const member = await findSessionMember(transaction, token, now);
  if (!member) return nobody;
  const rows = await transaction
    .select({ workspace: workspaces, role: memberships.role })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(and(eq(memberships.memberId, member.id), isNull(memberships.disabledAt), isNull(workspaces.deletedAt)))
    .orderBy(asc(memberships.createdAt), asc(workspaces.name));
  const found = rows.find(({ workspace }) => isWanted(workspace, wanted));
  if (!found) return { ...nobody, member };
  const actor: Actor = { kind: 'member', id: member.id, name: member.name, role: found.role, mayWrite: true };
  return { member, workspace: asScope(found.workspace), actor };
};

/** Whoever can read the secret's file runs this Landfall: the command line acts as an owner, in the oldest workspace unless it names one. */
const byLocalSecret = async (transaction: Transaction, wanted: string | undefined): Promise<Identity> => {
  const all = await transaction
    .select()
    .from(workspaces)
    .where(isNull(workspaces.deletedAt))
    .orderBy(asc(workspaces.createdAt), asc(workspaces.name));
  const found = all.find((workspace) => isWanted(workspace, wanted));
  if (!found && wanted)
    throw new Failure('not_found', {
      en: `There is no workspace "${wanted}". List the workspaces to see those there are.`,
      zh: `没有工作区“${wanted}”。请列出工作区查看。`,
    });
  const [owner] = await transaction
    .select({ id: members.id, email: members.email, name: members.name, locale: members.locale })
    .from(members)
    .innerJoin(memberships, eq(memberships.memberId, members.id))
    .where(and(eq(memberships.role, 'owner'), isNull(members.disabledAt), found && eq(memberships.workspaceId, found.id)))
    .orderBy(asc(memberships.createdAt))
    .limit(1);
  const actor: Actor = { kind: 'local', id: 'local', name: `${userInfo().username} at the command line`, role: 'owner', mayWrite: true };
  return { member: owner ?? null, workspace: found ? asScope(found) : null, actor: found ? actor : null };
};

/**
 * Turns what a request carries into who it is. A bearer counts before a cookie, and a wrong one is refused; a session
 * that has ended is nobody. A store that does not answer is `unavailable`: it must never look like a wrong key.
 */
export const identify = async (application: Application, credentials: Credentials): Promise<Identity> => {
  const { cookieToken, bearer, workspace, localSecret } = credentials;
  if (!bearer && !cookieToken) return nobody;
  const now = application.now();
  try {
    return await application.records.unbounded((transaction) => {
      if (bearer && localSecret && sameSecret(bearer, localSecret)) return byLocalSecret(transaction, workspace);
      if (bearer) return byKey(transaction, bearer, workspace, now);
      return bySession(transaction, cookieToken!, workspace, now);
    });
  } catch (error) {
    if (error instanceof Failure) throw error;
    application.log.error({ err: error }, 'could not find out who calls');
    throw new Failure('unavailable', {
      en: 'The records store (Postgres) does not answer, so nobody can be let in. Try again in a moment.',
      zh: '记录存储（Postgres）没有响应，暂时无法登录。请稍后重试。',
    });
  }
};
