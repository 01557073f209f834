import { z } from 'zod';
import { said } from '../../platform/language.ts';
import { failureReasons } from '../events/schema.ts';

export const failedReason = z.enum(failureReasons);

export const failedEvent = z.object({
  id: z.string().describe('Chunk and receipt: where it lies in what was received'),
  key: z.uuid(),
  keyName: z.string().nullable(),
  receivedAt: z.iso.datetime(),
  message: z.string(),
  reason: z.string(),
  detail: z.string(),
  raw: z.string().describe('What was sent, as it was sent'),
  isCut: z.boolean().describe('Only the beginning of what was sent is here; get the failed event to read all of it'),
  isReplayed: z.boolean().describe('A rule has put it right and it was sent again'),
});
export type FailedEvent = z.output<typeof failedEvent>;

export const failedEventId = z.string().regex(/^\d{1,20}-\d{1,10}$/);

export const countedReason = z.object({
  reason: z.string(),
  count: z.int(),
  firstAt: z.iso.datetime().describe('When the first of them was received'),
  lastAt: z.iso.datetime(),
});
export type CountedReason = z.output<typeof countedReason>;

const path = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .regex(
    /^(?!.*(^|\.)(__proto__|constructor|prototype)(\.|$))[^.]+(\.[^.]+)*$/,
    said({ en: 'Write names joined with dots, such as properties.plan.', zh: '请填写由点连接的名称，例如 properties.plan。' }),
  )
  .describe('Where in the event as it was sent, such as properties.plan');
const plain = z.union([z.string().max(1000), z.number(), z.boolean()]);

export const fixStep = z.discriminatedUnion('do', [
  z.object({ do: z.literal('rename_event'), to: z.string().trim().min(1).max(512) }),
  z.object({ do: z.literal('set'), path, value: plain }),
  z.object({ do: z.literal('rename'), path, to: path }),
  z.object({ do: z.literal('copy'), path, to: path }).describe('Such as a missing userId from properties.user_id'),
  z.object({ do: z.literal('drop'), path }),
  z.object({ do: z.literal('number'), path }).describe('Makes a number of a text; what is none is dropped'),
  z.object({ do: z.literal('new_message') }).describe('Of a message id conflict: counts it as an event of its own'),
]);
export type FixStep = z.output<typeof fixStep>;

export const fixRule = z.object({
  reason: failedReason.optional().describe('Only events that failed for this reason'),
  event: z.string().max(512).optional().describe('Only events of this name, as they were sent'),
  key: z.uuid().optional().describe('Only events of this write key'),
  steps: z.array(fixStep).min(1).max(20),
});
export type FixRule = z.output<typeof fixRule>;

export const keptRule = z.object({
  id: z.uuid(),
  name: z.string(),
  rule: fixRule,
  createdAt: z.iso.datetime(),
  replays: z.array(z.object({ id: z.uuid(), at: z.iso.datetime(), events: z.int(), state: z.enum(['running', 'done']) })),
});
export type KeptRule = z.output<typeof keptRule>;

export const preview = z.object({
  matching: z.int().describe('Failed events that the rule is for, of the newest 10,000'),
  fixed: z.int().describe('Of these it puts right'),
  stillFailing: z.array(z.object({ reason: z.string(), count: z.int() })),
  samples: z.array(z.object({ id: z.string(), before: z.string(), after: z.string(), reason: z.string().nullable() })),
});
export type Preview = z.output<typeof preview>;
