import { z } from 'zod';
import { said } from '../../platform/language.ts';

/** A plan that a reader can keep true, and that one check can compare. */
export const mostPlanned = 300;
/** So many events of each name are read for their properties, at most; of more, a random share. */
export const mostRead = 5000;
export const longestDays = 92;

const unseen = /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
const plain = (text: string) => !unseen.test(text);
const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine(
    plain,
    said({
      en: 'The name holds characters that cannot be seen. Type it again instead of pasting it.',
      zh: '名称含有看不见的字符。请手工输入，不要粘贴。',
    }),
  );
const words = (length: number) =>
  z
    .string()
    .trim()
    .max(length)
    .refine((text) => !text.includes('\0'), said({ en: 'The text holds a character of code 0.', zh: '文本含有编码为 0 的字符。' }));

export const propertyTypes = ['string', 'number', 'boolean', 'date'] as const;
export type PropertyType = (typeof propertyTypes)[number];

export const plannedProperty = z.object({
  name,
  type: z
    .enum(propertyTypes)
    .default('string')
    .describe('string: any value, as long as it does not turn into numbers; date: begins with YYYY-MM-DD'),
  required: z.boolean().default(true).describe('Every event carries it'),
  allowed: z.array(words(500).min(1)).max(50).default([]).describe('The only values that it may have; empty for any'),
});
export type PlannedProperty = z.output<typeof plannedProperty>;

export const plannedProperties = z
  .array(plannedProperty)
  .max(50)
  .refine(
    (properties) => new Set(properties.map((property) => property.name)).size === properties.length,
    said({ en: 'Two properties have the same name. Keep one of them.', zh: '有两个属性同名。请只保留一个。' }),
  );

export const plannedEventFields = z.object({
  name,
  description: words(2000).default(''),
  owner: words(120).default('').describe('Who sees to it, in free words'),
  properties: plannedProperties.default([]),
});

export const plannedEvent = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  owner: z.string(),
  properties: z.array(plannedProperty),
  version: z.int().describe('Send it back with a change; a change made meanwhile is refused, not overwritten'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type PlannedEvent = z.output<typeof plannedEvent>;

export const importedPlan = z.object({
  done: z.boolean().describe('Whether it was written; false for a dry run, and while a row cannot be taken'),
  created: z.array(z.object({ id: z.uuid().nullable().describe('null in a dry run'), name: z.string() })),
  changed: z.array(z.object({ id: z.uuid(), name: z.string() })),
  unchanged: z.int().describe('Planned events that the file says nothing new of; those that it does not name stay as they are'),
  faults: z.array(z.object({ line: z.int(), message: z.string() })).describe('Rows that cannot be taken; with one, nothing is written'),
  before: z.string().describe('The changed events as they were, as CSV: imported with emptyClears, it takes the changes back'),
});
export type ImportedPlan = z.output<typeof importedPlan>;

const day = z.iso.date();

/**
 * missing: required, and not carried; type: no value of the planned type, or a text that turned into numbers; value: not allowed;
 * unplanned: carried, and not in the plan.
 */
export const deviationKinds = ['missing', 'type', 'value', 'unplanned'] as const;

const likeness = z.object({
  name: z.string().describe('The planned name that it resembles'),
  by: z.enum(['case', 'spelling']).describe('case: differs in upper case and separators only; spelling: in a letter or two'),
});
export type Likeness = z.output<typeof likeness>;

export const deviation = z.object({
  kind: z.enum(deviationKinds),
  property: z.string(),
  events: z.int().describe('How many of the events that were read deviate'),
  of: z.int().describe('How many events were read'),
  firstDay: day,
  lastDay: day,
  since: z.boolean().describe('missing, type, value: no event after firstDay is as planned, although events before were'),
  example: z.string().nullable().describe('A value that deviates'),
  like: likeness.nullable(),
});
export type Deviation = z.output<typeof deviation>;

export const states = ['as_expected', 'changed', 'quiet', 'missing', 'unplanned'] as const;
export type PlanState = (typeof states)[number];

export const checkedProperty = plannedProperty.extend({ events: z.int().describe('How many of the events that were read carry it') });

export const checkedEvent = z.object({
  id: z.uuid().nullable().describe('Of the planned event; null when it is not in the plan'),
  name: z.string(),
  state: z
    .enum(states)
    .describe(
      'missing: none arrived in the period; quiet: it arrived in the period, and stopped; changed: its properties deviate; unplanned: it arrived and is not in the plan',
    ),
  events: z.int().describe('How many arrived in the period'),
  firstDay: day.nullable().describe('First seen, over all time; null when it never arrived'),
  lastDay: day.nullable().describe('Last seen, over all time'),
  quiet: z
    .object({
      since: day.describe('The first day without any'),
      days: z.int().describe('So many whole days it has been silent'),
      longestGap: z.int().describe('The longest that it was silent before, in days'),
    })
    .nullable()
    .describe(
      'Silent for 3 whole days or more, and more than twice as long as ever in the 92 days before; with fewer than 5 days to go by nothing is said',
    ),
  read: z.int().describe('How many events of the period were read for their properties'),
  properties: z.array(checkedProperty),
  deviations: z.array(deviation),
  like: likeness.nullable(),
});
export type CheckedEvent = z.output<typeof checkedEvent>;

export const period = z.object({
  days: z.coerce.number().int().min(1).max(longestDays).default(30).describe('So many days, the last one included'),
  to: day.optional().describe('Last day of the period; today when it is left out'),
});

export const check = z.object({
  from: day,
  to: day,
  timeZone: z.string(),
  counts: z.record(z.enum(states), z.int()),
  events: z.array(checkedEvent),
  sampled: z.boolean().describe(`Some event arrived more than ${mostRead} times: a random share of it was read for its properties`),
  moreNames: z.boolean().describe('There are more names outside the plan than are listed'),
});
export type Check = z.output<typeof check>;
