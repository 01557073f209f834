import { use } from '../../launch/uses/schema.ts';
import { statement } from '../../launch/positionings/schema.ts';
import { z } from 'zod';
import { deliverable } from '../../launch/deliverables/schema.ts';
import { featureBase, featureRule, featureVersion } from '../../launch/features/schema.ts';
import { criterionKind, gateStage } from '../../launch/gates/schema.ts';
import { amendment, baseline, comparisons, metricKinds, purposes, registration } from '../../launch/goals/schema.ts';
import { reportedLifts } from './lift/schema.ts';
import { launchPipeline } from './pipeline/schema.ts';
import { restsOn } from './rests/schema.ts';

/** Under 5 observations nothing is said, under 20 only the counts. */
export const fewest = 5;
export const fewForShare = 20;

const count = z.int().min(0);
const share = z.number().min(0).max(1).nullable();
const days = z.number().nullable();
const day = z.iso.date().nullable();

/** A share is never alone: its counts, its 95% interval (Wilson), and whether it may be shown at all. */
export const countedShare = z.object({
  count: count.describe('How many did'),
  of: count.describe('Of how many'),
  share: share.describe('count / of; null unless measured'),
  low: share.describe('Lower end of the 95% interval'),
  high: share.describe('Upper end of the 95% interval'),
  state: z
    .enum(['measured', 'counts_only', 'too_few', 'not_yet'])
    .describe('counts_only: under 20, no rate is shown; too_few: under 5; not_yet: the data do not reach that day'),
});
export type CountedShare = z.output<typeof countedShare>;

export const median = z.object({
  days: days.describe('Median days since first contact, over known times of 0 or more'),
  low: days.describe('Lower end of the 95% interval; null with fewer than 6 times'),
  high: days,
  of: count.describe('How many times it rests on'),
  undated: count.describe('Arrived, but the time is not known'),
  negative: count.describe('Dated before the first contact: counted as arrived, left out of the median'),
});
export type Median = z.output<typeof median>;

const mark = countedShare.extend({ day: z.int(), target: share });
export type Mark = z.output<typeof mark>;

const unitAdoption = z.object({
  eligible: count,
  users: count.describe('Used it at least once'),
  now: countedShare.describe('Adopted by the last complete day'),
  marks: z.array(mark).describe('Days 30, 60 and 90'),
  curve: z
    .array(z.object({ day: z.int(), count, share: z.number(), low: z.number(), high: z.number() }))
    .describe('One point per complete day, from day 0'),
  landfallDay: z.int().nullable().describe('First day at or above the target that stays there'),
});
export type UnitAdoption = z.output<typeof unitAdoption>;

export const standings = [
  'eligible',
  'created_later',
  'other_plan',
  'plan_unknown',
  'other_segment',
  'segment_unknown',
  'no_access',
  'access_later',
] as const;
export const reasons = [
  'no_feature',
  'no_events',
  'no_uses',
  'no_accounts',
  'no_people',
  'too_few',
  'not_yet',
  'interval_holds_target',
  'no_contacts',
  'not_entered',
] as const;

const judged = z.object({
  day: z.int(),
  target: z.number(),
  result: countedShare,
  verdict: z.enum(['met', 'missed', 'cannot_tell']),
  reason: z.enum(reasons).nullable().describe('Why it cannot be told'),
  needed: z.int().nullable().describe('How many would be needed to tell'),
});

export const goal = judged.extend({
  id: z.string().describe('Of the goal; its marks have the same'),
  name: z.string(),
  leading: z.boolean().describe('On the adoption that the curve shows'),
  metric: z.enum(metricKinds),
  kind: z.enum(['horizon', 'mark']),
  unit: z.enum(['account', 'person', 'contact', 'answer']).describe('What the result counts'),
});
export type Goal = z.output<typeof goal>;
export type LeadingGoal = Goal & { unit: 'account' | 'person' };

export const textParts = [
  'purpose',
  'name',
  'parent',
  'metric',
  'target',
  'smallestChange',
  'horizonDays',
  'minimumSample',
  'comparison',
  'rule',
  'baseline',
  'launch',
] as const;
export type TextPart = (typeof textParts)[number];

/** What was registered, and what became of it. */
export const registeredGoal = z.object({
  id: z.string(),
  name: z.string(),
  purpose: z.enum(purposes),
  parent: z.string().nullable(),
  metric: z.enum(metricKinds).nullable(),
  measured: z.string().nullable().describe('The feature, the event or the question that it is measured by'),
  comparison: z.enum(comparisons),
  smallestChange: z.number().nullable(),
  rule: z.string(),
  baseline: baseline.nullable(),
  registered: registration.omit({ text: true }).extend({ marketDate: z.iso.date().describe('Of the launch at that time') }),
  withdrawn: z.boolean(),
  eligibilityChanged: z.boolean().describe('The launch is for others now; the goal is judged on those for whom it was registered'),
  amendments: z.array(amendment.pick({ kind: true, reason: true, by: true, at: true }).extend({ changed: z.array(z.enum(textParts)) })),
  amended: judged.nullable().describe('The verdict by the text as it is now, where that is another than the registered one'),
});
export type RegisteredGoal = z.output<typeof registeredGoal>;

