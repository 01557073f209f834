import { z } from 'zod';
import { answerFacts, behaviour, behaviourDraft, breakdown, rangeInput, unit } from '../questions/schema.ts';
import { groupKinds, periods } from '../trends/schema.ts';

export const kinds = ['on', 'onOrAfter'] as const;
export type RetentionKind = (typeof kinds)[number];

/** How many periods can be followed. */
export const mostPeriods = { day: 31, week: 26, month: 24 } as const;
export const mostCohorts = 100;

/**
 * Who comes back. Each person or account begins on the first day on which it did `start`, over all time; those whose first day is in the
 * range are counted, in the cohort of the calendar period of that day. Period k is the k-th calendar period after it. A unit comes back in
 * a period with a `return` on one of its days; in period 0 only the days from the first one on count, that day included.
 */
export const retentionAsked = z.object({
  start: behaviour
    .nullish()
    .describe(
      'What they begin with, the first time over all time: an event, or the use of a feature; null: when they were first seen at all, over all time',
    ),
  return: behaviour.nullish().describe('What coming back is: an event, or the use of a feature; null: anything that they do'),
  by: z.enum(periods).default('week').describe('Days of the time zone of the workspace, weeks from Monday, or calendar months'),
  periods: z.int().min(1).max(31).default(8).describe('How many periods after the first: up to 31 days, 26 weeks or 24 months'),
  kind: z
    .enum(kinds)
    .default('on')
    .describe(
      'on: came back in exactly that period; onOrAfter: in that period or any later one until today, so that earlier cohorts have had longer',
    ),
  unit: unit.default('people'),
  range: rangeInput.describe('When they began'),
  breakdown: breakdown
    .nullish()
    .describe('A property of the event with which they began, or a field of the person or account as it is now'),
});
export type RetentionAsked = z.output<typeof retentionAsked>;

const chosenLater = behaviourDraft.nullish();
/** The question while it is being put together: an event that nobody has chosen yet is ''. */
export const retentionAddress = retentionAsked.extend({ start: chosenLater, return: chosenLater });
export type RetentionAddress = z.output<typeof retentionAddress>;

const cell = z.object({
  count: z.int().describe('How many came back'),
  of: z.int().describe('Of how many'),
  share: z.number().nullable().describe('Null of fewer than five'),
  low: z.number().nullable().describe('Of a 95% interval; null of fewer than twenty, of too few accounts, and while the period goes on'),
  high: z.number().nullable(),
  incomplete: z.boolean().describe('The period goes on, or the events do not reach to its end: more may still come back'),
});
export type RetentionCell = z.output<typeof cell>;

const cells = z.array(cell.nullable()).describe('Periods 0, 1, 2 and so on; null where the period has not begun, or no events reach it');

const cohort = z.object({
  start: z.iso.date().describe('First day of the period in which they began'),
  n: z.int(),
  partial: z.boolean().describe('Some days of the period were not asked for, or are not over'),
  cells,
});
export type RetentionCohort = z.output<typeof cohort>;

const pooled = z.object({ n: z.int().describe('All who began in the range'), cells });
export type RetentionPooled = z.output<typeof pooled>;

export const retention = z.object({
  unit,
  by: z.enum(periods),
  kind: z.enum(kinds),
  lastDay: z.iso.date().nullable().describe('The last day that is over and that events cover; null without events'),
  all: pooled.describe('All cohorts together; each period of those only for whom it is over'),
  cohorts: z.array(cohort).describe('Periods in which nobody began are left out'),
  groups: z.array(pooled.extend({ kind: z.enum(groupKinds), name: z.string() })),
  facts: answerFacts,
});
export type Retention = z.output<typeof retention>;

export const whiches = ['came', 'not'] as const;

export const retentionRowsAsked = retentionAsked.extend({
  place: z.coerce.number().int().min(0).max(31).describe('Period, from 0'),
  cohort: z.iso.date().nullish().describe('First day of the cohort; all for whom the period is over if not given'),
  which: z.enum(whiches).default('came').describe('Those who came back, or those who did not (while the period goes on: not yet)'),
  group: z.object({ kind: z.enum(groupKinds), name: z.string().default('') }).nullish(),
});
export type RetentionRowsAsked = z.output<typeof retentionRowsAsked>;
