import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { isUniqueViolation } from '../../platform/records/errors.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { asQuestion, readQuestion, readQuestions } from './queries.ts';
import { question, questionFields } from './schema.ts';
import { questions } from './tables.ts';

const named = z.object({ question: z.uuid() });

const taken = (name?: string) => (error: unknown) => {
  if (isUniqueViolation(error))
    throw new Failure('conflict', {
      en: `There is already a question ${name === undefined ? 'of this name' : `named "${name}"`}. Choose another name.`,
      zh: `已有${name === undefined ? '同名' : `名为“${name}”`}的问题。请换一个名称。`,
    });
  throw error;
};

export const listQuestions = operation({
  summary: 'List the questions that were kept',
  method: 'GET',
  path: '/questions',
  who: everyone,
  input: z.object({}),
  output: z.object({ questions: z.array(question) }),
  run: async (context) => ({ questions: await context.read(readQuestions) }),
});

export const getQuestion = operation({
  summary: 'Read one kept question: its kind, and what it asks',
  method: 'GET',
  path: '/questions/{question}',
  who: everyone,
  input: named,
  output: question,
  run: (context, input) => context.read((transaction) => readQuestion(transaction, input.question)),
});

export const createQuestion = operation({
  summary: 'Keep a question under a name',
  method: 'POST',
  path: '/questions',
  who: editors,
  input: questionFields,
  output: question,
  run: (context, input) =>
    context
      .write('question', async (transaction) => {
        const values = { ...input, workspaceId: context.workspace.id, createdBy: context.actor.name, createdAt: context.now() };
        const [row] = await transaction.insert(questions).values(values).returning();
        const result = asQuestion(row!);
        return { id: result.id, before: null, after: result, result };
      })
      .catch(taken(input.name)),
});

const changes = questionFields
  .omit({ kind: true })
  .partial()
  .extend({ note: z.string().max(2000).optional(), version: z.int() });

export const updateQuestion = operation({
  summary: 'Change a kept question; names the version that was read',
  method: 'PATCH',
  path: '/questions/{question}',
  who: editors,
  input: changes.extend(named.shape),
  output: question,
  run: (context, { question: id, version, ...fields }) =>
    context
      .write('question', async (transaction) => {
        const before = await readQuestion(transaction, id);
        const [row] = await transaction
          .update(questions)
          .set({ ...fields, version: sql`${questions.version} + 1`, updatedAt: context.now() })
          .where(and(eq(questions.id, id), eq(questions.version, version)))
          .returning();
        if (!row)
          throw new Failure(
            'conflict',
            {
              en: 'Somebody changed this question meanwhile. Load it again, then repeat your change.',
              zh: '其间有人修改了此问题。请重新载入后再修改。',
            },
            {
              current: before,
            },
          );
        const result = asQuestion(row);
        return { id, before, after: result, result };
      })
      .catch(taken(fields.name)),
});

export const deleteQuestion = operation({
  summary: 'Delete a kept question; it can be restored for 30 days',
  method: 'DELETE',
  path: '/questions/{question}',
  who: editors,
  input: named,
  output: z.object({ id: z.uuid() }),
  run: (context, input) =>
    context.write('question', async (transaction) => {
      const before = await readQuestion(transaction, input.question);
      await transaction
        .update(questions)
        .set({ deletedAt: context.now() })
        .where(and(eq(questions.id, before.id), isNull(questions.deletedAt)));
      return { id: before.id, before, after: null, result: { id: before.id } };
    }),
});

export const restoreQuestion = operation({
  summary: 'Restore a question deleted in the last 30 days',
  method: 'POST',
  path: '/questions/{question}/restore',
  who: editors,
  input: named,
  output: question,
  run: (context, { question: id }) =>
    context
      .write('question', async (transaction) => {
        const [row] = await transaction
          .update(questions)
          .set({ deletedAt: null })
          .where(and(eq(questions.id, id), sql`${questions.deletedAt} > ${context.now().toISOString()}::timestamptz - interval '30 days'`))
          .returning();
        if (!row)
          throw new Failure('not_found', {
            en: 'There is no question with that id that was deleted in the last 30 days.',
            zh: '最近 30 天内没有删除过具有此编号的问题。',
          });
        const result = asQuestion(row);
        return { id, before: null, after: result, result };
      })
      .catch(taken()),
});
