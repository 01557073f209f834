import { addDays } from '../../../platform/days.ts';
import { evidenceShelfLifeDays } from '../../positionings/schema.ts';
import { type Facts, found } from './facts.ts';

/** No differentiator, no launch: the newest positioning names what only we have, and says where and when it was found,
 * not too long ago. */
export const checkDifferentiator = ({ positioning, today }: Facts) => {
  if (!positioning) return found('not_ready', 'no_positioning', { have: 0, need: 1 });
  if (!positioning.differentiator) return found('not_ready', 'no_differentiator', { have: 0, need: 1 });
  const have = positioning.evidence.length;
  if (have === 0) return found('not_ready', 'no_evidence', { have: 0, need: 1 });
  const oldest = addDays(today, -evidenceShelfLifeDays);
  return positioning.evidence.every(({ day }) => day < oldest)
    ? found('at_risk', 'evidence_stale', { have, need: 1 })
    : found('ready', 'differentiator_proven', { have, need: 1 });
};
