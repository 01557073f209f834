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
export const openedAnswer = z.object({
  name: z.string(),
  kind: z.enum(questionKinds),
  asked: z.record(z.string(), z.unknown()),
  answer: z.looseObject({ facts: answerFacts }).describe('As it was when it was shared; without the statements behind it'),
  sharedAt: z.iso.datetime(),
  until,
  data: z
    .object({ changed: z.boolean(), eventsThen: z.int(), eventsNow: z.int() })
    .describe(
      'Whether anything was received, imported or found out about people since, and how many events the days of the answer had and have',
    ),
});
export type OpenedAnswer = z.output<typeof openedAnswer>;
