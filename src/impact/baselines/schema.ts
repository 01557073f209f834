import { z } from 'zod';
import { baseline, goalFields, metric } from '../../launch/goals/schema.ts';

export const hindrances = [
  'no_feature',
  'no_events',
  'no_deals',
  'not_entered',
  'no_eligible',
  'too_few',
  'no_baseline',
  'no_room',
  'one_series',
  'change_too_small',
  'target_too_close',
] as const;

export const baselineAsked = goalFields
  .pick({ target: true, smallestChange: true, horizonDays: true, minimumSample: true, comparison: true })
  .extend({
    launch: z.string().min(1).max(120).describe('Key or id of the launch'),
    metric,
    goal: z.uuid().optional().describe('For a metric of kind outside: the goal whose entered share is the baseline'),
  });
export type BaselineAsked = z.output<typeof baselineAsked>;

export const measuredBaseline = z.object({
  unit: z.enum(['account', 'person', 'contact', 'answer']),
  baseline: baseline
    .nullable()
    .describe('The share over as many days before the market date, or before today if that is earlier, with its 95% interval'),
  eligible: z
    .int()
    .describe('How many there are to measure: eligible now, contacts of the window before, or answers that the goal asks for'),
  effective: z
    .number()
    .nullable()
    .describe('For people: as many independent ones as these would tell, since people of an account are alike'),
  design: z
    .enum(['two_groups', 'against_target', 'one_series'])
    .describe(
      'two_groups where the goal names a comparison: halves of the eligible, or before and after. one_series: a synthetic control or a structural series, whose power is not in how many there are',
    ),
  groups: z.array(z.number()).describe('How many stand in each group'),
  detectable: z
    .object({ from: z.number(), share: z.number(), difference: z.number() })
    .nullable()
    .describe('The smallest distance from the target, or from the baseline, that shows with a power of 80%, two-sided at 5%'),
  answerable: z.enum(['yes', 'no', 'unknown']).describe('unknown: without a target or a smallest change, or without a baseline'),
  why: z.enum(hindrances).nullable().describe('What stands in the way, first things first'),
});
export type MeasuredBaseline = z.output<typeof measuredBaseline>;
