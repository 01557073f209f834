import { z } from 'zod';
import { answerFacts, questionKinds } from '../questions/schema.ts';

const until = z.iso.date().nullable().describe('The last day on which the link works, in the time zone of the workspace; null for no end');

export const sharedAnswer = z.object({
  id: z.uuid(),
  question: z.uuid(),
  name: z.string().describe('Of the question, when it was shared'),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  until,
});
export type SharedAnswer = z.output<typeof sharedAnswer>;

/** What whoever has the link sees: the answer as it was, and nothing else of the workspace. */
const answer = z.looseObject({ facts: answerFacts });

export const openedAnswer = z.object({
  id: z.uuid().describe('Of the link, by which members count again'),
  name: z.string(),
  kind: z.enum(questionKinds),
  asked: z.record(z.string(), z.unknown()),
  answer: answer.describe('As it was when it was shared; without the statements behind it'),
  sharedAt: z.iso.datetime(),
  until,
  data: z
    .object({ changed: z.boolean(), eventsThen: z.int(), eventsNow: z.int() })
    .describe(
      'Whether anything was received, imported or found out about people since, and how many events the days of the answer had and have',
    ),
});
/** The same question about the same days, from what is stored now; where a question has no days of its own, as it would be asked now. */
export const recountedAnswer = z.object({
  name: z.string(),
  kind: z.enum(questionKinds),
  asked: z.record(z.string(), z.unknown()),
  answer,
  countedAt: z.iso.datetime(),
});
export type RecountedAnswer = z.output<typeof recountedAnswer>;

export type OpenedAnswer = z.output<typeof openedAnswer>;
