import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { writeWithAudit } from '../../platform/audit.ts';
import type { Actor, Context, DoorContext, Member } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { memberOperation, operation } from '../../platform/operation.ts';
import { everyone, owners } from '../../platform/roles.ts';
import { asWorkspace, insertMembership, insertWorkspace, readWorkspace, readWorkspacesOf } from './queries.ts';
import { ownWorkspace, workspace, workspaceFields } from './schema.ts';
import { workspaces } from './tables.ts';

export const listWorkspaces = memberOperation({
  summary: 'List the workspaces that you belong to',
  method: 'GET',
  path: '/workspaces',
  input: z.object({}),
  output: z.object({ workspaces: z.array(ownWorkspace) }),
  run: async ({ application, member, now }) => ({
    workspaces: await application.records.unbounded((transaction) => readWorkspacesOf(transaction, member.id, now())),
  }),
});

type MemberContext = DoorContext & { member: Member } & Partial<Pick<Context, 'actor'>>;

/** Who to name in the audit trail of a workspace that the caller has not entered. */
const authorIn = ({ actor, member, door, requestId, now }: MemberContext, scope: Context['workspace']) => {
  const asMember: Actor = { kind: 'member', id: member.id, name: member.name, role: 'owner', mayWrite: true };
  return { actor: actor?.kind === 'local' ? actor : asMember, workspace: scope, door, requestId, now };
};

export const createWorkspace = memberOperation({
  summary: 'Create a workspace, of which you are the owner',
  method: 'POST',
  path: '/workspaces',
  input: workspaceFields,
  output: workspace,
  run: (context, input) => {
    const scope = { id: randomUUID(), ...input, isExample: false };
    const createdAt = context.now();
    return writeWithAudit(context.application.records, authorIn(context, scope), 'workspaces.create', 'workspace', async (transaction) => {
      const result = await insertWorkspace(transaction, { ...scope, createdAt });
      await insertMembership(transaction, { workspaceId: scope.id, memberId: context.member.id, role: 'owner', createdAt });
      return { id: scope.id, before: null, after: result, result };
    });
  },
});

export const getWorkspace = operation({
  summary: 'Read the name, time zone and currency of this workspace',
  method: 'GET',
  path: '/workspace',
  who: everyone,
  input: z.object({}),
  output: workspace,
  run: (context) => context.read((transaction) => readWorkspace(transaction, context.workspace.id)),
});

// Without their defaults: what a change leaves out stays.
const { name, timeZone, currency } = workspaceFields.shape;
const changes = z.object({ name: name.optional(), timeZone: timeZone.unwrap().optional(), currency: currency.unwrap().optional() });

export const updateWorkspace = operation({
  summary: 'Change the name, time zone or currency of this workspace',
  method: 'PATCH',
  path: '/workspace',
  who: owners,
  input: changes,
  output: workspace,
  run: (context, input) =>
    context.write('workspace', async (transaction) => {
      const { id } = context.workspace;
      const before = await readWorkspace(transaction, id);
      if (Object.values(input).every((value) => value === undefined)) return { id, before, after: before, result: before };
      const [row] = await transaction.update(workspaces).set(input).where(eq(workspaces.id, id)).returning();
      const result = asWorkspace(row!);
      return { id, before, after: result, result };
    }),
});

export const deleteWorkspace = operation({
  summary: 'Delete this workspace with everything in it; it can be restored for 30 days',
  method: 'DELETE',
  path: '/workspace',
  who: owners,
  input: z.object({ name: z.string().describe('Its name, typed once more') }),
  output: z.object({ id: z.uuid(), restorableUntil: z.iso.datetime() }),
  run: (context, input) =>
    context.write('workspace', async (transaction) => {
      const before = await readWorkspace(transaction, context.workspace.id);
      if (input.name.trim() !== before.name)
        throw new Failure('invalid', {
          en: `Type the name of the workspace, ${before.name}, exactly as it is. Nothing was deleted.`,
          zh: `请准确输入工作区的名称 ${before.name}。没有删除任何内容。`,
        });
      const deletedAt = context.now();
      await transaction.update(workspaces).set({ deletedAt }).where(eq(workspaces.id, before.id));
      const restorableUntil = new Date(deletedAt.getTime() + 30 * 24 * 60 * 60 * 1000).toISOString();
      return { id: before.id, before, after: null, result: { id: before.id, restorableUntil } };
    }),
});

export const restoreWorkspace = memberOperation({
  summary: 'Restore a workspace that was deleted in the last 30 days',
  method: 'POST',
  path: '/workspaces/{workspace}/restore',
  input: z.object({ workspace: z.uuid() }),
  output: workspace,
  run: async (context, input) => {
    const { records } = context.application;
    const own = await records.unbounded((transaction) => readWorkspacesOf(transaction, context.member.id, context.now()));
    const found = own.find(({ id, deletedAt }) => id === input.workspace && deletedAt !== null);
    if (!found)
      throw new Failure('not_found', {
        en: 'You have no workspace with that id that was deleted in the last 30 days.',
        zh: '你没有此 ID 的工作区在过去 30 天内被删除。',
      });
    if (found.role !== 'owner')
      throw new Failure('forbidden', {
        en: `Your role (${found.role}) may not do this. Ask an owner of ${found.name}.`,
        zh: `你的角色（${found.role}）无权这样做。请联系 ${found.name} 的所有者。`,
      });
    return writeWithAudit(records, authorIn(context, found), 'workspaces.restore', 'workspace', async (transaction) => {
      const [row] = await transaction.update(workspaces).set({ deletedAt: null }).where(eq(workspaces.id, found.id)).returning();
      const result = asWorkspace(row!);
      return { id: found.id, before: null, after: result, result };
    });
  },
});
