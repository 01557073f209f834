import { type Facts, found } from './facts.ts';

/** Product and product marketing both approved the tier, where it is one that binds the whole company. */
export const checkTier = ({ tier: { needed, missing } }: Facts) => {
  const have = needed - missing.length;
  if (needed === 0) return found('ready', 'tier_needs_none');
  return missing.length > 0
    ? found('not_ready', 'tier_unapproved', { have, need: needed, names: missing })
    : found('ready', 'tier_approved', { have, need: needed });
};
