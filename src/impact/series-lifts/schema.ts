import { z } from 'zod';
import { answerFacts } from '../questions/schema.ts';

const day = z.iso.date();
const name = z.string().trim().max(200);

export const methods = ['synthetic_control', 'structural_series'] as const;

const predictor = z.object({
  metric: name.min(1).describe('As measurements.list names it'),
  from: day.describe('Mean of its figures from this day'),
  to: day.describe('to this one, both before the change'),
});

export const seriesLiftAsked = z.object({
  metric: name.min(1).describe('What is measured, as measurements.list names it'),
  subject: name.describe('Whom the change touched'),
  on: day.describe('First day after the change'),
  method: z
    .enum(methods)
    .default('synthetic_control')
    .describe('synthetic_control: a mixture of subjects, with placebos; structural_series: a level with regression on a few subjects'),
  donors: z
    .array(name)
    .max(200)
    .default([])
    .describe('Subjects that the change did not touch; empty: all others of the metric. A structural series needs a few that are named'),
  predictors: z
    .array(predictor)
    .max(10)
    .default([])
    .describe('Of a synthetic control: what the mixture is to share with the subject; none: the figures before'),
  season: z.int().min(1).max(53).default(1).describe('Of a structural series: periods after which it repeats; 1 for none'),
});
export type SeriesLiftAsked = z.output<typeof seriesLiftAsked>;

export const seriesLiftAddress = seriesLiftAsked.extend({ metric: name, on: z.union([day, z.literal('')]) });
export type SeriesLiftAddress = z.output<typeof seriesLiftAddress>;

export const refusals = [
  'too_few_donors',
  'too_few_periods_before',
  'no_periods_after',
  'poor_fit',
  'no_controls',
  'too_many_controls',
  'no_variation',
] as const;

const band = z.object({ middle: z.number(), low: z.number().nullable(), high: z.number().nullable() });

const point = z.object({
  at: day,
  observed: z.number(),
  expected: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

export const checks = ['fit', 'placebos', 'donors', 'rehearsal'] as const;

export const seriesLift = z.object({
  metric: z.string(),
  unit: z.string().nullable(),
  subject: z.string(),
  on: day,
  method: z.enum(methods),
  periodsBefore: z.int(),
  periodsAfter: z.int(),
  incomplete: z.array(z.string()).describe('Subjects left out since a period or a predictor of theirs is missing'),
  refused: z.object({ reason: z.enum(refusals), needed: z.number().nullable() }).nullable(),
  effect: z
    .object({
      mean: band.describe('In a period, with its 95% interval; without one where there are too few donors'),
      total: band,
      share: z.number().nullable().describe('Of what would have happened'),
      last: z.number().describe('Gap in the last period'),
      p: z.number().nullable().describe('Rank among the placebos by their number; of a structural series none'),
      rank: z.int().nullable(),
      of: z.int().nullable(),
      tail: z.number().nullable().describe('Posterior chance of an effect on the other side of none'),
      detectable: z.number().describe('Mean effect that would have stood out'),
    })
    .nullable(),
  verdict: z.enum(['effect', 'no_effect_seen', 'cannot_tell']),
  checks: z.array(
    z.object({ name: z.enum(checks), passed: z.boolean().nullable(), value: z.number().nullable(), limit: z.number().nullable() }),
  ),
  weights: z
    .array(z.object({ name: z.string(), weight: z.number() }))
    .describe('Of the mixture, the largest first, or coefficients of the controls'),
  balance: z.array(
    z.object({ metric: z.string(), from: day, to: day, own: z.number(), mixture: z.number(), mean: z.number(), importance: z.number() }),
  ),
  path: z.array(point),
  placebos: z.array(z.object({ name: z.string(), ratio: z.number(), rootMeanSquareBefore: z.number(), gaps: z.array(z.number()) })),
  without: z.array(z.object({ name: z.string(), mean: z.number() })).describe('The mean effect with each weighted donor left out'),
  facts: answerFacts,
});
export type SeriesLift = z.output<typeof seriesLift>;
