import { z } from 'zod';
import { conversion, convertTo } from '../../collect/exchange-rates/schema.ts';
import { answerFacts, breakdown, rangeInput } from '../questions/schema.ts';
import { groupKinds as breakdownKinds } from '../trends/schema.ts';

/** What an account's recurring revenue did from the end of one month to the end of the next. */
export const movements = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export type Movement = (typeof movements)[number];

/** Imported movements that say how a subscription went on; orders are not recurring, and invoices are where they say for how many months. */
export const subscriptionKinds = ['new', 'expansion', 'contraction', 'churn'] as const;

/** Billing intervals that are understood, and how many months each is. A week is 12/52 of a month. */
export const monthsOf: Readonly<Record<string, number>> = {
  ...Object.fromEntries(['week', 'weekly', 'weeks', '周'].map((name) => [name, 12 / 52])),
  ...Object.fromEntries(['month', 'monthly', 'months', 'mo', '月', '每月'].map((name) => [name, 1])),
  ...Object.fromEntries(['quarter', 'quarterly', '季', '季度'].map((name) => [name, 3])),
  ...Object.fromEntries(['half-year', 'half-yearly', 'semiannual', '半年'].map((name) => [name, 6])),
  ...Object.fromEntries(['year', 'yearly', 'annual', 'annually', 'years', 'yr', '年', '每年'].map((name) => [name, 12])),
};

export const mostMonths = 36;

export const fieldMoments = ['lock', 'now'] as const;

export const survivalStarts = ['lock', 'first'] as const;

/** Groups of a breakdown; or those that had adopted a feature before the set was locked, that could have and had not, that could not. */
export const groupKinds = [...breakdownKinds, 'adopted', 'not_adopted', 'could_not'] as const;
export type GroupKind = (typeof groupKinds)[number];

/**
 * Recurring revenue by month (MRR), what moved it, and how much of it stays. An account's MRR is the sum of its movements up to the end of
 * a month, each per month of its billing interval, in one currency (of accounts without movements, of its invoices, each for the months of its interval); what it did is the difference between the ends of two months, so that
 * the movements of a month always sum to the change of MRR. An account's second subscription is expansion; one that comes back is reactivation.
 * Net revenue retention (NRR) is what a locked set of accounts pays at the end, of what it paid at the start; gross (GRR) counts of each
 * account no more than it paid at the start; logo retention counts the accounts that still pay.
 */
export const subscriptionsAsked = z.object({
  range: rangeInput.describe('The months that these days touch; accounts are followed from their first month with revenue in it'),
  currency: z
    .string()
    .max(3)
    .nullish()
    .describe("ISO code; currencies are never added up. The one of most accounts if not given; '' is revenue whose currency is not stated"),
  convertTo: convertTo.describe(
    'Revenue of all currencies in this one, all of it at the rate of one day (constant currency), so that a rate that moves is not taken for growth or churn',
  ),
  rateDay: z.iso.date().nullish().describe('The day of that rate; the end of the last known month if not given'),
  over: z.int().min(1).max(24).default(12).describe('Months between the two ends at which a locked set of accounts is compared'),
  follow: z.int().min(1).max(24).default(12).describe('Months for which accounts are followed after their first with revenue'),
  breakdown: breakdown.nullish().describe('A field of the account; by account_property only'),
  asOf: z
    .enum(fieldMoments)
    .default('lock')
    .describe(
      'Which value of that field counts: the one that was known when the set was locked (of survival from the first revenue: at the end of that month), or the one of now. Refused at the lock where most values became known later',
    ),
  feature: z
    .uuid()
    .nullish()
    .describe(
      'Instead of a breakdown: accounts that had adopted this feature by the day on which the set is locked, beside those that could have',
    ),
  version: z.int().min(1).nullish().describe('Of the feature; the newest if not given'),
  survival: z
    .enum(survivalStarts)
    .default('lock')
    .describe(
      'From when accounts are followed until they first stop paying: the locked set from the lock, or all from their first revenue',
    ),
});
export type SubscriptionsAsked = z.output<typeof subscriptionsAsked>;

const figure = z.object({ share: z.number(), low: z.number().nullable(), high: z.number().nullable() });
export const reasons = ['too_few', 'too_concentrated', 'too_few_changes'] as const;

const kept = z.object({
  accounts: z.int().describe('Accounts with revenue at the start'),
  paying: z.int().describe('Of them, those with revenue at the end'),
  start: z.number().describe('Their MRR at the start'),
  end: z.number().describe('Their MRR at the end'),
  effective: z.number().describe('So many accounts of one size would weigh as much'),
  net: figure
    .extend({ why: z.enum(reasons).nullable().describe('Why there is no interval') })
    .nullable()
    .describe('NRR; null of fewer than five'),
  gross: figure
    .extend({ why: z.enum(reasons).nullable() })
    .nullable()
    .describe('GRR, at most 1; null of fewer than five'),
  logo: figure.nullable().describe('Share of accounts that still pay; null of fewer than five, an interval from twenty on'),
});
export type Kept = z.output<typeof kept>;

const locked = kept.extend({
  perAccount: z
    .object({
      mean: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      accounts: z.int(),
      needed: z.int().nullable().describe('So many accounts are needed for an interval, as amounts are skewed'),
    })
    .nullable()
    .describe('Mean MRR of those that pay at the end; the 95% interval is a bootstrap (BCa)'),
});
export type LockedSet = z.output<typeof locked>;

