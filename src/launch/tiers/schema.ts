import { z } from 'zod';
import { businessFunction } from '../charters/schema.ts';
import { said } from '../../platform/language.ts';

/** What usually decides how large a launch is; a workspace may weigh them, leave some out, and add its own. */
export const usualCriteria = ['market_impact', 'revenue_at_stake', 'customers_touched', 'effort', 'difference', 'risk'] as const;

/** Points for one criterion: none, low, medium, high. */
export const mostPoints = 3;

/** The tiers from which on product and product marketing both have to approve. */
export const approvedTiers: readonly number[] = [1, 2];
export const approvingFunctions = ['product', 'product_marketing'] as const;

const criterion = z.object({
  key: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,59}$/, {
      error: said({ en: 'must be small letters, digits and underscores', zh: '须为小写字母、数字和下划线' }),
    })
    .describe('One of the usual criteria, or a name of your own'),
  name: z.string().trim().max(120).default('').describe('What it is called; empty for the usual criteria'),
  weight: z.number().min(0).max(10),
});

const leastShare = z.number().min(0).max(1);

export const tierRule = z
  .object({
    criteria: z.array(criterion).min(1).max(20),
    tier1From: leastShare.describe('Tier 1 from this share of the points on, between 0 and 1'),
    tier2From: leastShare.describe('Tier 2 from this share of the points on'),
  })
  .superRefine(({ criteria, tier1From, tier2From }, refuse) => {
    if (new Set(criteria.map(({ key }) => key)).size < criteria.length)
      refuse.addIssue({
        code: 'custom',
        path: ['criteria'],
        message: said({ en: 'Two criteria have the same key.', zh: '有两项条件的键相同' }),
      });
    if (criteria.every(({ weight }) => weight === 0))
      refuse.addIssue({
        code: 'custom',
        path: ['criteria'],
        message: said({ en: 'At least one criterion needs a weight above 0.', zh: '至少一项条件的权重须大于 0' }),
      });
    if (tier1From <= tier2From)
      refuse.addIssue({
        code: 'custom',
        path: ['tier1From'],
        message: said({ en: 'Tier 1 must begin above tier 2.', zh: '1 级的起点须高于 2 级' }),
      });
  });
export type TierRule = z.output<typeof tierRule>;

export const usualRule: TierRule = {
  criteria: [
    { key: 'market_impact', name: '', weight: 3 },
    { key: 'revenue_at_stake', name: '', weight: 3 },
    { key: 'customers_touched', name: '', weight: 2 },
    { key: 'difference', name: '', weight: 2 },
    { key: 'effort', name: '', weight: 1 },
    { key: 'risk', name: '', weight: 1 },
  ],
  tier1From: 0.65,
  tier2From: 0.35,
};

export const scores = z
  .record(z.string().max(60), z.int().min(0).max(mostPoints))
  .describe('Points for each criterion: 0 none, 1 low, 2 medium, 3 high');
export type Scores = z.output<typeof scores>;

export const suggestion = z.object({
  tier: z.int(),
  share: z.number().describe('Points reached, of all that can be, weighted; between 0 and 1'),
  parts: z
    .array(z.object({ key: z.string(), name: z.string(), points: z.int(), weight: z.number(), share: z.number() }))
    .describe('What each criterion adds to the share, the largest first'),
});
export type Suggestion = z.output<typeof suggestion>;

export const approval = z.object({ function: businessFunction, by: z.string(), at: z.iso.datetime().nullable() });

export const tierStanding = z.object({
  tier: z.int(),
  scores: scores.nullable().describe('null while nobody has scored it'),
  suggestion: suggestion.nullable(),
  isOverride: z.boolean().describe('Another tier was chosen than the points suggest'),
  comment: z.string().describe('Why another tier was chosen'),
  approvals: z.array(approval).describe('Who has to approve this tier, and whether they have'),
  isApproved: z.boolean(),
  rule: tierRule,
  launchVersion: z.int(),
});
export type TierStanding = z.output<typeof tierStanding>;