export const steps = ['first_contact', 'opportunity', 'won', 'revenue'] as const;
export type Step = (typeof steps)[number];

const funnelStep = z.object({
  step: z.enum(steps),
  count,
  ofPrevious: countedShare.nullable().describe('Share of the step before; null for first contact'),
  ofFirst: countedShare.nullable().describe('Share of all first contacts'),
  time: median.nullable(),
});
export type FunnelStep = z.output<typeof funnelStep>;

export const money = z.object({
  currency: z.string().describe('Empty where the source names none'),
  interval: z.string().describe('month, year, or empty for single payments'),
  amount: z.number(),
  movements: count,
  unpriced: count.describe('Movements without an amount'),
});
export type Money = z.output<typeof money>;

const originRow = z.object({
  origin: z.string().describe('Channel of the first contact; empty where the source leaves it empty'),
  contacts: count,
  opportunity: count,
  won: countedShare,
  revenue: count,
  time: median.describe('First contact to won'),
  money: z.array(money).describe('Once per currency and billing interval; these are never added up'),
});
export type OriginRow = z.output<typeof originRow>;

const segmentRow = z.object({
  segment: z.string().describe('Empty where unknown'),
  accounts: count,
  adopted: countedShare.describe('Adopted, of the eligible accounts of the segment'),
  opportunities: count.describe('Accounts with an opportunity'),
  won: count.describe('Accounts with a won one'),
  withRevenue: count,
});
export type SegmentRow = z.output<typeof segmentRow>;

