import type { CriterionPlan, GatePlan } from './schema.ts';

const criterion = (
  kind: CriterionPlan['kind'],
  answeredBy: CriterionPlan['function'],
  leadDays: number,
  threshold: number | null = null,
): CriterionPlan => ({ kind, function: answeredBy, text: '', required: true, leadDays, threshold });

/** The gates of a launch of the first tier: the team must know for whom, prove the difference, and be ready to sell and to support. */
export const tier1Gates: GatePlan[] = [
  { stage: 'concept', leadDays: 90, criteria: [criterion('audience', 'product_marketing', 95)] },
  {
    stage: 'alpha',
    leadDays: 60,
    criteria: [criterion('differentiator', 'product_marketing', 65), criterion('feedback', 'product', 62)],
  },
  {
    stage: 'beta',
    leadDays: 4,
    criteria: [
      criterion('differentiator', 'product_marketing', 14),
      criterion('audience', 'product_marketing', 14),
      criterion('goals', 'product_marketing', 14),
      criterion('deliverables', 'product_marketing', 7),
      criterion('feedback', 'product', 10),
      criterion('proofread', 'product', 7),
      criterion('field_readiness', 'sales_enablement', 5, 0.8),
      criterion('support_briefed', 'support', 5),
      criterion('legal_cleared', 'legal', 7),
      criterion('tier', 'product_marketing', 14),
    ],
  },
];

export const tier2Gates: GatePlan[] = [
  {
    stage: 'alpha',
    leadDays: 30,
    criteria: [criterion('audience', 'product_marketing', 35), criterion('differentiator', 'product_marketing', 32)],
  },
  {
    stage: 'beta',
    leadDays: 3,
    criteria: [
      criterion('differentiator', 'product_marketing', 10),
      criterion('audience', 'product_marketing', 10),
      criterion('goals', 'product_marketing', 10),
      criterion('deliverables', 'product_marketing', 5),
      criterion('feedback', 'product', 7),
      criterion('proofread', 'product', 5),
      criterion('support_briefed', 'support', 4),
      criterion('tier', 'product_marketing', 10),
    ],
  },
];

export const tier3Gates: GatePlan[] = [
  {
    stage: 'beta',
    leadDays: 2,
    criteria: [
      criterion('differentiator', 'product_marketing', 5),
      criterion('goals', 'product_marketing', 5),
      criterion('deliverables', 'product_marketing', 3),
      criterion('proofread', 'product', 3),
      criterion('support_briefed', 'support', 2),
    ],
  },
];

/** What a launch of a tier goes through, if nobody says otherwise. */
export const usualGates = (tier: number): GatePlan[] => (tier === 1 ? tier1Gates : tier === 2 ? tier2Gates : tier3Gates);
