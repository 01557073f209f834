import { and, eq, isNull, notExists, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context, DoorContext } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation, publicOperation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { owners } from '../../platform/roles.ts';
import { beyondTheWall } from '../beyond-the-wall.ts';
import { members, memberships } from '../members/tables.ts';
import { hashPassword } from '../sessions/password.ts';
import { giveCookie, startSession } from '../sessions/queries.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { acceptInvitation, findInvitation, isMember, readOpenInvitations } from './queries.ts';
import { invitation, invitationFields, invitationToken, newcomer, openedInvitation } from './schema.ts';
import { invitations } from './tables.ts';

const lifeMilliseconds = 7 * 24 * 60 * 60 * 1000;

export const listInvitations = operation({
  summary: 'List the invitations that were not accepted yet',
  method: 'GET',
  path: '/invitations',
  who: owners,
  input: z.object({}),
  output: z.object({ invitations: z.array(invitation) }),
  run: async (context) => ({ invitations: await context.read((transaction) => readOpenInvitations(transaction, context.now())) }),
});

const revokeEarlier = (transaction: Transaction, email: string, now: Date) =>
  transaction
    .update(invitations)
    .set({ revokedAt: now })
    .where(and(eq(sql`lower(${invitations.email})`, email.toLowerCase()), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)));

/** Whoever was removed from their last workspace may sign in again once an owner invites them. */
const welcomeBack = (transaction: Transaction, email: string) =>
  beyondTheWall(transaction, async () => {
    const belongs = transaction
      .select({ one: sql`1` })
      .from(memberships)
      .where(eq(memberships.memberId, members.id));
    await transaction
      .update(members)
      .set({ disabledAt: null })
      .where(and(eq(sql`lower(${members.email})`, email.toLowerCase()), notExists(belongs)));
  });

const invite = async (context: Context, transaction: Transaction, input: z.output<typeof invitationFields>, token: string) => {
  const now = context.now();
  if (await isMember(transaction, input.email))
    throw new Failure('conflict', {
      en: `${input.email} already belongs to ${context.workspace.name}. Change the role instead.`,
      zh: `${input.email} 已属于 ${context.workspace.name}。请改为更改其角色。`,
    });
  await revokeEarlier(transaction, input.email, now);
  await welcomeBack(transaction, input.email);
  const [row] = await transaction
    .insert(invitations)
    .values({
      ...input,
      workspaceId: context.workspace.id,
      tokenHash: hashToken(token),
      invitedBy: context.actor.kind === 'member' ? context.actor.id : null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + lifeMilliseconds),
    })
    .returning({ id: invitations.id });
  return (await readOpenInvitations(transaction, now)).find(({ id }) => id === row!.id)!;
};

export const createInvitation = operation({
  summary: 'Invite somebody; the link is shown once and lasts 7 days',
  method: 'POST',
  path: '/invitations',
  who: owners,
  input: invitationFields,
  output: z.object({ invitation, link: z.url().describe('Send it to them; it is not stored and not shown again') }),
  run: async (context, input) => {
    if (context.actor.kind === 'key')
      throw new Failure('forbidden', {
        en: 'A key may not invite: whoever stole it could stay. Sign in and invite from Settings, Members.',
        zh: '密钥不能邀请成员：否则窃取它的人可以留下来。请登录后在“设置 → 成员”中邀请。',
      });
    const token = newToken();
    const made = await context.write('invitation', async (transaction) => {
      const result = await invite(context, transaction, input, token);
      return { id: result.id, before: null, after: result, result };
    });
    return { invitation: made, link: `${context.publicUrl}/invitations/${token}` };
  },
});

export const revokeInvitation = operation({
  summary: 'Revoke an invitation; its link stops working',
  method: 'DELETE',
  path: '/invitations/{invitation}',
  who: owners,
  input: z.object({ invitation: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  run: (context, { invitation: id }) =>
    context.write('invitation', async (transaction) => {
      const before = (await readOpenInvitations(transaction, context.now())).find((each) => each.id === id);
      if (!before)
        throw new Failure('not_found', {
          en: 'There is no open invitation with that id. List the invitations to see those there are.',
          zh: '没有此 ID 的待接受邀请。请列出邀请查看。',
        });
      await transaction.update(invitations).set({ revokedAt: context.now() }).where(eq(invitations.id, id));
      return { id, before, after: null, result: { id } };
    }),
});

const accountOf = async (transaction: Transaction, email: string) =>
  (
    await transaction
      .select({ id: members.id })
      .from(members)
      .where(eq(sql`lower(${members.email})`, email.toLowerCase()))
  )[0];

export const openInvitation = publicOperation({
  summary: 'Read the invitation behind a link',
  method: 'POST',
  path: '/invitations/open',
  reads: true,
  browserOnly: true,
  input: z.object({ token: invitationToken }),
  output: openedInvitation,
  run: ({ application, now }, { token }) =>
    application.records.unbounded(async (transaction) => {
      const found = await findInvitation(transaction, token, now());
      return {
        workspace: found.workspace.name,
        invitedBy: found.invitedBy,
        email: found.invitation.email,
        role: found.invitation.role,
        expiresAt: found.invitation.expiresAt.toISOString(),
        hasAccount: (await accountOf(transaction, found.invitation.email)) !== undefined,
        singleSignOn: application.config.LANDFALL_OIDC_ISSUER !== undefined,
      };
    }),
});

/** The signed-in member, or a new one; refused where the invitation is for somebody else. */
const accepting = async (context: DoorContext, email: string, input: z.output<typeof newcomer>) => {
  const { member } = context;
  if (member && member.email.toLowerCase() !== email.toLowerCase())
    throw new Failure('forbidden', {
      en: `This invitation is for ${email}, and you are signed in as ${member.email}. Sign out, then open the link again.`,
      zh: `此邀请发给 ${email}，而你以 ${member.email} 登录。请先退出，再打开链接。`,
    });
  if (member) return member;
  if (await context.application.records.unbounded((transaction) => accountOf(transaction, email)))
    throw new Failure('unauthenticated', {
      en: `${email} already has an account here. Sign in, then open the link again.`,
      zh: `${email} 在这里已有账户。请先登录，再打开链接。`,
    });
  if (!input.name || !input.password)
    throw new Failure('invalid', { en: 'Give your name and a password to make your account.', zh: '请填写姓名和密码以创建账户。' });
  return { name: input.name, email, locale: input.locale, passwordHash: await hashPassword(input.password) };
};

export const acceptOwnInvitation = publicOperation({
  summary: 'Accept an invitation, with the account you have or a new one',
  method: 'POST',
  path: '/invitations/accept',
  browserOnly: true,
  input: newcomer,
  output: z.object({ workspace: z.uuid(), member: z.uuid() }),
  run: async (context, input) => {
    const { records } = context.application;
    const found = await records.unbounded((transaction) => findInvitation(transaction, input.token, context.now()));
    const who = await accepting(context, found.invitation.email, input);
    const id = await acceptInvitation(context, { found, who });
    if (!context.member) {
      const session = await records.unbounded((transaction) =>
        startSession(transaction, { memberId: id, now: context.now(), oldToken: context.session.token }),
      );
      giveCookie(context, session);
    }
    return { workspace: found.workspace.id, member: id };
  },
});
