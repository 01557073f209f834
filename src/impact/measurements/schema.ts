import { z } from 'zod';
import { outlook } from '../outlooks/schema.ts';
import { answerFacts } from '../questions/schema.ts';

const day = z.iso.date();
const name = z.string().trim().max(200);

export const intervals = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Interval = (typeof intervals)[number];

export const metric = z.object({
  metric: z.string(),
  unit: z.string().nullable(),
  subjects: z.int(),
  only: z.string().nullable().describe('Its subject, where it has one alone; such a metric can be a ceiling'),
  values: z.int(),
  first: day,
  last: day,
});
export type Metric = z.output<typeof metric>;

export const subject = z.object({
  subject: z.string().describe('Empty: the metric says of nobody in particular'),
  values: z.int(),
  first: day,
  last: day,
  latest: z.number(),
});
export type Subject = z.output<typeof subject>;

/** Published figures of one metric: how those of one or several subjects went, and how they may go on. */
export const measurementsAsked = z.object({
  metric: name.min(1).describe('As measurements.list names it'),
  subjects: z.array(name).min(1).max(8).describe("Whose figures, as measurements.subjects names them; '' for a metric without subjects"),
  counts: z
    .enum(['in_use', 'new'])
    .default('in_use')
    .describe('What a figure counts: all who have it at that time, or those who came in the period'),
  ceiling: z
    .object({ metric: name.min(1), subject: name.default('') })
    .nullish()
    .describe('Shares of this metric at the same time, such as all installations of the product'),
  from: z.enum(['date', 'beginning']).default('date').describe('Laid out by date, or over each other, each from its own beginning'),
  horizon: z.int().min(0).max(60).default(12).describe('Periods of the outlook; 0 for none'),
});
export type MeasurementsAsked = z.output<typeof measurementsAsked>;

/** The question while it is being put together. */
export const measurementsAddress = measurementsAsked.extend({
  metric: name,
  subjects: z.array(name).max(8),
});
export type MeasurementsAddress = z.output<typeof measurementsAddress>;

const point = z.object({
  at: day.describe('First day of the period'),
  age: z.int().describe('Periods since the beginning of the curve'),
  count: z.number().describe('As measured; added up where figures count those who came'),
  of: z.number().nullable().describe('The ceiling at the time'),
  value: z.number().nullable().describe('What is drawn: the count, or its share of the ceiling; null where the ceiling is not known'),
});
export type Point = z.output<typeof point>;

const curve = z.object({
  subject: z.string(),
  first: day,
  last: day,
  beginning: z
    .enum(['seen', 'not_seen'])
    .describe('not_seen: the subject was there when the metric was first measured, so that it is not known when it began'),
  points: z.array(point),
  gaps: z.array(z.object({ from: day, to: day, periods: z.int() })).describe('Periods without a figure, between others'),
  highest: z.object({ at: day, value: z.number() }).nullable(),
  outlook: outlook
    .extend({ ahead: z.array(outlook.shape.ahead.element.extend({ at: day, age: z.int() })) })
    .nullable()
    .describe('Null when none was asked for'),
});
export type Curve = z.output<typeof curve>;

export const measurements = z.object({
  metric: z.string(),
  unit: z.string().nullable(),
  ceiling: z.object({ metric: z.string(), subject: z.string() }).nullable(),
  counts: measurementsAsked.shape.counts.unwrap(),
  from: measurementsAsked.shape.from.unwrap(),
  horizon: z.int(),
  interval: z.enum(intervals).describe('How far figures lie apart'),
  isRegular: z.boolean().describe('Whether they lie evenly apart; else nothing can be said of gaps and of the outlook'),
  curves: z.array(curve),
  missing: z.array(z.string()).describe('Subjects that were asked for and have no figure'),
  facts: answerFacts,
});
export type Measurements = z.output<typeof measurements>;
