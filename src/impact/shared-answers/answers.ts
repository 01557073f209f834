import type { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { answerActivations } from '../activations/answer.ts';
import { searchAsked } from '../activations/schema.ts';
import { answerAdoption } from '../adoptions/answer.ts';
import { adoptionAsked } from '../adoptions/schema.ts';
import { answerCredits } from '../credits/answer.ts';
import { type Credits, creditsAsked } from '../credits/schema.ts';
import { answerFunnel } from '../funnels/answer.ts';
import { funnelAsked } from '../funnels/schema.ts';
import type { AnswerFacts, Question, QuestionKind } from '../questions/schema.ts';
import { answerLift } from '../lifts/answer.ts';
import { liftAsked } from '../lifts/schema.ts';
import { answerMeasurements } from '../measurements/answer.ts';
import { measurementsAsked } from '../measurements/schema.ts';
import { answerPaths } from '../paths/answer.ts';
import { pathsAsked } from '../paths/schema.ts';
import { answerPipeline } from '../pipelines/answer.ts';
import { pipelineAsked } from '../pipelines/schema.ts';
import { answerRatings } from '../ratings/answer.ts';
import { ratingsAsked } from '../ratings/schema.ts';
import { answerRetention } from '../retentions/answer.ts';
import { retentionAsked } from '../retentions/schema.ts';
import { answerSubscriptions } from '../subscriptions/answer.ts';
import { subscriptionsAsked } from '../subscriptions/schema.ts';
import { answerTrends } from '../trends/answer.ts';
import { trendsAsked } from '../trends/schema.ts';

type Answered = { facts: AnswerFacts };
type Answering = (context: Context, asked: unknown) => Promise<{ asked: object; answer: Answered }>;

const by =
  <Asked extends z.ZodType<object>>(schema: Asked, answer: (context: Context, asked: z.output<Asked>) => Promise<Answered>): Answering =>
  async (context, asked) => {
    const read = schema.safeParse(asked);
    if (!read.success)
      throw new Failure('invalid', {
        en: 'This question was kept in a form that cannot be answered any more. Open it, put it right, and keep it again.',
        zh: '此问题保存的形式已无法回答。请打开并更正，再重新保存。',
      });
    return { asked: read.data, answer: await answer(context, read.data) };
  };

/** Who agreed on the model and why, other kept questions and the names of other files are not what was asked. */
const creditsAlone = ({ agreed, ...answer }: Credits): Credits => ({
  ...answer,
  agreed: agreed && { ...agreed, agreedBy: '', reason: '' },
  holdouts: [],
  subjects: [],
});

const answering: Record<QuestionKind, Answering> = {
  trends: by(trendsAsked, answerTrends),
  funnels: by(funnelAsked, answerFunnel),
  paths: by(pathsAsked, answerPaths),
  adoptions: by(adoptionAsked, answerAdoption),
  activations: by(searchAsked, answerActivations),
  retentions: by(retentionAsked, answerRetention),
  subscriptions: by(subscriptionsAsked, answerSubscriptions),
  ratings: by(ratingsAsked, answerRatings),
  measurements: by(measurementsAsked, answerMeasurements),
  lifts: by(liftAsked, answerLift),
  pipelines: by(pipelineAsked, answerPipeline),
  credits: by(creditsAsked, async (context, asked) => creditsAlone(await answerCredits(context, asked))),
};

/** The answer to a kept question, as the operation of its kind gives it, and the question with all that it leaves to what is usual. */
export const answerOf = (context: Context, { kind, asked }: Pick<Question, 'kind' | 'asked'>): ReturnType<Answering> =>
  answering[kind](context, asked);
