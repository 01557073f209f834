import { z } from 'zod';
import { conversion, convertTo } from '../../collect/exchange-rates/schema.ts';
import { answerFacts, range } from '../questions/schema.ts';
import { groupKinds as breakdownKinds } from '../trends/schema.ts';

const groupKinds = ['all', ...breakdownKinds] as const;

/** What a deal is said to owe to marketing. A change of the words or of the statement behind them is a new version. */
export const definitionVersion = 1;

export const dimensions = [
  'program',
  'launch',
  'feature',
  'deliverable',
  'campaign',
  'channel',
  'origin',
  'segment',
  'industry',
  'country',
  'plan',
  'owner',
  'product',
  'loss_reason',
  'property',
] as const;
export type Dimension = (typeof dimensions)[number];
/** By touches: a deal may stand under several of these; their groups do not add up to the whole. */
export const touchDimensions: readonly Dimension[] = ['program', 'launch', 'campaign', 'channel'];
/** By what the account of the deal used: a deal may stand under several of these, too. */
export const usedDimensions: readonly Dimension[] = ['feature', 'deliverable'];

export const touchRule = z.object({
  lookbackDays: z.int().min(1).max(1100).default(180).describe('So many days before a deal is created a touch still counts'),
  invitedCounts: z.boolean().default(false).describe('Whether being invited counts as a touch; otherwise somebody has to have responded'),
});
export type TouchRule = z.output<typeof touchRule>;

const breakdown = z.object({
  by: z.enum(dimensions),
  name: z.string().trim().max(200).default('').describe('With property: the property of the deal, such as competitor or asset'),
});

export const pipelineAsked = touchRule.extend({
  range: range
    .nullable()
    .default(null)
    .describe(
      'Deals created, and deals closed, on these days of the time zone of the workspace; all deals if null, those without a date too',
    ),
  breakdown: breakdown.nullable().default(null),
  convertTo: convertTo.describe(
    'Amounts in this currency: of won and lost deals at the rate of the day they closed, of open ones of the day they were created; refused where a rate is missing',
  ),
});
export type PipelineAsked = z.output<typeof pipelineAsked>;

/** Each deal is exactly one of these, so that they add up to all deals. */
export const roles = ['sourced', 'influenced', 'untouched', 'undated', 'nobody'] as const;
export type Role = (typeof roles)[number];
export const states = ['won', 'lost', 'open', 'other'] as const;
export type DealState = (typeof states)[number];

const interval = { low: z.number(), high: z.number() };
const share = z.object({ share: z.number(), ...interval });
export const amount = z.object({
  currency: z.string().describe("'' where none is stated"),
  created: z.number(),
  won: z.number(),
  open: z.number(),
});
export type Amount = z.output<typeof amount>;

export const counts = z.object({
  created: z.int(),
  won: z.int(),
  lost: z.int(),
  open: z.int(),
  other: z.int().describe('Deals whose state is none of won, lost and open'),
  amounts: z.array(amount).describe('By currency; amounts of different currencies are never added'),
});

export const winRate = z.object({
  won: z.int(),
  closed: z.int(),
  share: share
    .nullable()
    .describe('Won of closed, never of all; the 95% interval counts accounts where there are ten; null without a closed deal'),
});
export type WinRate = z.output<typeof winRate>;

export const cycle = z.object({
  timed: z.int().describe('Won deals with both dates'),
  median: z.number().nullable().describe('Days from created to won'),
  low: z.number().nullable(),
  high: z.number().nullable(),
  mean: z.number().nullable(),
  meanLost: z.number().nullable().describe('Days from created to lost'),
  timedLost: z.int(),
  closing: z
    .object({ days: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable(), deals: z.int() })
    .nullable()
    .describe('Days by which half of all deals are won or lost, with those still open counted as such (Kaplan-Meier)'),
});
export type Cycle = z.output<typeof cycle>;

/** Of fewer closed deals no rate is claimed of a group. */
export const fewForRate = 10;

export const group = counts.extend({
  kind: z.enum(groupKinds),
  name: z.string(),
  sourced: z
    .int()
    .describe(
      'Of those created; with campaigns and channels, by the first touch; with features and deliverables, used by the account on a day in the look-back before. For all deals always by touches',
    ),
  influenced: z.int().describe('Of those created: sourced, or touched (with features and deliverables: used) before they closed'),
  winRate,
  cycle,
  difference: z
    .object({ points: z.number(), ...interval, adjusted: z.number(), isFinding: z.boolean() })
    .nullable()
    .describe(
      'Win rate against all other deals; a finding only if the p-value, corrected over all groups (Benjamini-Hochberg), is 0.05 or less',
    ),
});
export type PipelineGroup = z.output<typeof group>;

