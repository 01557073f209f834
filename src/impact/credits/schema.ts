import { z } from 'zod';
import { said as inEach } from '../../platform/language.ts';
import { answerFacts, rangeInput } from '../questions/schema.ts';

export const models = ['first', 'last', 'linear', 'u', 'w', 'full_path', 'time_decay', 'influence', 'shapley', 'markov', 'own'] as const;
export type Model = (typeof models)[number];
export const labels = ['channel', 'campaign', 'kind'] as const;
export const levels = ['account', 'person'] as const;
export const conversionKinds = ['won', 'created'] as const;

const share = z.number().min(0).max(1).default(0);
export const ownRule = z.object({ first: share, lead: share, opportunity: share, last: share, between: share }).refine(
  (rule) => Math.abs(Object.values(rule).reduce((sum, one) => sum + one, 0) - 1) < 1e-9,
  inEach({
    en: 'the shares of a rule must sum to 1, such as first 0.5, last 0.3 and between 0.2',
    zh: '规则的比例之和须为 1，例如 first 0.5、last 0.3、between 0.2',
  }),
);

const days = z.int().min(1).max(3650);
/** With what the models are worked out. A workspace agrees on all of it, so that no team picks what flatters it. */
export const creditSettings = z.object({
  conversion: z.enum(conversionKinds).describe('A deal that was won, by the day it closed, or one that was created'),
  level: z.enum(levels).describe('Touches of the account of the deal, or of its person only'),
  touches: z.enum(['all', 'responded']).describe('All touches, or without those that were only invited, sent or targeted'),
  lookBackDays: days.describe('A touch counts up to so many days before the conversion, to the second'),
  halfLifeDays: z.number().positive().max(3650).describe('Of time decay'),
  influenceDays: z.int().min(0).max(3650).describe('The time frame of influence'),
  order: z.int().min(1).max(4).describe('Of the Markov chain: on how many last touches the next depends'),
});
export type CreditSettings = z.output<typeof creditSettings>;
export const usualSettings: CreditSettings = {
  conversion: 'won',
  level: 'account',
  touches: 'all',
  lookBackDays: 180,
  halfLifeDays: 7,
  influenceDays: 90,
  order: 1,
};
export const settingNames = Object.keys(usualSettings) as (keyof CreditSettings)[];

const asAgreed = <Shape extends z.ZodType>(shape: Shape, usual: string) =>
  shape.nullish().describe(`${shape.description}; as agreed if not given, else ${usual}`);
const { conversion, level, touches, lookBackDays, halfLifeDays, influenceDays, order } = creditSettings.shape;

/** What is to be explained, by which touches, and with which settings of the models. */
export const creditsAsked = z.object({
  range: rangeInput,
  source: z.enum(['deals', 'journeys']).default('deals').describe('Deals with their touches, or journeys that were imported counted'),
  subject: z.string().max(200).nullish().describe('Which file of journeys; the newest name in the alphabet if not given'),
  by: z.enum(labels).default('channel').describe('What credit is given to'),
  kinds: z.array(z.string().max(200)).max(50).default([]).describe('Kinds of touch that count; all if empty'),
  conversion: asAgreed(conversion, usualSettings.conversion),
  level: asAgreed(level, usualSettings.level),
  touches: asAgreed(touches, usualSettings.touches),
  lookBackDays: asAgreed(lookBackDays, String(usualSettings.lookBackDays)),
  halfLifeDays: asAgreed(halfLifeDays, String(usualSettings.halfLifeDays)),
  influenceDays: asAgreed(influenceDays, String(usualSettings.influenceDays)),
  order: asAgreed(order, String(usualSettings.order)),
  own: ownRule.nullish().describe('A rule of your own, beside the others'),
  currency: z.string().max(10).nullish().describe('In which money is shown; the one of most deals if not given'),
  model: z.enum(models).nullish().describe('Whose ranks are looked into; the agreed one if not given'),
});
export type CreditsAsked = z.output<typeof creditsAsked>;
/** The same with every setting known. */
export type CreditsSettled = Omit<CreditsAsked, keyof CreditSettings> & CreditSettings;

const money = z.number().describe('In the currency of the answer, to the cent');
const credit = z.object({ conversions: z.number().describe('To the fourth decimal; they sum exactly'), value: money, share: z.number() });

export const agreedModel = creditSettings.extend({
  model: z.enum(models),
  reason: z.string(),
  version: z.int(),
  agreedBy: z.string(),
  agreedAt: z.string(),
});
export type AgreedModel = z.output<typeof agreedModel>;

export const agreeAsked = agreedModel.omit({ agreedBy: true, agreedAt: true }).extend({
  touches: touches.default(usualSettings.touches),
  influenceDays: influenceDays.default(usualSettings.influenceDays),
  order: order.default(usualSettings.order),
  reason: z.string().trim().min(1).max(1000).describe('Why this one; it is shown beside every figure'),
  version: z.int().min(0).describe('The version that was read; 0 for the first time'),
});

const said = z.object({
  answers: z.int(),
  share: z.number().describe('Of all answers, also those that no rule fits'),
  low: z.number().describe('95 % interval (Wilson), as if those who answered were drawn at random'),
  high: z.number(),
});

/** What people say themselves. No model, and it earns no credit. */
export const saidBeside = z.object({
  why: z
    .enum(['not_set_up', 'no_answers', 'not_by_kind'])
    .nullable()
    .describe('Why there is nothing to put beside the models; null where there is'),
  answers: z.int().describe('Answers of the period; of all time beside counted journeys'),
  unplaced: z.int().describe('Of these, which no rule puts into a channel or, by campaign, into a program'),
  untouched: z.array(said.extend({ channel: z.string() })).describe('What people name and no touch carries'),
});

/** What a lot says: a kept lift with a holdout that was set beside this name. No model. */
export const holdoutBeside = z.object({
  name: z.string(),
  question: z.uuid(),
  title: z.string(),
  treated: z.int(),
  control: z.int(),
  effect: z
    .object({ effect: z.number(), low: z.number(), high: z.number(), confidence: z.number() })
    .nullable()
    .describe('Of each unit, treated less held out; null where it is not to be believed'),
  scale: z.enum(['share', 'number', 'money']),
  currency: z.string().nullable(),
  verdict: z.enum(['met', 'missed', 'cannot_tell']),
  sentence: z.string(),
});
export type HoldoutBeside = z.output<typeof holdoutBeside>;

export const holdoutAsked = z.object({
  by: z.enum(labels),
  name: z.string().trim().min(1).max(200).describe('The channel, campaign or kind, as the table names it'),
  question: z.uuid().nullable().describe('A kept lift with a holdout; null takes it away'),
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
  settings: creditSettings.describe('With which this was worked out'),
  said: saidBeside,
  holdouts: z.array(holdoutBeside).describe('Also of names that have no touch in this period'),
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
      removal: z.number().nullable().describe('Removal effect of the Markov chain: what share of the conversions it says would be missing'),
      rank: z
        .object({ rank: z.int(), low: z.int(), high: z.int(), kept: z.number(), first: z.number() })
        .nullable()
        .describe('In new draws of the same journeys: the ranks of 95% of them, and how often it keeps its own'),
      chance: z
        .object({ touched: z.number(), converted: z.number(), expected: z.number(), p: z.number() })
        .nullable()
        .describe('Against conversions dealt at random among those with equally many channels. It says goes with, never works'),
      said: said.nullable().describe('What people say themselves; null where nobody names it'),
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
