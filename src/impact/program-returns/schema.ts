import { z } from 'zod';
import { holdoutBeside } from '../credits/schema.ts';
import { costs, memberCounts, memberStatuses } from '../../launch/programs/schema.ts';
import { touchRule } from '../pipelines/schema.ts';
import { recallEvidence } from '../recall-surveys/schema.ts';

export const horizons = [30, 90, 180] as const;
export type Horizon = (typeof horizons)[number];
export const steps = memberStatuses;

export const returnsAsked = z.object({
  program: z.string().min(1).max(120).describe('Key or id of the program'),
  from: z
    .enum(steps)
    .optional()
    .describe('Days are counted from when an account first came this far; by default the furthest that twenty accounts came'),
  lookbackDays: z.coerce
    .number()
    .pipe(touchRule.shape.lookbackDays.unwrap())
    .default(180)
    .describe('As in the pipeline: so long before a deal is created a touch counts'),
});

const amount = z.object({ currency: z.string(), created: z.number(), won: z.number().describe('Of deals won within the days') });
const deals = z.object({
  deals: z.int(),
  won: z.int().describe('Won within the days'),
  withoutAmount: z.int(),
  amounts: z.array(amount),
});

export const compared = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('estimate'),
    difference: z.number().describe('Share of its accounts less that of accounts like them; 0.1 is ten points'),
    low: z.number(),
    high: z.number(),
    share: z.number(),
    othersShare: z.number(),
    matched: z.int(),
    others: z.int().describe('Different accounts that stand beside them'),
    detectable: z.number().describe('The difference that would be seen in 8 of 10'),
  }),
  z.object({
    kind: z.literal('refused'),
    why: z.enum(['too_few', 'few_alike', 'no_overlap', 'imbalance', 'all_alike']),
    accounts: z.int(),
    pool: z
      .int()
      .describe('Accounts that were never on its list, and were followed as long; with few_alike those of them that are like its own'),
    needed: z.int().nullable(),
  }),
]);
export type Compared = z.output<typeof compared>;

export const closings = z
  .object({
    touched: z.int().describe('Deals that were open when the program touched them, and whose days since then are over'),
    closed: z.int().describe('Of these, closed within the days'),
  })
  .describe('Counted, not compared: keen deals are touched and close soon anyway. Whether the program made them faster only a lot tells');

export const horizonReturns = z.object({
  days: z.literal(horizons),
  followed: z.int().describe('Accounts whose days are over; only they are counted'),
  notYet: z.int(),
  meetings: z.int().describe('Touches of the kind meeting, demo or call with these accounts within the days'),
  newDeals: z.object({ accounts: z.int(), share: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() }),
  before: z
    .object({ accounts: z.int(), before: z.int(), after: z.int() })
    .describe('The same accounts in as many days before: with a new deal before, and after. Descriptive: seasons and sales changed too'),
  matchedNew: compared.describe('A new deal within the days, against accounts like them'),
  matchedWon: compared.describe('A deal won within the days, against accounts like them'),
  sourced: deals.describe('Created within the days; the program was the first touch within the look-back'),
  influenced: deals.describe('Created within the days after another touch came first, or open then and touched'),
  accelerated: closings,
  costPerSourced: z.number().nullable().describe('The whole cost for each deal; at most that much while some days are not over'),
  costPerTouched: z.number().nullable().describe('Cost for each deal sourced or influenced'),
});
export type HorizonReturns = z.output<typeof horizonReturns>;

export const programReturns = z.object({
  members: memberCounts,
  costs: z.array(costs),
  costWhy: z
    .enum(['none', 'several_currencies', 'incomplete'])
    .nullable()
    .describe('Why there is no cost per deal; null where there is one'),
  from: z.enum(steps),
  accounts: z.int().describe('Accounts that came so far on a day that is known'),
  lookbackDays: z.int(),
  dataTo: z.iso.date().nullable().describe('The newest deal or touch on record'),
  horizons: z.array(horizonReturns),
  lots: z.array(holdoutBeside).describe('Kept lifts whose holdout was drawn for this program, as attribution shows them by campaign'),
  recall: z
    .array(recallEvidence)
    .describe('Brand recall surveys of it and of its parts: evidence of awareness, in none of the other figures'),
  saidSo: z.int().describe('People who said themselves that they heard of us through it; never merged into the figures'),
});
export type ProgramReturns = z.output<typeof programReturns>;

export const returnedDeal = z.object({
  id: z.string(),
  name: z.string(),
  account: z.string(),
  role: z.enum(['sourced', 'influenced']),
  state: z.string(),
  amount: z.number().nullable(),
  currency: z.string(),
  createdAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
});
export type ReturnedDeal = z.output<typeof returnedDeal>;
