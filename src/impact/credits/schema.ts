import { z } from 'zod';
import { answerFacts, rangeInput } from '../questions/schema.ts';

export const models = ['first', 'last', 'linear', 'u', 'w', 'full_path', 'time_decay', 'influence', 'shapley', 'markov', 'own'] as const;
export type Model = (typeof models)[number];
export const labels = ['channel', 'campaign', 'kind'] as const;
export const levels = ['account', 'person'] as const;
export const conversionKinds = ['won', 'created'] as const;

const share = z.number().min(0).max(1).default(0);
export const ownRule = z
  .object({ first: share, lead: share, opportunity: share, last: share, between: share })
  .refine(
    (rule) => Math.abs(Object.values(rule).reduce((sum, one) => sum + one, 0) - 1) < 1e-9,
    'the shares of a rule must sum to 1, such as first 0.5, last 0.3 and between 0.2',
  );

/** What is to be explained, by which touches, and with which settings of the models. */
export const creditsAsked = z.object({
  range: rangeInput,
  source: z.enum(['deals', 'journeys']).default('deals').describe('Deals with their touches, or journeys that were imported counted'),
  subject: z.string().max(200).nullish().describe('Which file of journeys; the newest name in the alphabet if not given'),
  conversion: z.enum(conversionKinds).default('won').describe('A deal that was won, by the day it closed, or one that was created'),
  by: z.enum(labels).default('channel').describe('What credit is given to'),
  level: z.enum(levels).default('account').describe('Touches of the account of the deal, or of its person only'),
  touches: z.enum(['all', 'responded']).default('all').describe('All touches, or without those that were only invited, sent or targeted'),
  kinds: z.array(z.string().max(200)).max(50).default([]).describe('Kinds of touch that count; all if empty'),
  lookBackDays: z.int().min(1).max(3650).default(180).describe('A touch counts up to so many days before the conversion, to the second'),
  halfLifeDays: z.number().positive().max(3650).default(7).describe('Of time decay'),
  influenceDays: z.int().min(0).max(3650).default(90).describe('The time frame of influence'),
  order: z.int().min(1).max(4).default(1).describe('Of the Markov chain: on how many last touches the next depends'),
  own: ownRule.nullish().describe('A rule of your own, beside the others'),
  currency: z.string().max(10).nullish().describe('In which money is shown; the one of most deals if not given'),
  model: z.enum(models).nullish().describe('Whose ranks are looked into; the agreed one if not given'),
});
export type CreditsAsked = z.output<typeof creditsAsked>;

const money = z.number().describe('In the currency of the answer, to the cent');
const credit = z.object({ conversions: z.number().describe('To the fourth decimal; they sum exactly'), value: money, share: z.number() });

export const agreedModel = z.object({
  model: z.enum(models),
  conversion: z.enum(conversionKinds),
  level: z.enum(levels),
  lookBackDays: z.int(),
  halfLifeDays: z.number(),
  reason: z.string(),
  version: z.int(),
  agreedBy: z.string(),
  agreedAt: z.string(),
});
export type AgreedModel = z.output<typeof agreedModel>;

export const agreeAsked = agreedModel.omit({ agreedBy: true, agreedAt: true }).extend({
  lookBackDays: z.int().min(1).max(3650),
  halfLifeDays: z.number().positive().max(3650),
  reason: z.string().trim().min(1).max(1000).describe('Why this one; it is shown beside every figure'),
  version: z.int().min(0).describe('The version that was read; 0 for the first time'),
});

export const credits = z.object({
  source: z.enum(['deals', 'journeys']),
  subject: z.string().nullable(),
  subjects: z.array(z.string()).describe('Files of counted journeys that are there'),
  currency: z.string(),
  currencies: z
    .array(z.object({ currency: z.string(), conversions: z.number(), value: money, explained: z.number(), explainedValue: money }))
    .describe('Money is never summed over currencies'),
  agreed: agreedModel.nullable(),
  model: z.enum(models).describe('Whose ranks stand beside the channels'),
  models: z.array(
    z.object({
      model: z.enum(models),
      refused: z
        .enum(['no_times', 'no_stages', 'no_conversions', 'order_too_high'])
        .nullable()
        .describe('Why it cannot be worked out on these data'),
      conversions: z.number().describe('What it gives credit for; the rest it does not explain'),
      value: money,
    }),
  ),
  channels: z.array(
    z.object({
      channel: z.string().describe("'' where the touch names none"),
      credits: z.partialRecord(z.enum(models), credit),
      lowest: z.number().describe('The smallest share that any model gives'),
      highest: z.number(),
      rank: z
        .object({ rank: z.int(), low: z.int(), high: z.int(), kept: z.number(), first: z.number() })
        .nullable()
        .describe('In new draws of the same journeys: the ranks of 95% of them, and how often it keeps its own'),
      chance: z
        .object({ touched: z.number(), converted: z.number(), expected: z.number(), p: z.number() })
        .nullable()
        .describe('Against conversions dealt at random among those with equally many channels. It says goes with, never works'),
    }),
  ),
  conversions: z.number(),
  explained: z.number(),
  unexplained: z.object({
    withoutOwner: z.number().describe('Deals that name no account, or no person'),
    untouched: z.number().describe('Nothing on record touched them, ever'),
    tooEarly: z.number().describe('Touched, but not within the look-back window'),
  }),
  undated: z.number().describe('Won deals without a date: they belong to no period'),
  nulls: z.number().describe('Touched in the period, without a conversion'),
  own: z
    .object({ conversions: z.number(), isReconciled: z.boolean() })
    .describe("The deals' own total, counted without any touch, and whether explained and unexplained sum to it, money too"),
  journeys: z.number(),
  facts: answerFacts,
});
export type Credits = z.output<typeof credits>;

export const rowKinds = ['all', 'explained', 'without_owner', 'untouched', 'too_early'] as const;
export const creditRowsAsked = creditsAsked.extend({
  which: z.enum(rowKinds).default('all'),
  channel: z.string().max(500).nullish().describe('Only deals that this channel touched, with what the model gives it of each'),
});
export type CreditRowsAsked = z.output<typeof creditRowsAsked>;

export const creditPathAsked = creditsAsked.extend({ opportunity: z.string().min(1).max(500) });

export const creditPath = z.object({
  opportunity: z.string(),
  name: z.string(),
  account: z.string(),
  state: z.string(),
  conversionAt: z.string().nullable(),
  createdAt: z.string().nullable(),
  amount: z.number().nullable(),
  currency: z.string(),
  agreed: agreedModel.nullable(),
  touches: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      label: z.string(),
      channel: z.string(),
      campaign: z.string(),
      kind: z.string(),
      status: z.string(),
      person: z.string(),
      daysBefore: z.number(),
      counts: z.enum(['counted', 'too_early', 'after', 'left_out']),
      stages: z.array(z.enum(['lead', 'opportunity'])),
      shares: z.partialRecord(z.enum(models), z.number()),
    }),
  ),
});
export type CreditPath = z.output<typeof creditPath>;
