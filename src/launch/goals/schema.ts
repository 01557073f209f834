import { z } from 'zod';
import { step } from '../../impact/questions/schema.ts';
import { eligibility, horizons } from '../launches/schema.ts';

export const purposes = ['awareness', 'consideration', 'usage', 'conversion', 'revenue', 'retention'] as const;
/** With whom what came of a launch can be compared: each can be registered with a goal, and asked as a lift. */
export const designKinds = ['holdout', 'staged', 'matched', 'synthetic', 'structural', 'before_after'] as const;
export const comparisons = [...designKinds, 'none'] as const;
export const metricKinds = ['adoption', 'behaviour', 'won', 'outside'] as const;

const share = z.number().gt(0).max(1);
const unit = z.enum(['account', 'person']).default('account');
const date = z.iso.date();

/** Where a share should be on the way to the horizon. */
export const marks = z.object({ day30: share.nullish(), day60: share.nullish() });

const adoption = z.object({
  kind: z.literal('adoption'),
  featureId: z.uuid().nullable().default(null).describe('The feature that is adopted; the leading one of the launch if not given'),
  featureVersion: z.int().min(1).nullable().default(null).describe('Its version; the newest when the goal is registered if not given'),
  unit,
  marks: marks.default({}).describe('Where adoption should be on the way, shown beside the curve'),
});

const behaviour = z.object({
  kind: z.literal('behaviour'),
  behaviour: step.describe('What is to be done once within the horizon: an event with filters'),
  unit,
});

const won = z.object({ kind: z.literal('won') });

const outside = z.object({
  kind: z.literal('outside'),
  question: z.string().trim().min(1).max(500).describe('What was asked, word for word'),
  source: z.string().trim().min(1).max(300).describe('Where it is measured, such as a recall survey'),
});

export const metric = z
  .discriminatedUnion('kind', [adoption, behaviour, won, outside])
  .describe(
    'adoption: share of the eligible that adopt a feature by the horizon. behaviour: share that did it at least once. won: of the people first contacted in the first half of the horizon after the market date, the share won within as many days. outside: a share measured elsewhere and entered by hand',
  );
export type Metric = z.output<typeof metric>;

export const goalFields = z.object({
  parentId: z.uuid().nullable().default(null).describe('The goal that this one serves: a key result of an objective, a tactic of a goal'),
  purpose: z.enum(purposes),
  name: z.string().trim().min(1).max(200).describe('The goal in words'),
  metric: metric.nullable().default(null).describe('Without one it is an objective or a tactic, and is not judged'),
  target: share.nullable().default(null).describe('The share to reach by the horizon, between 0 and 1'),
  smallestChange: share.nullable().default(null).describe('Smallest change of the share worth having, as a difference between 0 and 1'),
  horizonDays: z.literal(horizons).default(90),
  minimumSample: z.int().min(5).max(10_000).default(20).describe('With fewer, the verdict is "cannot tell"'),
  comparison: z
    .enum(comparisons)
    .default('none')
    .describe('What the share will be compared with; before_after describes only, none judges against the target alone'),
  rule: z
    .string()
    .trim()
    .max(2000)
    .default('')
    .describe(
      'What is decided by it. The verdict is always the same: met when the whole 95% interval of the share at the horizon is at or above the target, missed when it is below, else it cannot be told',
    ),
});
export type GoalFields = z.output<typeof goalFields>;

/** A share that was measured before the launch, from data. */
export const baseline = z.object({
  count: z.int(),
  of: z.int(),
  share: z.number().nullable(),
  low: z.number().nullable().describe('Lower end of the 95% interval'),
  high: z.number().nullable(),
  from: date,
  to: date,
  measuredAt: z.iso.datetime(),
});
export type Baseline = z.output<typeof baseline>;

/** A share that was measured outside, as it was entered. */
export const entry = z.object({
  count: z.int().min(0),
  of: z.int().min(1),
  day: date.describe('Day on which it was measured'),
  by: z.string(),
  at: z.iso.datetime(),
});
export type Entry = z.output<typeof entry>;

/** The words and numbers of a goal that are frozen when it is registered. */
export const goalText = goalFields.omit({ parentId: true }).extend({
  parent: z.string().nullable().describe('Name of the goal that it serves'),
  baseline: baseline.nullable(),
  launch: z.object({ marketDate: date, eligibility }).describe('As the launch was at that time'),
});
export type GoalText = z.output<typeof goalText>;

export const amendment = z.object({
  kind: z
    .enum(['changed', 'withdrawn', 'restored', 'registered_again'])
    .describe('registered_again: from then on it is judged by the text after it'),
  before: goalText,
  after: goalText.nullable().describe('Null where it was withdrawn'),
  reason: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type Amendment = z.output<typeof amendment>;

export const registration = z.object({
  at: z.iso.datetime(),
  by: z.string().describe('Empty where it is not known any more'),
  hash: z.string().describe('SHA-256 of the text as JSON with sorted keys and without spaces'),
  late: z.boolean().describe('On or after the market date'),
  text: goalText.describe('What it is judged by'),
});
export type Registration = z.output<typeof registration>;

export const goal = goalFields.extend({
  id: z.uuid(),
  launchId: z.uuid(),
  position: z.int(),
  baseline: baseline.nullable(),
  outside: z.object({ before: entry.nullable(), after: entry.nullable() }).describe('For metrics of kind outside: what was entered'),
  registered: registration.nullable().describe('Null as long as it is a draft'),
  amendments: z.array(amendment).describe('What was changed after it was registered, the oldest first'),
  withdrawn: z.boolean().describe('Taken back after it was registered; it is judged all the same'),
  version: z.int().describe('Send it back with a change; a change made meanwhile is refused, not overwritten'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Goal = z.output<typeof goal>;
