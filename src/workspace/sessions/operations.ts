import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context, DoorContext } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { publicOperation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { members } from '../members/tables.ts';
import { readWorkspacesOf } from '../workspaces/queries.ts';
import { hashPassword, isOutdated, passwordMatches } from './password.ts';
import { endSession, giveCookie, startSession } from './queries.ts';
import { currentSession, signIn } from './schema.ts';
import { forgiveTries, takeTry } from './tries.ts';

const where = (context: DoorContext & Partial<Context>) => ({
  role: context.actor?.role ?? null,
  workspace: context.workspace ?? null,
});

export const getSession = publicOperation({
  summary: 'Say who is signed in, and where',
  method: 'GET',
  path: '/session',
  input: z.object({}),
  output: currentSession,
  run: async (context) => {
    const { member } = context;
    const { records } = context.application;
    const all = member ? await records.unbounded((transaction) => readWorkspacesOf(transaction, member.id, context.now())) : [];
    const open = all.filter(({ deletedAt }) => deletedAt === null).map(({ id, name }) => ({ id, name }));
    return { member, ...where(context), workspaces: open };
  },
});

const checkPassword = async (context: DoorContext, given: z.output<typeof signIn>) => {
  const { records, log } = context.application;
  const who = { account: given.email, address: context.address };
  const taken = await records.unbounded((transaction) => takeTry(transaction, who, context.now()));
  const [found] = await records.unbounded((transaction) =>
    transaction
      .select({ id: members.id, hash: members.passwordHash, disabledAt: members.disabledAt })
      .from(members)
      .where(eq(sql`lower(${members.email})`, given.email.toLowerCase())),
  );
  const matches = await passwordMatches(given.password, found?.hash);
  if (!found || !matches) {
    log.info({ requestId: context.requestId, address: context.address }, 'sign-in refused');
    throw new Failure('unauthenticated', {
      en: 'E-mail and password do not match. Check both and try again.',
      zh: '邮箱与密码不匹配。请检查后重试。',
    });
  }
  if (found.disabledAt)
    throw new Failure('forbidden', {
      en: 'Your sign-in was switched off. Ask an owner of your workspace.',
      zh: '你的登录已被停用。请联系工作区的所有者。',
    });
  return { id: found.id, taken, hash: found.hash!, newHash: isOutdated(found.hash!) ? await hashPassword(given.password) : undefined };
};

/** A password changed while this sign-in was looking at the old one lets nobody in with the old one. */
const stillHolds = async (transaction: Transaction, id: string, hash: string) => {
  const same = and(eq(members.id, id), eq(members.passwordHash, hash), isNull(members.disabledAt));
  const rows = await transaction.select({ id: members.id }).from(members).where(same).for('update');
  if (rows.length === 0)
    throw new Failure('unauthenticated', {
      en: 'The password was changed just now. Sign in with the new one.',
      zh: '密码刚刚更改。请用新密码登录。',
    });
};

export const createSession = publicOperation({
  summary: 'Sign in with e-mail and password',
  method: 'POST',
  path: '/session',
  browserOnly: true,
  input: signIn,
  output: z.object({ member: z.uuid(), expiresAt: z.iso.datetime() }),
  run: async (context, input) => {
    const { id, taken, hash, newHash } = await checkPassword(context, input);
    const session = await context.application.records.unbounded(async (transaction) => {
      await stillHolds(transaction, id, hash);
      await forgiveTries(transaction, taken);
      if (newHash) await transaction.update(members).set({ passwordHash: newHash }).where(eq(members.id, id));
      return startSession(transaction, { memberId: id, now: context.now(), oldToken: context.session.token });
    });
    giveCookie(context, session);
    context.application.log.info({ requestId: context.requestId, member: id }, 'signed in');
    return { member: id, expiresAt: session.expiresAt.toISOString() };
  },
});

export const deleteSession = publicOperation({
  summary: 'Sign out',
  method: 'DELETE',
  path: '/session',
  browserOnly: true,
  input: z.object({}).default({}), // over REST a DELETE has no body
  output: z.object({}),
  run: async (context) => {
    const { token } = context.session;
    if (token) await context.application.records.unbounded((transaction) => endSession(transaction, token));
    context.session.clear();
    return {};
  },
});