const groupName = { kind: z.enum(['all', ...groupKinds]), name: z.string() };
const survivalGroup = z.object({
  ...groupName,
  accounts: z.int(),
  left: z.int().describe('Of them, those that stopped paying while they were followed'),
  months: z
    .array(z.object({ month: z.int(), share: z.number(), low: z.number().nullable(), high: z.number().nullable(), atRisk: z.int() }))
    .describe('Share that still pays after so many months (Kaplan-Meier); empty where fewer than five left'),
  median: z.object({ month: z.int(), low: z.int(), high: z.int().nullable() }).nullable().describe('By when half have left'),
});
export type SurvivalGroup = z.output<typeof survivalGroup>;

export const survivalAnswer = z.object({
  from: z.enum(survivalStarts),
  groups: z.array(survivalGroup),
  test: z
    .object({
      statistic: z.number(),
      degrees: z.int(),
      p: z.number(),
      compared: z.array(z.object({ ...groupName, observed: z.number(), expected: z.number() })),
      detectableRatio: z.number().describe('Ratio of the rates of leaving of the two largest groups that so many would show in 8 of 10'),
    })
    .nullable()
    .describe('Log-rank test of the groups with five accounts or more; an association'),
  why: z.enum(['no_groups', 'too_few_events', 'not_known_then']).nullable().describe('Why there is no test'),
});
export type Survival = z.output<typeof survivalAnswer>;

/** Which values the groups go by, and of how many accounts they were known by then. */
export const split = z.object({
  asOf: z.enum(fieldMoments),
  known: z.int().describe('Accounts whose value was known by then'),
  later: z.int().describe('Accounts whose value became known afterwards; they stand under not_set'),
  firstKnown: z.iso.date().nullable().describe('The day on which the first of those became known'),
  refused: z.boolean().describe('More became known later than was known by then: there are no groups'),
});
export type Split = z.output<typeof split>;

const difference = z.object({ points: z.number(), low: z.number(), high: z.number() }).nullable();
const adoption = z.object({
  by: z.iso.date().describe('Adopted on or before this day, the last of the month at whose end the set is locked'),
  net: difference,
  gross: difference,
  logo: difference,
});

const moved = z.object({ amount: z.number().describe('Signed: contraction and churn are below zero'), accounts: z.int() });
const month = z.object({
  at: z.iso.date(),
  mrr: z.number().describe('At the end of the month'),
  accounts: z.int().describe('With revenue at the end of the month'),
  movements: z.record(z.enum(movements), moved),
});
export type SubscriptionMonth = z.output<typeof month>;

export const subscriptions = z.object({
  currency: z.string(),
  currencies: z.array(z.object({ currency: z.string(), accounts: z.int() })).describe('Each is answered for itself; none is converted'),
  conversion: conversion.nullable().describe('With convertTo: which rates, all of one day'),
  lastMonth: z.iso.date().nullable().describe('The last month that is over and that movements reach; null without any'),
  newest: z.iso.datetime().nullable().describe('When the newest movement happened'),
  months: z.array(month).describe('Up to the last month'),
  locked: locked.extend({ from: z.iso.date(), to: z.iso.date() }).nullable().describe('Null where no revenue is known so long before'),
  groups: z.array(locked.extend({ kind: z.enum(groupKinds), name: z.string() })).describe('Of the locked set'),
  split: split.nullable().describe('With a breakdown'),
  adoption: adoption
    .nullable()
    .describe('With a feature: adopted less not adopted, 95% interval where both have one. An association: adopters differ in other ways'),
  survival: survivalAnswer.nullable(),
  followed: z.array(kept.nullable()).describe('By months since the first with revenue: of each only accounts that have had the time'),
  cohorts: z.array(z.object({ start: z.iso.date(), accounts: z.int(), cells: z.array(kept.nullable()) })),
  invoiced: z
    .int()
    .describe('Invoices that count: of accounts without movements, each for the months of its interval from that of its date'),
  leftOut: z.object({
    oneOff: z.int().describe('Orders; and invoices without an interval of a month or more, or of an account that has movements'),
    withoutAccount: z.int(),
    unfinished: z.int().describe('Movements without an amount or a date'),
    interval: z.int().describe('Movements whose billing interval is not stated or not understood'),
    intervals: z.array(z.string()).describe('What those intervals say'),
    belowZero: z.int().describe('Accounts in which more is taken away than was there: some of their movements are missing'),
  }),
  facts: answerFacts,
});
export type Subscriptions = z.output<typeof subscriptions>;

export const subscriptionRowsAsked = subscriptionsAsked
  .omit({ follow: true, over: true, breakdown: true, asOf: true, feature: true, version: true, survival: true })
  .extend({
    month: z.iso.date().describe('First day of the month at whose end accounts stand'),
    since: z.coerce.number().int().min(1).max(24).default(1).describe('Compared with so many months before'),
    movement: z.enum(movements).nullish().describe('Those that did this; all with revenue at either end if not given'),
    locked: z.boolean().default(false).describe('Only those with revenue at the start'),
  });
export type SubscriptionRowsAsked = z.output<typeof subscriptionRowsAsked>;
