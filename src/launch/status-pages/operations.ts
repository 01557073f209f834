import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation, publicOperation } from '../../platform/operation.ts';
import { everyone, marketers } from '../../platform/roles.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { readLaunch } from '../launches/queries.ts';
import { readStatus } from './queries.ts';
import { launchStatus, type StatusPage, statusPage } from './schema.ts';
import { statusPages } from './tables.ts';

const asPage = ({ id, createdBy, createdAt }: typeof statusPages.$inferSelect): StatusPage => ({
  id,
  createdBy,
  createdAt: createdAt.toISOString(),
});

const ofLaunch = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') });

export const createStatusPage = operation({
  summary: 'Make an address at which anybody reads the status of a launch, without signing in',
  method: 'POST',
  path: '/launches/{launch}/status-pages',
  who: marketers,
  refuses: 'machines',
  input: ofLaunch,
  output: z.object({ page: statusPage, link: z.url().describe('Send it to them; it is not stored and not shown again') }),
  run: async (context, { launch: named }) => {
    // The token names its workspace, so that it is looked up behind that workspace's wall and nowhere else.
    const token = newToken(`${context.workspace.id}.`);
    const page = await context.write('status page', async (transaction) => {
      const { id: launchId } = await readLaunch(transaction, named);
      const values = {
        workspaceId: context.workspace.id,
        launchId,
        tokenHash: hashToken(token),
        createdBy: context.actor.name,
        createdAt: context.now(),
      };
      const [row] = await transaction.insert(statusPages).values(values).returning();
      const result = asPage(row!);
      return { id: result.id, before: null, after: { ...result, launchId }, result };
    });
    return { page, link: `${context.publicUrl}/status/${token}` };
  },
});

export const listStatusPages = operation({
  summary: 'List the addresses of the status of a launch that work now',
  method: 'GET',
  path: '/launches/{launch}/status-pages',
  who: everyone,
  input: ofLaunch,
  output: z.object({ pages: z.array(statusPage) }),
  run: (context, { launch: named }) =>
    context.read(async (transaction) => {
      const { id } = await readLaunch(transaction, named);
      const found = await transaction
        .select()
        .from(statusPages)
        .where(and(eq(statusPages.launchId, id), isNull(statusPages.revokedAt)))
        .orderBy(desc(statusPages.createdAt));
      return { pages: found.map(asPage) };
    }),
});

export const revokeStatusPage = operation({
  summary: 'Revoke an address of the status of a launch; it stops working at once',
  method: 'DELETE',
  path: '/status-pages/{page}',
  who: marketers,
  input: z.object({ page: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  run: (context, { page: id }) =>
    context.write('status page', async (transaction) => {
      const [row] = await transaction
        .update(statusPages)
        .set({ revokedAt: context.now() })
        .where(and(eq(statusPages.id, id), isNull(statusPages.revokedAt)))
        .returning();
      if (!row)
        throw new Failure('not_found', {
          en: 'There is no status page with that id that works. List those of the launch to see them.',
          zh: '没有此 ID 的有效状态页。请列出该发布的状态页查看。',
        });
      return { id, before: asPage(row), after: null, result: { id } };
    }),
});

export const openStatusPage = publicOperation({
  summary: 'Read the status of a launch behind an address',
  method: 'POST',
  path: '/status-pages/open',
  reads: true,
  browserOnly: true,
  input: z.object({ token: z.string().max(1000) }),
  output: launchStatus,
  run: async ({ application, now, publicUrl }, { token }) => {
    const workspace = z.uuid().safeParse(token.split('.')[0]);
    const found = workspace.success
      ? await application.records.within(workspace.data, (transaction) => readStatus(transaction, token, { now: now(), publicUrl }))
      : undefined;
    if (!found)
      throw new Failure('not_found', {
        en: 'This address does not work. It may have been revoked, or it was not copied whole. Ask whoever sent it for a new one.',
        zh: '此地址无效。它可能已被撤销，或未复制完整。请向发送者索取新地址。',
      });
    return found;
  },
});