export const issues = [
  'won_without_person',
  'without_account',
  'without_anybody',
  'without_created',
  'won_without_closed',
  'lost_without_closed',
  'closed_before_created',
  'won_without_amount',
  'without_currency',
  'without_product',
  'duplicates',
  'other_state',
  'open_with_closed',
] as const;
export type Issue = (typeof issues)[number];

export const stage = z.object({
  stage: z.string().describe("'' for a deal before its first known stage"),
  entered: z.int(),
  moved: z.int(),
  lost: z.int(),
  waiting: z.int(),
  share: share.nullable().describe('Moved on, of those that left'),
  days: z
    .number()
    .nullable()
    .describe('Median days until they move on, with those that wait or were lost counted as not moved (Kaplan-Meier)'),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Stage = z.output<typeof stage>;

export const acceleration = z.object({
  deals: z.int().describe('Deals that were touched between creation and close, and that moved to a further stage after it'),
  moves: z.int(),
  movesTouched: z.int(),
  ratio: z
    .number()
    .nullable()
    .describe(
      'How many times as fast touched deals leave a stage (to another, won or lost) as untouched ones, in the same stage after as many days; an association',
    ),
  low: z.number().nullable(),
  high: z.number().nullable(),
  verdict: z.enum(['faster', 'slower', 'cannot_tell']),
  why: z.enum(['too_few_moves', 'no_comparison', 'interval_holds_one']).nullable(),
  needed: z.int().nullable(),
});
export type Acceleration = z.output<typeof acceleration>;

export const pipeline = z.object({
  definition: touchRule.extend({ version: z.int() }),
  all: group,
  groups: z.array(group),
  conversion: conversion.nullable().describe('With convertTo: which rates the amounts rest on'),
  groupsOverlap: z.boolean().describe('A deal may stand in several groups: they do not add up'),
  uses: z
    .object({
      cannotTell: z.int().describe('Deals whose account, day of creation or of closing is missing'),
      notMeasured: z
        .array(z.object({ name: z.string(), why: z.enum(['no_link', 'shared_words']) }))
        .describe('Deliverables to which no short link leads, or only links whose UTM words another link leads elsewhere with'),
    })
    .nullish()
    .describe('By feature and deliverable: what cannot be measured of them'),
  parts: z.array(counts.extend({ role: z.enum(roles) })).describe('Each deal once: together they are all deals of the period'),
  reconciliation: z.object({
    deals: z.int().describe('Deals on record'),
    created: z.int().describe('Of these created in the period'),
    closed: z.int().describe('Of these won or lost in the period'),
    neither: z.int().describe('Of these neither created nor closed in the period'),
    won: z.int(),
    issues: z.array(
      z.object({ issue: z.enum(issues), deals: z.int(), share: z.number().nullable().describe('Of all deals, or of won ones') }),
    ),
    missing: z.array(z.object({ file: z.string(), kind: z.string(), value: z.string(), rows: z.int(), suggestion: z.string().nullable() })),
  }),
  stages: z.array(stage),
  acceleration,
  funnel: z.object({ contacts: z.int(), opportunities: z.int(), won: z.int(), revenue: z.int() }),
  properties: z.array(z.string()).describe('Properties that deals have, to break down by'),
  facts: answerFacts,
});
export type Pipeline = z.output<typeof pipeline>;

export const figures = [
  'all',
  'created',
  'won',
  'lost',
  'open',
  'other',
  'closed',
  'influenced_any',
  'accelerated',
  ...roles,
  ...issues,
] as const;
export const pipelineRowsAsked = pipelineAsked.extend({
  figure: z.enum(figures).default('all').describe('Which deals: those of a figure, of a part, or those to put right'),
  group: z
    .object({ kind: z.enum(groupKinds), name: z.string() })
    .nullable()
    .default(null)
    .describe('Of this group of the breakdown'),
  state: z.enum(states).nullable().default(null),
});
export type PipelineRowsAsked = z.output<typeof pipelineRowsAsked>;
