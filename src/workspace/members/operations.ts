import { randomBytes } from 'node:crypto';
import { and, eq, isNull, notExists, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { everyone, owners } from '../../platform/roles.ts';
import { beyondTheWall } from '../beyond-the-wall.ts';
import { keys } from '../keys/tables.ts';
import { hashPassword } from '../sessions/password.ts';
import { endSessionsOf } from '../sessions/queries.ts';
import { keepAnotherOwner, readMember, readMembers } from './queries.ts';
import { member, memberRole } from './schema.ts';
import { formerMembers, members, memberships } from './tables.ts';

const named = z.object({ member: z.uuid() });

export const listMembers = operation({
  summary: 'List the members of this workspace and their roles',
  method: 'GET',
  path: '/members',
  who: everyone,
  input: z.object({}),
  output: z.object({ members: z.array(member) }),
  run: async (context) => ({ members: await context.read(readMembers) }),
});

export const updateMember = operation({
  summary: 'Change the role of a member',
  method: 'PATCH',
  path: '/members/{member}',
  who: owners,
  input: named.extend({ role: memberRole }),
  output: member,
  run: (context, { member: id, role }) =>
    context.write('member', async (transaction) => {
      const before = await readMember(transaction, id);
      if (before.role === 'owner' && role !== 'owner') await keepAnotherOwner(transaction, id);
      await transaction.update(memberships).set({ role }).where(eq(memberships.memberId, id));
      const result = await readMember(transaction, id);
      return { id, before, after: result, result };
    }),
});

/** Ends a member's sessions; who has no other workspace left can no longer sign in at all. */
const shutOut = (transaction: Transaction, id: string, now: Date) =>
  beyondTheWall(transaction, async () => {
    await endSessionsOf(transaction, id);
    const isOpenElsewhere = transaction
      .select({ one: sql`1` })
      .from(memberships)
      .where(and(eq(memberships.memberId, id), isNull(memberships.disabledAt)));
    await transaction
      .update(members)
      .set({ disabledAt: now })
      .where(and(eq(members.id, id), isNull(members.disabledAt), notExists(isOpenElsewhere)));
  });

export const disableMember = operation({
  summary: 'Shut a member out of this workspace; their sessions and API keys stop at once',
  method: 'POST',
  path: '/members/{member}/disable',
  who: owners,
  input: named,
  output: member,
  run: (context, { member: id }) =>
    context.write('member', async (transaction) => {
      const before = await readMember(transaction, id);
      if (before.role === 'owner') await keepAnotherOwner(transaction, id);
      await transaction.update(memberships).set({ disabledAt: context.now() }).where(eq(memberships.memberId, id));
      await shutOut(transaction, id, context.now());
      const result = await readMember(transaction, id);
      return { id, before, after: result, result };
    }),
});

export const enableMember = operation({
  summary: 'Let a disabled member in again',
  method: 'POST',
  path: '/members/{member}/enable',
  who: owners,
  input: named,
  output: member,
  run: (context, { member: id }) =>
    context.write('member', async (transaction) => {
      const before = await readMember(transaction, id);
      await transaction.update(memberships).set({ disabledAt: null }).where(eq(memberships.memberId, id));
      await beyondTheWall(
        transaction,
        async () => void (await transaction.update(members).set({ disabledAt: null }).where(eq(members.id, id))),
      );
      const result = await readMember(transaction, id);
      return { id, before, after: result, result };
    }),
});

export const removeMember = operation({
  summary: 'Remove a member from this workspace; what they wrote stays',
  method: 'DELETE',
  path: '/members/{member}',
  who: owners,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, { member: id }) =>
    context.write('member', async (transaction) => {
      const before = await readMember(transaction, id);
      if (before.role === 'owner') await keepAnotherOwner(transaction, id);
      await transaction
        .update(keys)
        .set({ revokedAt: context.now() })
        .where(and(eq(keys.createdBy, id), eq(keys.kind, 'api'), isNull(keys.revokedAt)));
      await transaction.delete(memberships).where(eq(memberships.memberId, id));
      const former = { workspaceId: context.workspace.id, memberId: id, name: before.name, leftAt: context.now() };
      await transaction
        .insert(formerMembers)
        .values(former)
        .onConflictDoUpdate({ target: [formerMembers.workspaceId, formerMembers.memberId], set: former });
      await shutOut(transaction, id, context.now());
      return { id, before, after: null, result: { id } };
    }),
});

const only = (context: Context) => {
  if (context.actor.kind === 'local' && context.door === 'cli') return;
  throw new Failure('forbidden', {
    en: 'A password is reset only at the command line of the machine that Landfall runs on: landfall members reset-password.',
    zh: '只能在 Landfall 所在机器的命令行重置密码：landfall members reset-password。',
  });
};

export const resetPassword = operation({
  summary: 'Set a new password for a member who lost theirs; at the command line of this machine only',
  method: 'POST',
  path: '/members/{member}/reset-password',
  who: owners,
  input: z.object({ member: z.string().min(1).max(254).describe('E-mail or id of the member') }),
  output: z.object({ email: z.string(), password: z.string().describe('Shown once; the member changes it under Settings, Profile') }),
  run: async (context, { member: named }) => {
    only(context);
    const password = randomBytes(15).toString('base64url');
    const passwordHash = await hashPassword(password);
    return context.write('member', async (transaction) => {
      const all = await readMembers(transaction);
      const found = all.find(({ id, email }) => id === named || email.toLowerCase() === named.toLowerCase());
      if (!found)
        throw new Failure('not_found', {
          en: `There is no member ${named} in ${context.workspace.name}. List the members to see those there are.`,
          zh: `${context.workspace.name} 中没有成员 ${named}。请列出成员查看。`,
        });
      await beyondTheWall(transaction, async () => {
        await transaction.update(members).set({ passwordHash }).where(eq(members.id, found.id));
        await endSessionsOf(transaction, found.id);
      });
      return { id: found.id, before: found, after: { ...found, passwordReset: true }, result: { email: found.email, password } };
    });
  },
});
