import { type Facts, found } from './facts.ts';

/** No differentiator, no launch: the newest positioning names what only we have, and says where and when it was found. */
export const checkDifferentiator = ({ positioning }: Facts) => {
  if (!positioning) return found('not_ready', 'no_positioning', { have: 0, need: 1 });
  if (!positioning.differentiator) return found('not_ready', 'no_differentiator', { have: 0, need: 1 });
  const have = positioning.evidence.length;
  return have === 0 ? found('not_ready', 'no_evidence', { have: 0, need: 1 }) : found('ready', 'differentiator_proven', { have, need: 1 });
};
