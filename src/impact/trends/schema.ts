import { z } from 'zod';
import { said } from '../../platform/language.ts';
import { answerFacts, behaviour, behaviourDraft, breakdown, rangeInput, unit } from '../questions/schema.ts';

export const measures = [
  'events',
  'people',
  'accounts',
  'events_per_person',
  'sum',
  'mean',
  'median',
  'stickiness_7',
  'stickiness_28',
] as const;
export type Measure = (typeof measures)[number];
export const ofProperty: readonly Measure[] = ['sum', 'mean', 'median'];
export const ofDays: readonly Measure[] = ['stickiness_7', 'stickiness_28'];
/** What can be added up from the first period on; people and accounts are then counted once. */
export const cumulable: readonly Measure[] = ['events', 'people', 'accounts', 'sum'];

export const periods = ['day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

const measured = {
  measure: z
    .enum(measures)
    .default('people')
    .describe(
      'events counts them, or the uses of a feature; people and accounts are counted once a period; sum, mean and median are of a numeric property; stickiness_7 and _28 are the mean number of days, of the last 7 or 28, on which those who were active were active',
    ),
  property: z.string().trim().max(200).default('').describe('The numeric property of sum, mean and median'),
};

const askedSeries = z
  .discriminatedUnion('kind', [behaviour.options[0].extend(measured), behaviour.options[1].extend(measured)])
  .refine(({ measure, property }) => !ofProperty.includes(measure) || property !== '', {
    message: said({ en: 'name the numeric property that is added up', zh: '请指定要求和的数值属性' }),
    path: ['property'],
  });

export const trendsAsked = z.object({
  series: z
    .array(askedSeries)
    .min(1)
    .max(5)
    .describe('One to five lines, each an event with its filters or the use of a feature, and what is measured'),
  range: rangeInput,
  by: z.enum(periods).default('day').describe('Days of the time zone of the workspace; weeks begin on Monday'),
  breakdown: breakdown.nullish().describe('Ten values with the most, then the rest and the unknown; of the first series only'),
  compare: z.boolean().default(false).describe('With the same number of periods before'),
  cumulative: z.boolean().default(false).describe('Adds up from the first period on; people and accounts are counted once'),
});
export type TrendsAsked = z.output<typeof trendsAsked>;
export type AskedSeries = TrendsAsked['series'][number];

const chosen = { measure: z.enum(measures), property: z.string().max(200) };
/** The question while it is being put together: an event that nobody has chosen yet is ''. */
export const trendsAddress = trendsAsked.extend({
  series: z
    .array(z.discriminatedUnion('kind', [behaviourDraft.options[0].extend(chosen), behaviourDraft.options[1].extend(chosen)]))
    .min(1)
    .max(5),
});
export type TrendsAddress = z.output<typeof trendsAddress>;

export const groupKinds = ['usual', 'other', 'not_set'] as const;

const point = z.object({
  at: z.iso.date().describe('First day of the period'),
  value: z.number().nullable().describe('Null where a mean or median has nothing to be made of'),
  n: z.int().describe('How many events or uses it rests on; of stickiness, how many people'),
  incomplete: z.boolean().optional().describe('The period is not over, or reaches beyond the days that were asked for'),
});
export type TrendPoint = z.output<typeof point>;

const line = z.object({
  key: z.string(),
  series: z.int().describe('Place in the question, from 0'),
  name: z.string(),
  kind: z.enum(groupKinds).default('usual'),
  measure: z.enum(measures),
  counts: z.enum(['events', 'uses']).optional().describe('What measure events counts: events, or uses of a feature'),
  total: z.number().nullable().describe('Over the whole period; people and accounts are counted once'),
  totalBefore: z.number().nullable().optional(),
  points: z.array(point),
  previous: z.array(point).optional().describe('The periods before, place by place'),
});
export type TrendLine = z.output<typeof line>;

export const trends = z.object({
  by: z.enum(periods),
  lines: z.array(line),
  before: z.object({ from: z.iso.date(), to: z.iso.date() }).nullable(),
  withoutPerson: z.int().describe('Events of the first series in the period that name nobody; people do not count them'),
  facts: answerFacts,
});
export type Trends = z.output<typeof trends>;

export const trendRowsAsked = trendsAsked.extend({
  place: z.coerce.number().int().min(0).max(4).default(0).describe('Which series'),
  at: z.iso.date().optional().describe('First day of the period to open; the whole period if not given'),
  group: z
    .object({ kind: z.enum(groupKinds), name: z.string().default('') })
    .optional()
    .describe('Which group of the breakdown'),
  unit: unit.default('people'),
});
export type TrendRowsAsked = z.output<typeof trendRowsAsked>;
