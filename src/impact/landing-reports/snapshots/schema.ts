import { z } from 'zod';
import { lift } from '../../lifts/schema.ts';
import { goal, steps } from '../schema.ts';

const count = z.int().min(0);
const estimate = lift
  .pick({ scale: true, currency: true, unit: true, wanted: true })
  .extend({ effect: z.number(), low: z.number(), high: z.number() });

/** The days whose report is kept as it was. */
export const snapshotDays = [30, 60, 90] as const;
export type SnapshotDay = (typeof snapshotDays)[number];
export const snapshotDay = z.coerce.number().pipe(z.literal(snapshotDays));

/** What a snapshot rested on. */
export const snapshotBasis = z.object({
  launch: z.int().describe('Version of the launch'),
  feature: z.int().nullable(),
  goals: z.array(z.object({ id: z.string(), name: z.string(), version: z.int() })),
  comparisons: z
    .array(z.object({ id: z.string(), name: z.string(), version: z.int() }))
    .default([])
    .describe('Comparisons that are kept with its goals'),
  imports: z.string().describe('Moves on with every import, undo and erasure'),
  events: z.string().describe('Moves on with every event, and with who is who'),
});
export type SnapshotBasis = z.output<typeof snapshotBasis>;

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
  differs: z.boolean(),
  figures: z
    .array(
      z.object({
        figure: z.enum(['goal', 'adoption_account', 'adoption_person', ...steps, 'lift']),
        name: z.string().describe('Of the goal or the comparison; empty otherwise'),
        day: z.int().nullable(),
        before: figure.nullable().describe('As it was kept; null where it was not there'),
        now: figure.nullable().describe('The same day, counted now'),
      }),
    )
    .describe('Only those that are another now'),
  causes: z
    .array(z.object({ cause: z.enum(causes), name: z.string().describe('Of the goal or the file'), at: z.iso.datetime().nullable() }))
    .describe('What has changed since; where the figures are the same, none of it mattered'),
});
export type SnapshotComparison = z.output<typeof snapshotComparison>;
