import { randomUUID } from 'node:crypto';
import { count, notExists, sql } from 'drizzle-orm';
import { z } from 'zod';
import { writeWithAudit } from '../../platform/audit.ts';
import type { Actor, DoorContext } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { publicOperation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { beyondTheWall } from '../beyond-the-wall.ts';
import { members, memberships } from '../members/tables.ts';
import { hashPassword } from '../sessions/password.ts';
import { giveCookie, startSession } from '../sessions/queries.ts';
import { insertMembership, insertWorkspace } from '../workspaces/queries.ts';
import { workspaces } from '../workspaces/tables.ts';
import { firstVisit, welcome } from './schema.ts';

const hasMembers = async (transaction: Transaction) => (await transaction.select({ number: count() }).from(members))[0]!.number > 0;

export const getWelcome = publicOperation({
  summary: 'Say whether this Landfall has an owner yet',
  method: 'GET',
  path: '/welcome',
  input: z.object({}),
  output: welcome,
  run: async ({ application }) =>
    application.records.unbounded(async (transaction) => ({
      hasOwner: await hasMembers(transaction),
      singleSignOn: application.config.LANDFALL_OIDC_ISSUER !== undefined,
      hasExample:
        (
          await transaction
            .select()
            .from(workspaces)
            .where(sql`${workspaces.isExample} AND ${workspaces.deletedAt} IS NULL`)
        ).length > 0,
    })),
});

const firstVisitLock = 4_380_002;
const taken = () =>
  new Failure('conflict', {
    en: 'This Landfall already has an owner. Sign in, or ask an owner for an invitation.',
    zh: '此 Landfall 已有所有者。请登录，或向所有者索取邀请。',
  });

/** Workspaces that were there before anybody signed in (the example company) get the first owner too. */
const adoptOrphans = async (transaction: Transaction, memberId: string, now: Date) => {
  const orphans = await transaction
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(
      notExists(
        transaction
          .select({ one: sql`1` })
          .from(memberships)
          .where(sql`${memberships.workspaceId} = ${workspaces.id}`),
      ),
    );
  // A second later, so that the owner's own workspace is the one that opens first.
  const createdAt = new Date(now.getTime() + 1000);
  for (const { id } of orphans) await insertMembership(transaction, { workspaceId: id, memberId, role: 'owner', createdAt });
};

const createOwner = async (context: DoorContext, input: z.output<typeof firstVisit>, passwordHash: string) => {
  const now = context.now();
  const { name, email, locale } = input;
  const member = { id: randomUUID(), name, email, locale, passwordHash, createdAt: now };
  const workspace = { id: randomUUID(), ...input.workspace, isExample: false };
  const actor: Actor = { kind: 'member', id: member.id, name, role: 'owner', mayWrite: true };
  const author = { actor, workspace, door: context.door, requestId: context.requestId, now: context.now };
  return writeWithAudit(context.application.records, author, 'welcome.create', 'workspace', async (transaction) => {
    const session = await beyondTheWall(transaction, async () => {
      await transaction.execute(sql`SELECT pg_advisory_xact_lock(${firstVisitLock})`);
      if (await hasMembers(transaction)) throw taken();
      await transaction.insert(members).values(member);
      await adoptOrphans(transaction, member.id, now);
      return startSession(transaction, { memberId: member.id, now, oldToken: context.session.token });
    });
    const after = await insertWorkspace(transaction, { ...workspace, createdAt: now });
    await insertMembership(transaction, { workspaceId: workspace.id, memberId: member.id, role: 'owner', createdAt: now });
    return { id: workspace.id, before: null, after, result: { session, member: member.id, workspace: workspace.id } };
  });
};

export const createWelcome = publicOperation({
  summary: 'Become the first owner, with a first workspace; only while nobody is',
  method: 'POST',
  path: '/welcome',
  browserOnly: true,
  input: firstVisit,
  output: z.object({ member: z.uuid(), workspace: z.uuid() }),
  run: async (context, input) => {
    // Asked before the password is hashed, so that nobody can make a running Landfall hash for nothing.
    if (await context.application.records.unbounded(hasMembers)) throw taken();
    const { session, ...result } = await createOwner(context, input, await hashPassword(input.password));
    giveCookie(context, session);
    context.application.log.info({ requestId: context.requestId, ...result }, 'the first owner has come');
    return result;
  },
});
