import type { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Question, QuestionKind } from '../questions/schema.ts';
import { answerTrends } from '../trends/answer.ts';
import { trendsAsked } from '../trends/schema.ts';

type Answering = (context: Context, asked: unknown) => Promise<object>;

const by =
  <Asked extends z.ZodType>(schema: Asked, answer: (context: Context, asked: z.output<Asked>) => Promise<object>): Answering =>
  (context, asked) => {
    const read = schema.safeParse(asked);
    if (!read.success)
      throw new Failure(
        'invalid',
        'This question was kept in a form that is not understood any more. Open it, put it right, and keep it again.',
      );
    return answer(context, read.data);
  };

const answering: Partial<Record<QuestionKind, Answering>> = {
  trends: by(trendsAsked, answerTrends),
};

/** The answer to a kept question, as the operation of its kind gives it. */
export const answerOf = (context: Context, { kind, asked }: Question): Promise<Record<string, unknown>> => {
  const answer = answering[kind];
  if (!answer)
    throw new Failure('invalid', 'Answers of this kind cannot be shared by link. Export it, or share the address with a member.');
  return answer(context, asked) as Promise<Record<string, unknown>>;
};
