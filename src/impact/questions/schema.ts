import { z } from 'zod';

/** What every question about events is made of; the pages' controls hold the same shapes (src/web/kit/questions/values.ts). */
export const operators = ['is', 'is_not', 'contains', 'greater', 'less', 'set', 'not_set'] as const;

const day = z.iso.date();
const values = z.array(z.string().max(500)).max(50).default([]);

export const propertyFilter = z.object({
  property: z.string().trim().min(1).max(200),
  operator: z.enum(operators).default('is'),
  values: values.describe('Any of them matches; greater and less take one number, set and not_set none'),
});
export type PropertyFilter = z.output<typeof propertyFilter>;

export const step = z.object({
  event: z.string().min(1).max(200).nullable().describe('Name of the event; null for any event'),
  filters: z.array(propertyFilter).max(10).default([]),
  label: z.string().max(120).optional(),
});
export type Step = z.output<typeof step>;

const ofEvent = z.literal('event').optional();
const use = z.object({
  kind: z.literal('feature'),
  feature: z.uuid(),
  version: z.int().min(1).nullish().describe('Of the feature; the newest at the time of the answer if not given'),
  label: z.string().max(120).optional(),
});
export type Use = z.output<typeof use>;

/** What was done: an event with its filters, or the use of a feature. */
export const behaviour = z
  .discriminatedUnion('kind', [step.extend({ kind: ofEvent }), use])
  .describe('An event with its filters, or with kind "feature" the use of a feature');
export type Behaviour = z.output<typeof behaviour>;

/** The same while a question is put together: an event that nobody has chosen yet is ''. */
export const behaviourDraft = z.discriminatedUnion('kind', [step.extend({ kind: ofEvent, event: z.string().max(200).nullable() }), use]);

export const range = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('last'), days: z.int().min(1).max(1100) }),
  z.object({ kind: z.literal('between'), from: day, to: day }),
]);
export type Range = z.output<typeof range>;
export const rangeInput = range
  .default({ kind: 'last', days: 30 })
  .describe('Days of the time zone of the workspace, the last one included');

export const breakdown = z.object({
  by: z.enum(['property', 'account_property', 'person_property']),
  name: z.string().trim().min(1).max(200).describe('Property of the event, or field of the account or person, such as plan or segment'),
});
export type Breakdown = z.output<typeof breakdown>;

export const unit = z.enum(['people', 'accounts']);
export type Unit = z.output<typeof unit>;

export const versionUsed = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.int(),
  newestVersion: z.int().describe('Another than version: the feature has changed since'),
});
export type VersionUsed = z.output<typeof versionUsed>;

/** What every answer says of itself: no figure without its period, its reach and what was asked of the store. */
export const answerFacts = z.object({
  from: day,
  to: day,
  timeZone: z.string(),
  dataTo: z.iso.datetime().nullable().describe('When the newest event happened; null when there is none'),
  sql: z.array(z.string()).describe('The statements behind the figures, as they were asked'),
  milliseconds: z.int(),
  features: z.array(versionUsed).optional().describe('The features that the question names, in the version that was used'),
});
export type AnswerFacts = z.output<typeof answerFacts>;

/** The kinds of questions, named as their pages and operations are. */
export const questionKinds = [
  'trends',
  'funnels',
  'paths',
  'adoptions',
  'activations',
  'retentions',
  'subscriptions',
  'ratings',
  'measurements',
  'lifts',
  'pipelines',
  'credits',
] as const;
export type QuestionKind = (typeof questionKinds)[number];

const asked = z.record(z.string(), z.unknown()).describe('The input of the operation that answers it, such as that of trends.get');

export const questionFields = z.object({
  name: z.string().trim().min(1).max(120),
  kind: z.enum(questionKinds),
  asked,
  note: z.string().max(2000).default('').describe('Why it is asked'),
});

export const question = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(questionKinds),
  asked,
  note: z.string(),
  createdBy: z.string(),
  version: z.int().describe('Send it back with a change; a change made meanwhile is refused, not overwritten'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Question = z.output<typeof question>;
