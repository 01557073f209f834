import type { CheckResult, GateStage } from '../schema.ts';
import type { CriterionRow } from '../tables.ts';
import { checkAudience } from './audience.ts';
import { checkDeliverables } from './deliverables.ts';
import { checkDifferentiator } from './differentiator.ts';
import { type Facts, found } from './facts.ts';
import { checkFeedback } from './feedback.ts';
import { checkFieldReadiness } from './field-readiness.ts';
import { checkGoals } from './goals.ts';
import { checkTier } from './tier.ts';

/** How a criterion stands now: from what Landfall holds, or from what somebody said. */
export const check = (row: CriterionRow, stage: GateStage, facts: Facts): CheckResult => {
  switch (row.kind) {
    case 'differentiator':
      return checkDifferentiator(facts);
    case 'audience':
      return checkAudience(facts);
    case 'goals':
      return checkGoals(facts);
    case 'deliverables':
      return checkDeliverables(facts);
    case 'feedback':
      return checkFeedback(facts, stage);
    case 'tier':
      return checkTier(facts);
    case 'field_readiness':
      return checkFieldReadiness(row, facts);
    default:
      return row.state === null ? found('not_ready', 'not_set') : found(row.state, 'set', { have: row.evidence.length });
  }
};
