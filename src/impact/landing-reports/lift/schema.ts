import { z } from 'zod';
import { comparisons } from '../../../launch/goals/schema.ts';
import { lift } from '../../lifts/schema.ts';
import { seriesPart } from '../../lifts/series/schema.ts';

export const silences = ['none', 'before_after', 'not_asked', 'not_reached', 'cannot_ask'] as const;

export const foundLift = lift
  .pick({
    comparison: true,
    unit: true,
    wanted: true,
    scale: true,
    currency: true,
    observed: true,
    counterfactual: true,
    estimate: true,
    refused: true,
    checks: true,
    worthHaving: true,
    next: true,
    verdict: true,
    reason: true,
    sentence: true,
  })
  .extend({
    series: seriesPart.pick({ subject: true, on: true, periodsBefore: true, periodsAfter: true, rank: true, of: true }).nullish(),
  });

/** As much of an answer as the report says. */
export type FoundLift = z.output<typeof foundLift>;

/** What a comparison says of a registered goal, or why nothing can be said of the cause. */
export const reportedLift = z.object({
  goal: z.object({ id: z.string(), name: z.string() }),
  registered: z.enum(comparisons).describe('The comparison that was registered'),
  question: z
    .object({ id: z.uuid(), name: z.string(), version: z.int(), asked: z.record(z.string(), z.unknown()) })
    .nullable()
    .describe('The comparison that is kept with this goal, as it is asked'),
  found: foundLift.nullable(),
  silence: z
    .enum(silences)
    .nullable()
    .describe(
      'Why there is no answer. none, before_after: that was registered; not_asked: no comparison is kept with this goal; not_reached: it reads to a day after the last one of this report; cannot_ask: refusal says why',
    ),
  refusal: z.object({ en: z.string(), zh: z.string() }).nullable(),
  readsTo: z.iso.date().nullable().describe('The last day that the comparison reads, where it names one'),
});
export type ReportedLift = z.output<typeof reportedLift>;

export const reportedLifts = z.object({
  lines: z.array(reportedLift).describe('20 comparisons at most'),
  inAll: z.int().min(0).describe('How many there are'),
});
export type ReportedLifts = z.output<typeof reportedLifts>;
