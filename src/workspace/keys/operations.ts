import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { marketers } from '../../platform/roles.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { isAbove, readKey, readKeys } from './queries.ts';
import { key, keyFields } from './schema.ts';
import { keys } from './tables.ts';

export const listKeys = operation({
  summary: 'List the keys of this workspace and when each was last used',
  method: 'GET',
  path: '/keys',
  who: marketers,
  input: z.object({}),
  output: z.object({ keys: z.array(key) }),
  run: async (context) => ({ keys: await context.read(readKeys) }),
});

const refuseToMake = ({ actor }: Context, { kind, role }: z.output<typeof keyFields>) => {
  if (actor.kind === 'key')
    throw new Failure('forbidden', {
      en: 'A key may not make another: whoever stole it could stay. Sign in and make it under Settings, Keys.',
      zh: '密钥不能创建另一个密钥：否则窃取它的人可以留下来。请登录后在“设置 → 密钥”中创建。',
    });
  if (kind === 'api' && isAbove(role, actor.role))
    throw new Failure('forbidden', {
      en: `A key may be at most what you are (${actor.role}). Choose a smaller role.`,
      zh: `密钥的权限不能超过你自己（${actor.role}）。请选择更小的角色。`,
    });
};

const day = 24 * 60 * 60 * 1000;

const rowOf = (context: Context, input: z.output<typeof keyFields>, token: string): typeof keys.$inferInsert => {
  const isApi = input.kind === 'api';
  return {
    workspaceId: context.workspace.id,
    name: input.name,
    kind: input.kind,
    role: isApi ? input.role : 'reader',
    mayWrite: isApi && input.mayWrite,
    tokenHash: hashToken(token),
    hint: `${token.slice(0, 3)}…${token.slice(-4)}`,
    createdBy: context.actor.kind === 'member' ? context.actor.id : null,
    createdAt: context.now(),
    expiresAt: input.expiresInDays ? new Date(context.now().getTime() + input.expiresInDays * day) : null,
  };
};

export const createKey = operation({
  summary: 'Make a key; it is shown once',
  method: 'POST',
  path: '/keys',
  who: marketers,
  input: keyFields,
  output: z.object({ key, token: z.string().describe('The key itself; only its hash is stored, so it is not shown again') }),
  run: async (context, input) => {
    refuseToMake(context, input);
    const token = newToken(input.kind === 'api' ? 'lf_' : 'lw_');
    const made = await context.write('key', async (transaction) => {
      const [row] = await transaction
        .insert(keys)
        .values(rowOf(context, input, token))
        .returning({ id: keys.id });
      const result = await readKey(transaction, row!.id);
      return { id: result.id, before: null, after: result, result };
    });
    return { key: made, token };
  },
});

export const revokeKey = operation({
  summary: 'Revoke a key; it stops working at once',
  method: 'DELETE',
  path: '/keys/{key}',
  who: marketers,
  input: z.object({ key: z.uuid() }),
  output: key,
  run: (context, { key: id }) =>
    context.write('key', async (transaction) => {
      const before = await readKey(transaction, id);
      if (before.revokedAt)
        throw new Failure('conflict', { en: `The key "${before.name}" is revoked already.`, zh: `密钥“${before.name}”已被撤销。` });
      if (before.kind === 'api' && isAbove(before.role, context.actor.role))
        throw new Failure('forbidden', {
          en: `This key may be more than you (${context.actor.role}). Ask an owner of ${context.workspace.name} to revoke it.`,
          zh: `此密钥的权限可能超过你（${context.actor.role}）。请联系 ${context.workspace.name} 的所有者撤销。`,
        });
      await transaction.update(keys).set({ revokedAt: context.now() }).where(eq(keys.id, id));
      const result = await readKey(transaction, id);
      return { id, before, after: result, result };
    }),
});
