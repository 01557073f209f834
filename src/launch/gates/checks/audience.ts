import { type Facts, found } from './facts.ts';

/** Somebody is named whom the launch is for, and a segment of them that has accounts today. */
export const checkAudience = ({ launch: { personas, eligibility }, accountsBySegment }: Facts) => {
  if (personas.length === 0) return found('not_ready', 'no_persona', { have: 0, need: 1 });
  if (eligibility.segments.length === 0) return found('not_ready', 'no_segment', { have: 0, need: 1 });
  const accounts = (segment: string) => accountsBySegment.get(segment) ?? 0;
  const names = eligibility.segments.filter((segment) => accounts(segment) === 0);
  const have = eligibility.segments.reduce((sum, segment) => sum + accounts(segment), 0);
  return have === 0 ? found('not_ready', 'segments_empty', { have, need: 1, names }) : found('ready', 'audience_sized', { have, names });
};
