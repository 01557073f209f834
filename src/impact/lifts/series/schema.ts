import { z } from 'zod';
import { step } from '../../questions/schema.ts';

const day = z.iso.date();
const name = z.string().trim().max(200);

const predictor = z.object({
  metric: name.min(1).describe('As measurements.list names it'),
  from: day.describe('Mean of its figures from this day'),
  to: day.describe('to this one, both before the change'),
});

const subject = name.describe('Whom the change touched');
const on = day.describe('First day after the change');
const donors = z.array(name).max(200).default([]);

/** One subject of a series changed, and the others say what would have happened. */
export const seriesDesigns = {
  synthetic: z.object({
    kind: z.literal('synthetic'),
    subject,
    on,
    donors: donors.describe('Subjects that the change did not touch; empty: all others'),
    predictors: z
      .array(predictor)
      .max(10)
      .default([])
      .describe('What the mixture is to share with the subject before; none: the figures themselves'),
  }),
  structural: z.object({
    kind: z.literal('structural'),
    subject,
    on,
    donors: donors.describe('A few subjects that the change did not touch, named'),
    season: z.int().min(1).max(53).default(1).describe('Periods after which it repeats; 1 for none'),
  }),
};

export const countedNames = ['events', 'accounts', 'people', 'per_account'] as const;

export const seriesOutcomes = {
  measured: z
    .object({ kind: z.literal('measured'), metric: name.min(1) })
    .describe('The figures of each subject of a metric, as measurements.list names it'),
  done_by: z
    .object({
      kind: z.literal('done_by'),
      behaviour: step.extend({ event: z.string().min(1).max(200) }),
      property: name.min(1).describe('Property or field of the account; each value of it is one series'),
      counted: z
        .enum(countedNames)
        .default('events')
        .describe('events, how many accounts or people did it, or events for each account of the value'),
      by: z.enum(['week', 'month']).default('week'),
      from: day,
      to: day,
    })
    .describe('What accounts did in each period, one series for each value of a property'),
};

const standing = z.object({ name: z.string(), ratio: z.number(), rootMeanSquareBefore: z.number(), gaps: z.array(z.number()) });

/** What a comparison of one line with others rests on. */
export const seriesPart = z.object({
  subject: z.string(),
  measure: z.string().describe('What is measured'),
  unit: z.string().nullable(),
  on: day,
  periodsBefore: z.int(),
  periodsAfter: z.int(),
  incomplete: z.array(z.string()).describe('Subjects left out since a period or a predictor of theirs is missing'),
  mean: z.number().nullable().describe('Mean gap of a period after; without an interval where the others are too few for one'),
  share: z.number().nullable().describe('The effect as a share of what would have happened'),
  last: z.number().nullable().describe('Gap in the last period'),
  rank: z.int().nullable().describe('How far it stands out among the placebos'),
  of: z.int().nullable(),
  tail: z.number().nullable().describe('Of a structural series: posterior chance of an effect on the other side of none'),
  weights: z
    .array(
      z.object({ name: z.string(), weight: z.number(), without: z.number().nullable().describe('The mean effect with this one left out') }),
    )
    .describe('Of the mixture, the largest first, or coefficients of the controls'),
  balance: z.array(
    z.object({ metric: z.string(), from: day, to: day, own: z.number(), mixture: z.number(), mean: z.number(), importance: z.number() }),
  ),
  placebos: z.array(standing),
});
export type SeriesPart = z.output<typeof seriesPart>;
