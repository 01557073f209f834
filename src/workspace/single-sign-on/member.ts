import { and, eq, isNull, sql } from 'drizzle-orm';
import type { DoorContext } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { acceptInvitation, findInvitationsTo } from '../invitations/queries.ts';
import { members } from '../members/tables.ts';

/** What the provider vouches for. */
export type Proven = { issuer: string; subject: string; email?: string; verifiedEmail?: string; name: string };

const open = (disabledAt: Date | null): void => {
  if (disabledAt)
    throw new Failure('forbidden', {
      en: 'Your sign-in was switched off. Ask an owner of your workspace.',
      zh: '你的登录已被停用。请联系工作区的所有者。',
    });
};

const byIdentity = async (transaction: Transaction, { issuer, subject }: Proven) => {
  const [found] = await transaction
    .select({ id: members.id, disabledAt: members.disabledAt })
    .from(members)
    .where(and(eq(members.oidcIssuer, issuer), eq(members.oidcSubject, subject)));
  if (found) open(found.disabledAt);
  return found?.id;
};

/** A member of the same e-mail becomes this identity, once, and only if the provider has verified the e-mail. */
const link = async (transaction: Transaction, { issuer, subject, verifiedEmail }: Proven): Promise<string | undefined> => {
  if (!verifiedEmail) return undefined;
  const isSame = eq(sql`lower(${members.email})`, verifiedEmail.toLowerCase());
  const [found] = await transaction.select({ id: members.id, disabledAt: members.disabledAt }).from(members).where(isSame);
  if (!found) return undefined;
  open(found.disabledAt);
  const linked = await transaction
    .update(members)
    .set({ oidcIssuer: issuer, oidcSubject: subject })
    .where(and(eq(members.id, found.id), isNull(members.oidcIssuer)))
    .returning({ id: members.id });
  if (linked.length === 0)
    throw new Failure('forbidden', {
      en: `${verifiedEmail} already signs in here as somebody else at the provider. Ask an owner of your workspace.`,
      zh: `${verifiedEmail} 已在这里以身份提供方的另一个账户登录。请联系工作区的所有者。`,
    });
  return found.id;
};

const stranger = ({ email, verifiedEmail }: Proven) =>
  email && !verifiedEmail
    ? new Failure('forbidden', {
        en: `The sign-in provider has not verified ${email}, so it cannot be matched with a member. Sign in with your password, or ask your provider.`,
        zh: `身份提供方尚未验证 ${email}，无法与成员匹配。请用密码登录，或联系身份提供方。`,
      })
    : new Failure('forbidden', {
        en: `Nobody has invited ${email ?? 'you'} to this Landfall. Ask an owner for an invitation.`,
        zh: email ? `没有人邀请 ${email} 使用此 Landfall。请向所有者索取邀请。` : '没有人邀请你使用此 Landfall。请向所有者索取邀请。',
      });

/** The member that an identity is: issuer and subject decide; a verified e-mail links once, or takes up open invitations. */
export const memberOf = async (context: DoorContext, proven: Proven): Promise<string> => {
  const { records } = context.application;
  const known = await records.unbounded(
    async (transaction) => (await byIdentity(transaction, proven)) ?? (await link(transaction, proven)),
  );
  if (known) return known;
  const { verifiedEmail, issuer, subject, name } = proven;
  if (!verifiedEmail) throw stranger(proven);
  const found = await records.unbounded((transaction) => findInvitationsTo(transaction, verifiedEmail, context.now()));
  let id: string | undefined;
  for (const each of found) {
    const newcomer = { name, email: verifiedEmail, oidcIssuer: issuer, oidcSubject: subject };
    id = await acceptInvitation(context, { found: each, who: id ? { id, name } : newcomer });
  }
  if (!id) throw stranger(proven);
  return id;
};
