import { and, desc, eq, gte, isNull, or } from 'drizzle-orm';
import { z } from 'zod';
import { enterWorkspace } from '../../platform/application.ts';
import type { Actor, Context, DoorContext } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { operation, publicOperation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { workspaces } from '../../workspace/workspaces/tables.ts';
import { readQuestion } from '../questions/queries.ts';
import { questions } from '../questions/tables.ts';
import { answerOf } from './answers.ts';
import { countEventsIn, readRevision } from './queries.ts';
import { openedAnswer, recountedAnswer, type SharedAnswer, sharedAnswer } from './schema.ts';
import { sharedAnswers } from './tables.ts';

type Row = typeof sharedAnswers.$inferSelect;

const asShared = ({ id, questionId, name, createdBy, createdAt, until }: Row): SharedAnswer => ({
  id,
  question: questionId,
  name,
  createdBy,
  createdAt: createdAt.toISOString(),
  until,
});

/** Links that were not revoked and have not ended. */
const works = (today: string) => and(isNull(sharedAnswers.revokedAt), or(isNull(sharedAnswers.until), gte(sharedAnswers.until, today)));

export const createSharedAnswer = operation({
  summary: 'Share the answer to a kept question, as it is now, with whoever has the link',
  method: 'POST',
  path: '/questions/{question}/shared-answers',
  who: editors,
  input: z.object({
    question: z.uuid(),
    until: z.iso.date().nullish().describe('The last day on which the link works; without it the link works until it is revoked'),
  }),
  output: z.object({ shared: sharedAnswer, link: z.url().describe('Send it to them; it is not stored and not shown again') }),
  run: async (context, { question: id, until = null }) => {
    if (until && until < dayIn(context.now(), context.workspace.timeZone))
      throw new Failure('invalid', {
        en: `The link would end (${until}) before it begins. Choose today or a later day.`,
        zh: `链接在生成之前就已到期（${until}）。请选择今天或更晚的日期。`,
      });
    const question = await context.read((transaction) => readQuestion(transaction, id));
    // Read before the answer is made: what comes meanwhile is then said to have changed it.
    const revision = await readRevision(context);
    const { asked, answer } = await answerOf(context, question);
    const events = await countEventsIn(context, answer.facts);
    // The token names its workspace, so that it is looked up behind that workspace's wall and nowhere else.
    const token = newToken(`${context.workspace.id}.`);
    const shared = await context.write('shared answer', async (transaction) => {
      const values = {
        workspaceId: context.workspace.id,
        questionId: question.id,
        tokenHash: hashToken(token),
        name: question.name,
        kind: question.kind,
        asked: asked as Record<string, unknown>,
        answer: { ...answer, facts: { ...answer.facts, sql: [] } },
        revision,
        events,
        createdBy: context.actor.name,
        createdAt: context.now(),
        until,
      };
      const [row] = await transaction.insert(sharedAnswers).values(values).returning();
      const result = asShared(row!);
      return { id: result.id, before: null, after: result, result };
    });
    return { shared, link: `${context.publicUrl}/shared/${token}` };
  },
});

export const listSharedAnswers = operation({
  summary: 'List the links to answers of a kept question that work now',
  method: 'GET',
  path: '/questions/{question}/shared-answers',
  who: everyone,
  input: z.object({ question: z.uuid() }),
  output: z.object({ shared: z.array(sharedAnswer) }),
  run: (context, { question }) =>
    context.read(async (transaction) => {
      await readQuestion(transaction, question);
      const today = dayIn(context.now(), context.workspace.timeZone);
      const found = await transaction
        .select()
        .from(sharedAnswers)
        .where(and(eq(sharedAnswers.questionId, question), works(today)))
        .orderBy(desc(sharedAnswers.createdAt));
      return { shared: found.map(asShared) };
    }),
});

export const revokeSharedAnswer = operation({
  summary: 'Revoke a link to an answer; it stops working at once',
  method: 'DELETE',
  path: '/shared-answers/{shared}',
  who: editors,
  input: z.object({ shared: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  run: (context, { shared: id }) =>
    context.write('shared answer', async (transaction) => {
      const [row] = await transaction
        .update(sharedAnswers)
        .set({ revokedAt: context.now() })
        .where(and(eq(sharedAnswers.id, id), isNull(sharedAnswers.revokedAt)))
        .returning();
      if (!row)
        throw new Failure('not_found', {
          en: 'There is no link with that id that works. List the links of the question to see those there are.',
          zh: '没有具有此编号的有效链接。请列出该问题的链接以查看现有的。',
        });
      return { id, before: asShared(row), after: null, result: { id } };
    }),
});

export const recountSharedAnswer = operation({
  summary: 'Count a shared answer again now, for its days; whoever only has the link sees it as it was',
  method: 'GET',
  path: '/shared-answers/{shared}/recount',
  who: everyone,
  input: z.object({ shared: z.uuid() }),
  output: recountedAnswer,
  run: async (context, { shared }) => {
    const [row] = await context.read((transaction) =>
      transaction
        .select()
        .from(sharedAnswers)
        .where(and(eq(sharedAnswers.id, shared), isNull(sharedAnswers.revokedAt))),
    );
    if (!row)
      throw new Failure('not_found', {
        en: 'There is no link with that id in this workspace. Change to the workspace that the link is from, and open it again.',
        zh: '此工作区中没有具有此编号的链接。请切换到链接所属的工作区后重新打开。',
      });
    const { name, kind } = row;
    const { facts } = openedAnswer.shape.answer.parse(row.answer);
    const days = { kind: 'between', from: facts.from, to: facts.to };
    const { asked, answer } = await answerOf(context, { kind, asked: 'range' in row.asked ? { ...row.asked, range: days } : row.asked });
    return { name, kind, asked: asked as Record<string, unknown>, answer, countedAt: context.now().toISOString() };
  },
});

/** One answer for every link that does not work, so that none says whether it ever did. */
const gone = () =>
  new Failure('not_found', {
    en: 'This link does not work. It may have ended, or it was not copied whole. Ask whoever sent it for a new one.',
    zh: '此链接无效。它可能已到期，或者没有复制完整。请向发送者索取新的链接。',
  });

const visitor: Actor = { kind: 'job', id: 'shared link', name: 'Shared link', role: 'reader', mayWrite: false };

/** What a link leads to, behind the wall of the workspace that it names; of a deleted workspace or question there is nothing. */
const find = async (transaction: Transaction, token: string, now: Date) => {
  const [workspace] = await transaction.select().from(workspaces).where(isNull(workspaces.deletedAt));
  if (!workspace) return undefined;
  const today = dayIn(now, workspace.timeZone);
  const [found] = await transaction
    .select({ row: sharedAnswers })
    .from(sharedAnswers)
    .innerJoin(questions, eq(questions.id, sharedAnswers.questionId))
    .where(and(eq(sharedAnswers.tokenHash, hashToken(token)), works(today), isNull(questions.deletedAt)));
  return found && { row: found.row, workspace };
};

const follow = async (door: DoorContext, token: string): Promise<{ row: Row; context: Context }> => {
  const workspaceId = z.uuid().safeParse(token.split('.')[0]);
  if (!workspaceId.success) throw gone();
  const found = await door.application.records.within(workspaceId.data, (transaction) => find(transaction, token, door.now()));
  if (!found) throw gone();
  return { row: found.row, context: enterWorkspace(door, found.workspace, visitor) };
};

export const openSharedAnswer = publicOperation({
  summary: 'Read the answer behind a link',
  method: 'POST',
  path: '/shared-answers/open',
  reads: true,
  browserOnly: true,
  input: z.object({ token: z.string().max(1000) }),
  output: openedAnswer,
  run: async (door, { token }) => {
    const { row, context } = await follow(door, token);
    const { id, name, kind, asked, until, createdAt, revision, events } = row;
    const answer = openedAnswer.shape.answer.parse(row.answer);
    const [now, eventsNow] = await Promise.all([readRevision(context), countEventsIn(context, answer.facts)]);
    const data = { changed: now !== revision || eventsNow !== events, eventsThen: events, eventsNow };
    return { id, name, kind, asked, answer, sharedAt: createdAt.toISOString(), until, data };
  },
});
