import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { eventsRevision } from '../../collect/events/queries.ts';
import { revision } from '../../collect/imports/queries.ts';
import type { Application } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation, publicOperation } from '../../platform/operation.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { readWorkspace } from '../../workspace/workspaces/queries.ts';
import { readQuestion } from '../questions/queries.ts';
import { answerOf } from './answers.ts';
import { openedAnswer, type SharedAnswer, sharedAnswer } from './schema.ts';
import { sharedAnswers } from './tables.ts';

const named = z.object({ question: z.uuid() });
type Row = typeof sharedAnswers.$inferSelect;

const asShared = (row: Row): SharedAnswer => ({
  id: row.id,
  question: row.questionId,
  name: row.name,
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});

/** What an answer rests on: it is still true while this is the same. */
const revisionOf = async ({ records, events }: Application, workspaceId: string): Promise<string> => {
  const imported = await records.within(workspaceId, revision);
  const [received] = await events.of(workspaceId, async () => []).ask<{ revision: string }>(eventsRevision);
  return `${imported} ${received?.revision ?? ''}`;
};

export const createSharedAnswer = operation({
  summary: 'Share the answer to a kept question, as it is now, with whoever has the link',
  method: 'POST',
  path: '/questions/{question}/shared-answers',
  who: editors,
  input: named.extend({ expiresInDays: z.int().min(1).max(365).default(30) }),
  output: z.object({ shared: sharedAnswer, link: z.string().describe('Shown this once') }),
  run: async (context, input) => {
    const question = await context.read((transaction) => readQuestion(transaction, input.question));
    const resting = await revisionOf(context.application, context.workspace.id);
    const answer = await answerOf(context, question);
    // The token names its workspace, so that the link is looked up behind that workspace's wall and nowhere else.
    const token = newToken(`${context.workspace.id}.`);
    return context.write('shared answer', async (transaction) => {
      const [row] = await transaction
        .insert(sharedAnswers)
        .values({
          workspaceId: context.workspace.id,
          questionId: question.id,
          tokenHash: hashToken(token),
          name: question.name,
          kind: question.kind,
          asked: question.asked,
          answer,
          revision: resting,
          createdBy: context.actor.name,
          createdAt: context.now(),
          expiresAt: new Date(context.now().getTime() + input.expiresInDays * 86_400_000),
        })
        .returning();
      const shared = asShared(row!);
      return { id: shared.id, before: null, after: shared, result: { shared, link: `${context.publicUrl}/shared/${token}` } };
    });
  },
});

export const listSharedAnswers = operation({
  summary: 'List the links that work now to answers of a kept question',
  method: 'GET',
  path: '/questions/{question}/shared-answers',
  who: everyone,
  input: named,
  output: z.object({ shared: z.array(sharedAnswer) }),
  run: (context, input) =>
    context.read(async (transaction) => {
      await readQuestion(transaction, input.question);
      const works = and(
        eq(sharedAnswers.questionId, input.question),
        isNull(sharedAnswers.revokedAt),
        gt(sharedAnswers.expiresAt, context.now()),
      );
      const rows = await transaction.select().from(sharedAnswers).where(works).orderBy(desc(sharedAnswers.createdAt));
      return { shared: rows.map(asShared) };
    }),
});

export const revokeSharedAnswer = operation({
  summary: 'Make a link to an answer work no more, at once',
  method: 'DELETE',
  path: '/shared-answers/{id}',
  who: editors,
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  run: (context, { id }) =>
    context.write('shared answer', async (transaction) => {
      const [row] = await transaction
        .update(sharedAnswers)
        .set({ revokedAt: context.now() })
        .where(and(eq(sharedAnswers.id, id), isNull(sharedAnswers.revokedAt)))
        .returning();
      if (!row)
        throw new Failure('not_found', 'There is no link with that id that works. List the links of the question to see those there are.');
      return { id, before: asShared(row), after: null, result: { id } };
    }),
});

const gone = () =>
  new Failure('not_found', 'This link does not work: it was revoked, has expired, or was not copied whole. Ask for a new one.');

export const openSharedAnswer = publicOperation({
  summary: 'Read the answer behind a link',
  method: 'POST',
  path: '/shared-answers/open',
  reads: true,
  browserOnly: true,
  input: z.object({ token: z.string().min(1).max(200) }),
  output: openedAnswer,
  run: async ({ application, now }, { token }) => {
    const workspaceId = token.split('.')[0] ?? '';
    if (!z.uuid().safeParse(workspaceId).success) throw gone();
    const found = await application.records.within(workspaceId, async (transaction) => {
      const [row] = await transaction
        .select()
        .from(sharedAnswers)
        .where(and(eq(sharedAnswers.tokenHash, hashToken(token)), isNull(sharedAnswers.revokedAt), gt(sharedAnswers.expiresAt, now())));
      return row && { row, workspace: await readWorkspace(transaction, workspaceId) };
    });
    if (!found) throw gone();
    const { row, workspace } = found;
    return {
      name: row.name,
      workspace: workspace.name,
      kind: row.kind,
      asked: row.asked,
      answer: row.answer,
      sharedBy: row.createdBy,
      sharedAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      dataChangedSince: (await revisionOf(application, workspaceId)) !== row.revision,
    };
  },
});
