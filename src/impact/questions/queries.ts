import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import type { Question } from './schema.ts';
import { questions } from './tables.ts';

export const asQuestion = (row: typeof questions.$inferSelect): Question => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  asked: row.asked,
  note: row.note,
  createdBy: row.createdBy,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** The questions that were kept, by name. */
export const readQuestions = async (transaction: Transaction): Promise<Question[]> =>
  (await transaction.select().from(questions).where(isNull(questions.deletedAt)).orderBy(asc(questions.name))).map(asQuestion);

export const readQuestion = async (transaction: Transaction, id: string): Promise<Question> => {
  const [row] = await transaction
    .select()
    .from(questions)
    .where(and(eq(questions.id, id), isNull(questions.deletedAt)));
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no such question in this workspace. List the questions to see those there are.',
      zh: '此工作区中没有这个问题。请列出以查看现有的问题。',
    });
  return asQuestion(row);
};

/** Of these ids, the questions that are there, in the order of the ids. */
export const readQuestionsOf = async (transaction: Transaction, ids: readonly string[]): Promise<Question[]> => {
  if (ids.length === 0) return [];
  const rows = await transaction
    .select()
    .from(questions)
    .where(and(inArray(questions.id, [...ids]), isNull(questions.deletedAt)));
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map(asQuestion));
};
