import { z } from 'zod';
import { lift } from '../../lifts/schema.ts';
import { definitionParts } from '../../../launch/features/schema.ts';
import { usedDefinition } from '../rests/schema.ts';
import { goal, steps } from '../schema.ts';

const count = z.int().min(0);
const estimate = lift
  .pick({ scale: true, currency: true, unit: true, wanted: true })
  .extend({ effect: z.number(), low: z.number(), high: z.number() });

/** The days whose report is kept as it was. */
export const snapshotDays = [30, 60, 90] as const;
export type SnapshotDay = (typeof snapshotDays)[number];
export const snapshotDay = z.coerce.number().pipe(z.literal(snapshotDays));

export const snapshot = z.object({
  day: z.int(),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  lateDays: z.int().describe('Days after the morning on which the day was over; 0 when it was kept that day'),
  goals: z
    .array(goal.pick({ id: true, name: true, day: true, verdict: true, target: true, result: true, unit: true, leading: true }))
    .describe('What was said of each goal at its horizon'),
});
export type Snapshot = z.output<typeof snapshot>;

const figure = z.object({
  verdict: z.enum(['met', 'missed', 'cannot_tell']).nullable(),
  count,
  of: count,
  effect: estimate.nullable().describe('Of a lift: how much it changed'),
});

export const causes = [
  'launch_changed',
  'feature_changed',
  'method_changed',
  'programs_changed',
  'goal_added',
  'goal_changed',
  'goal_gone',
  'comparison_added',
  'comparison_changed',
  'comparison_gone',
  'data_imported',
  'data_undone',
  'data_erased',
  'events_arrived',
] as const;
export type Cause = (typeof causes)[number];

export const snapshotComparison = z.object({
  day: z.int(),
  madeAt: z.iso.datetime(),
  comparedAt: z.iso.datetime(),
  differs: z.boolean().describe('A figure is another now, by the definitions that were used then'),
  differsByDefinition: z.boolean().describe('A figure is another by the definitions as they are now'),
  definitions: z
    .array(
      usedDefinition.extend({
        newest: usedDefinition.pick({ version: true, rule: true, base: true }),
        changed: z.array(z.enum(definitionParts)),
        by: z.string(),
        at: z.iso.datetime(),
      }),
    )
    .describe('Definitions that say something else now than when it was kept, side by side'),
  figures: z
    .array(
      z.object({
        figure: z.enum(['goal', 'adoption_account', 'adoption_person', ...steps, 'lift', 'sourced', 'influenced']),
        name: z.string().describe('Of the goal or the comparison; empty otherwise'),
        day: z.int().nullable(),
        before: figure.nullable().describe('As it was kept; null where it was not there'),
        now: figure.nullable().describe('The same day, counted now by the definitions that were used then'),
        newest: figure.nullable().describe('The same day, counted now by the definitions as they are now'),
      }),
    )
    .describe('Only those that are another now'),
  causes: z
    .array(
      z.object({
        cause: z.enum(causes),
        name: z.string().describe('Of the goal, the definition or the file'),
        batch: z.int().nullable().describe('Number of the import'),
        at: z.iso.datetime().nullable(),
      }),
    )
    .describe('What has changed since; where the figures are the same, none of it mattered'),
});
export type SnapshotComparison = z.output<typeof snapshotComparison>;
