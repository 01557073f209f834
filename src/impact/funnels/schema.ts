import { z } from 'zod';
import { said } from '../../platform/language.ts';
import { answerFacts, behaviour, behaviourDraft, breakdown, rangeInput, unit } from '../questions/schema.ts';

export const orders = ['ordered', 'strict', 'any'] as const;
export type Order = (typeof orders)[number];
export const windowUnits = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
export const windowIn = ['minutes', 'hours', 'days'] as const;

export const funnelWindow = z.object({ count: z.int().min(1).max(10_000), in: z.enum(windowIn) });
export type FunnelWindow = z.output<typeof funnelWindow>;
export const millisecondsOf = ({ count, in: size }: FunnelWindow): number => count * windowUnits[size];
export const longestDays = 366;

/**
 * Who reached what. An entry is a first step within the period. From each entry its steps are followed until the window ends (its last
 * millisecond counts) or an excluded event comes; a unit stands where its entry that leads furthest ends, of equals the earliest one.
 * What happens in the same millisecond is taken in the order of the steps, and one event is one step only.
 */
export const funnelAsked = z.object({
  steps: z
    .array(behaviour)
    .min(2)
    .max(8)
    .describe('Two to eight steps, each an event with its filters, or the use of a feature whose uses are single events'),
  order: z
    .enum(orders)
    .default('ordered')
    .describe(
      'ordered: each step some time after the one before; strict: with no other event of the same person or account between; any: the steps in any order, beginning with any of them',
    ),
  window: funnelWindow
    .default({ count: 14, in: 'days' })
    .refine(
      (window) => millisecondsOf(window) <= longestDays * windowUnits.days,
      said({ en: `the window is at most ${longestDays} days`, zh: `时限最长为 ${longestDays} 天` }),
    )
    .describe('How long after the first step the others count; it may run past the end of the period'),
  exclusions: z.array(behaviour).max(3).default([]).describe('Events that end the way: a later step does not count after one of them'),
  range: rangeInput.describe('When the first step was made'),
  unit: unit.default('people'),
  breakdown: breakdown.nullish().describe('A property of the event of the first step, or a field of the person or account as it is now'),
});
export type FunnelAsked = z.output<typeof funnelAsked>;

const chosenLater = z.array(behaviourDraft);
/** The question while it is being put together: an event that nobody has chosen yet is ''. */
export const funnelAddress = funnelAsked.extend({ steps: chosenLater.min(2).max(8), exclusions: chosenLater.max(3) });
export type FunnelAddress = z.output<typeof funnelAddress>;

const share = z.object({
  share: z.number().nullable().describe('Null without anybody to make a share of'),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type FunnelShare = z.output<typeof share>;

const reached = z.object({
  name: z.string(),
  count: z.int().describe('How many came to this step, also those who went on'),
  stopped: z.int().describe('How many came to this step and no further, and have no time left; of the last step 0'),
  underWay: z.int().describe('How many came to this step and no further, and still have time'),
  ofFirst: share.describe('Of those of the first step, with a 95% interval'),
  ofPrevious: share.nullable(),
  seconds: z
    .object({ p10: z.number(), median: z.number(), p90: z.number() })
    .nullable()
    .describe('From the step before, of those who made it'),
});
export type FunnelReached = z.output<typeof reached>;

export const groupKinds = ['usual', 'other', 'not_set'] as const;
export const intervalMethods = ['by_account', 'independent', 'none'] as const;

export const funnel = z.object({
  unit,
  steps: z.array(reached),
  groups: z.array(z.object({ kind: z.enum(groupKinds), name: z.string(), steps: z.array(reached) })),
  settled: z
    .object({ of: z.int(), count: z.int(), ...share.shape })
    .describe('The same share of only those whose first entry is a whole window ago, so that those with time left do not weigh it down'),
  interval: z
    .enum(intervalMethods)
    .describe('by_account: people of one account are alike, so accounts are counted; independent: Wilson; none: too few accounts'),
  accounts: z.int().describe('How many accounts they are of; a person without one counts as one'),
  facts: answerFacts,
});
export type Funnel = z.output<typeof funnel>;

export const funnelRowsAsked = funnelAsked.extend({
  place: z.coerce.number().int().min(1).max(8).describe('Step, from 1'),
  which: z
    .enum(['reached', 'stopped', 'underWay'])
    .default('reached')
    .describe('Those who came to the step; those who came no further and have no time left; those who came no further and still have time'),
  group: z.object({ kind: z.enum(groupKinds), name: z.string().default('') }).optional(),
});
export type FunnelRowsAsked = z.output<typeof funnelRowsAsked>;