export const comparison = z.object({
  label: z.literal('descriptive').describe('Without a comparison group nothing is said about the cause'),
  state: z.enum(['measured', 'counts_only', 'too_few', 'not_yet']),
  windowDays: z.int().describe('Length of each window, and of the time that each person gets to be won'),
  before: countedShare,
  after: countedShare,
  difference: z
    .object({ value: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('After minus before, 95% interval (Newcombe)'),
  undated: count.describe('Won in these windows, but nobody knows when'),
});
export type Comparison = z.output<typeof comparison>;

export const landingReport = z.object({
  launch: z.object({ key: z.string(), name: z.string(), tier: z.int(), stage: z.string(), readyDate: day, marketDate: z.iso.date() }),
  feature: z
    .object({
      id: z.string(),
      name: z.string(),
      version: z.int(),
      rule: featureRule,
      base: featureBase,
      newest: featureVersion
        .pick({ version: true, changed: true, createdBy: true, createdAt: true })
        .nullable()
        .describe('The feature has changed since the goal was registered: its newest version, and what is another there'),
    })
    .nullable()
    .describe('In the version that the goal was registered with; without a goal in the newest'),
  eligibility: z.object({ plans: z.array(z.string()), segments: z.array(z.string()), createdBeforeMarketDate: z.boolean() }),
  definition: z
    .object({ launch: z.int(), feature: z.int().nullable() })
    .describe('Versions of the launch and of the feature rule that the figures follow'),
  goalRegisteredAt: z.iso.datetime().nullable(),
  goalRegisteredLate: z.boolean().describe('The goal was set or changed on or after the market date'),
  madeAt: z.iso.datetime(),
  timeZone: z.string(),
  dataTo: z.object({ events: day, deals: day }),
  dayReached: z.int().describe('Complete days since the market date that the events cover'),
  horizonDays: z.int(),
  adoption: z.object({ account: unitAdoption, person: unitAdoption }),
  base: z.object({
    accounts: z.array(z.object({ standing: z.enum(standings), accounts: count })).describe('Every account, eligible or why not'),
    undated: count.describe('Eligible accounts without a creation date: they are counted'),
    outside: z.object({ uses: count, accounts: count, withoutAccount: count }).describe('Uses of the feature that the base does not cover'),
  }),
  goals: z.array(goal).describe('Each registered goal at its horizon, and the marks on the way; the one that leads first'),
  registeredGoals: z.array(registeredGoal).describe('What was registered and amended, goals without a metric included'),
  overrides: z
    .array(z.object({ stage: gateStage, kind: criterionKind, text: z.string(), reason: z.string(), by: z.string(), at: z.iso.datetime() }))
    .describe('Criteria of gates that somebody let be, and why'),
  work: z.object({
    deliverables: count,
    shipped: count,
    behind: z
      .array(
        deliverable
          .pick({ id: true, name: true, required: true, status: true, dueOn: true, shippedOn: true, droppedReason: true })
          .extend({ daysLate: count.describe('After it was due, until it shipped or until today') }),
      )
      .describe('What shipped late, has not shipped though it was due, or was dropped'),
    uses: z
      .array(use.pick({ downloads: true, clicks: true, lastOn: true }).extend({ id: z.uuid(), name: z.string(), since: day.nullable() }))
      .default([])
      .describe('How often what was approved or shipped was used since it could be counted, where that is measured; the least used first'),
    unmeasured: count
      .nullable()
      .default(null)
      .describe('How many of those nobody can tell the use of; null where a snapshot is older than the count'),
  }),
  said: z
    .object({
      statements: z
        .array(statement.pick({ id: true, quote: true, who: true, account: true, stage: true, day: true, verdict: true }))
        .describe('What testers and customers said from the market date on, the newest first; 20 at most'),
      inAll: count.describe('How many such statements there are'),
      announcements: z
        .array(z.object({ id: z.uuid(), slug: z.string(), title: z.string(), publishedAt: z.iso.datetime(), views: count, clicks: count }))
        .describe('What was published of the launch, and how often its page was opened and its link followed: times, not people'),
    })
    .default({ statements: [], inAll: 0, announcements: [] })
    .describe('What was said of the launch since the market date, and what was opened of what it said itself'),
  drafts: count.describe('Goals that are not registered, and not judged'),
  funnel: z.object({
    from: day,
    to: day,
    skipped: count.describe('Revenue without a won opportunity: not in the last step'),
    hasRevenue: z.boolean().describe('Without any revenue imported, nobody can be seen to bring some'),
    steps: z.array(funnelStep),
  }),
  byOrigin: z.array(originRow),
  moneyWithoutContact: z.array(money).describe('Revenue of accounts and people without a first contact'),
  bySegment: z.array(segmentRow),
  beforeAfter: comparison,
  lifts: reportedLifts
    .default({ lines: [], inAll: 0 })
    .describe(
      'Of each registered goal with a metric: what the launch changed against what would have happened anyway, or why that cannot be told',
    ),
  pipeline: launchPipeline
    .nullable()
    .default(null)
    .describe('What the launch sourced, influenced and accelerated; null where the report was kept before that was in it'),
  restsOn: restsOn
    .nullable()
    .default(null)
    .describe('The definitions and data that it was made from; counted again from these it says the same'),
});
export type LandingReport = z.output<typeof landingReport>;

/** The goal on the adoption that the report is about, at its horizon. */
export const leadingGoal = (report: Pick<LandingReport, 'goals'>): LeadingGoal | undefined =>
  report.goals.find((one): one is LeadingGoal => one.leading && one.kind === 'horizon');

export const figures = ['accounts', 'adoption_account', 'adoption_person', 'funnel', 'deals', 'money'] as const;

/** Names a figure of the report, so that it can be opened to the rows behind it. */
export const figureAsked = z.object({
  figure: z
    .enum(figures)
    .describe(
      'Which rows: the accounts and their standing, adoption by account or person, people in the funnel, accounts with deals, movements of revenue',
    ),
  standing: z.enum(standings).optional().describe('accounts: only these'),
  adoptedBy: z.coerce.number().int().min(0).max(90).optional().describe('adoption: only those that had adopted by this day'),
  use: z.enum(['some', 'none']).optional().describe('adoption: only those that used it at all, or never'),
  step: z.enum(steps).optional().describe('funnel and deals: only those that reached this step'),
  time: z.enum(['timed', 'undated', 'negative']).optional().describe('funnel: only those whose time to the step is such'),
  origin: z.string().max(500).optional().describe('funnel and money: only this origin; empty text for the empty one'),
  segment: z.string().max(500).optional().describe('accounts and adoption: only this segment; empty text for the unknown one'),
  currency: z.string().max(10).optional().describe('money: only this currency'),
  interval: z.string().max(10).optional().describe('money: only this billing interval; empty text for single payments'),
  side: z.enum(['before', 'after']).optional().describe('funnel: only first contacts in the window before or after the market date'),
  window: z.coerce.number().int().min(0).max(90).default(0).describe('funnel: length in days of that window and of the follow-up'),
  inTime: z.enum(['yes']).optional().describe('funnel: only those won within the follow-up'),
  contact: z.enum(['known', 'none']).optional().describe('money: with or without a first contact'),
});
export type FigureAsked = z.input<typeof figureAsked> & { adoptedBy?: number; window?: number };

export const figureRows = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
  total: count,
  offset: count,
});
export type FigureRows = z.output<typeof figureRows>;
