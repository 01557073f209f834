import { mostPoints, type Scores, type Suggestion, type TierRule } from './schema.ts';

/** The tier that the points suggest: their weighted share of all that can be, against where the tiers begin. */
export const suggestTier = ({ criteria, tier1From, tier2From }: TierRule, scores: Scores): Suggestion => {
  const most = criteria.reduce((sum, { weight }) => sum + weight * mostPoints, 0);
  const parts = criteria
    .map(({ key, name, weight }) => ({ key, name, weight, points: scores[key] ?? 0, share: (weight * (scores[key] ?? 0)) / most }))
    .toSorted((one, other) => other.share - one.share);
  const share = criteria.reduce((sum, { key, weight }) => sum + weight * (scores[key] ?? 0), 0) / most;
  return { tier: share >= tier1From ? 1 : share >= tier2From ? 2 : 3, share, parts };
};

/** Those that add most: the first, and another that comes within a fifth of it. */
export const largestParts = ({ parts }: Pick<Suggestion, 'parts'>): Suggestion['parts'] => {
  const [first] = parts;
  return first && first.share > 0 ? parts.filter(({ share }) => share >= first.share * 0.8).slice(0, 2) : [];
};
