import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { DoorContext, Member } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { memberOperation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { members } from '../members/tables.ts';
import { hashPassword, passwordMatches } from '../sessions/password.ts';
import { endSessionsOf, giveCookie, startSession } from '../sessions/queries.ts';
import { forgiveTries, takeTry } from '../sessions/tries.ts';
import { passwordChange, profile, profileChanges, type Profile } from './schema.ts';

const readProfile = async (transaction: Transaction, id: string): Promise<Profile> => {
  const [row] = await transaction.select().from(members).where(eq(members.id, id));
  const { name, email, locale, passwordHash, oidcSubject } = row!;
  return { id, name, email, locale, hasPassword: passwordHash !== null, singleSignOn: oidcSubject !== null };
};

export const getProfile = memberOperation({
  summary: 'Read your own name, e-mail and language',
  method: 'GET',
  path: '/profile',
  input: z.object({}),
  output: profile,
  run: ({ application, member }) => application.records.unbounded((transaction) => readProfile(transaction, member.id)),
});

export const updateProfile = memberOperation({
  summary: 'Change your own name or language',
  method: 'PATCH',
  path: '/profile',
  input: profileChanges,
  output: profile,
  run: ({ application, member, requestId }, changes) =>
    application.records.unbounded(async (transaction) => {
      if (Object.values(changes).some((value) => value !== undefined))
        await transaction.update(members).set(changes).where(eq(members.id, member.id));
      application.log.info({ requestId, member: member.id, changed: Object.keys(changes) }, 'profile changed');
      return readProfile(transaction, member.id);
    }),
});

const checkCurrent = async (context: DoorContext & { member: Member }, current: string) => {
  const { records } = context.application;
  const who = { account: context.member.email, address: context.address };
  const taken = await records.unbounded((transaction) => takeTry(transaction, who, context.now()));
  const [row] = await records.unbounded((transaction) =>
    transaction.select({ hash: members.passwordHash }).from(members).where(eq(members.id, context.member.id)),
  );
  if (!(await passwordMatches(current, row?.hash)))
    throw new Failure('forbidden', { en: 'The current password is not right. Nothing was changed.', zh: '当前密码不正确。没有任何更改。' });
  return taken;
};

export const changePassword = memberOperation({
  summary: 'Change your own password; your other sessions end',
  method: 'POST',
  path: '/profile/password',
  browserOnly: true,
  input: passwordChange,
  output: z.object({}),
  run: async (context, input) => {
    const taken = await checkCurrent(context, input.current);
    const { id: memberId } = context.member;
    const passwordHash = await hashPassword(input.password);
    const session = await context.application.records.unbounded(async (transaction) => {
      await forgiveTries(transaction, taken);
      await transaction.update(members).set({ passwordHash }).where(eq(members.id, memberId));
      await endSessionsOf(transaction, memberId);
      return context.session.token ? startSession(transaction, { memberId, now: context.now() }) : undefined;
    });
    if (session) giveCookie(context, session);
    context.application.log.info({ requestId: context.requestId, member: memberId }, 'password changed');
    return {};
  },
});
