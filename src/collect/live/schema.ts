import { z } from 'zod';
import { callKinds, failureReasons } from '../events/schema.ts';
import { deviationKinds, plannedProperty } from '../planned-events/schema.ts';

/** So long what arrived is kept in memory to be looked at. */
export const keptMinutes = 10;
/** So many events in one answer or message, at most. */
export const mostShown = 100;

const likeness = z
  .object({
    name: z.string().describe('The planned name that it resembles'),
    by: z.enum(['case', 'spelling']).describe('case: differs in upper case and separators only; spelling: in a letter or two'),
  })
  .nullable();

export const liveDeviation = z.object({
  kind: z.enum(deviationKinds).describe('missing: required, and not carried; type, value: not as planned; unplanned: not in the plan'),
  property: z.string(),
  planned: plannedProperty.nullable(),
  example: z.string().nullable().describe('The value that deviates'),
  like: likeness,
});
export type LiveDeviation = z.output<typeof liveDeviation>;

export const planStates = ['as_expected', 'deviates', 'unplanned'] as const;

export const liveEvent = z.object({
  receivedAt: z.iso.datetime(),
  kind: z.enum([...callKinds, 'failed']),
  name: z.string().describe('Of calls that the client does not name, such as identify: $identify'),
  user: z.string().describe('Id of the person; empty when there is none'),
  anonymous: z.string().describe('Id of the browser or device'),
  account: z.string(),
  plan: z
    .enum(planStates)
    .nullable()
    .describe('How it stands to the tracking plan; null where there is none, and for calls without a name'),
  reason: z.enum(failureReasons).nullable().describe('Why it failed; null when it did not'),
  detail: z.string(),
  keyName: z.string().nullable().describe('Name of the write key; null when it is gone'),
  key: z.uuid(),
  at: z.iso.datetime().describe('When it happened, by our clock'),
  clock: z.enum(['', 'corrected', 'future', 'past', 'missing']).describe('Why that is not what the client said; empty when it is'),
  message: z.string().describe('The message id'),
  previous: z.string().describe('alias: the id that was used until now'),
  properties: z.record(z.string(), z.string()),
  traits: z.record(z.string(), z.string()),
  deviations: z.array(liveDeviation),
  like: likeness.describe('Of a name that is not in the plan: the planned one that it resembles'),
  raw: z.string().describe('Of a failed event: what was sent, for those who may see failed events'),
  isCut: z.boolean().describe('Long values are cut here; they are stored whole'),
  id: z.string(),
});
export type LiveEvent = z.output<typeof liveEvent>;

export const liveAsked = z.object({
  key: z.uuid().optional().describe('Id of a write key: only what came with it'),
  name: z.string().max(200).default('').describe('Only names that hold this text; of failed events, what was sent'),
  problems: z.boolean().default(false).describe('Only what failed or does not stand in the tracking plan as it came'),
});
export type LiveAsked = z.output<typeof liveAsked>;

export const isProblem = ({ reason, plan }: Pick<LiveEvent, 'reason' | 'plan'>): boolean =>
  reason !== null || plan === 'deviates' || plan === 'unplanned';
