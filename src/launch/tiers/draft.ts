import type { TierRule } from './schema.ts';

/** The rule as its form holds it: every criterion a field by itself, points of 100 instead of shares. */
export type RuleDraft = {
  criteria: { key: string; name: string; weight: number | '' }[];
  tier1From: number | '';
  tier2From: number | '';
};

const percent = (share: number) => Math.round(share * 1000) / 10;
const share = (points: number | '') => Math.round(Number(points) * 10) / 1000;

export const draftOf = ({ criteria, tier1From, tier2From }: TierRule): RuleDraft => ({
  criteria: criteria.map((one) => ({ ...one })),
  tier1From: percent(tier1From),
  tier2From: percent(tier2From),
});

export const ruleOf = ({ criteria, tier1From, tier2From }: RuleDraft): TierRule => ({
  criteria: criteria.map(({ key, name, weight }) => ({ key, name: name.trim(), weight: Number(weight) })),
  tier1From: share(tier1From),
  tier2From: share(tier2From),
});

/** One more criterion of the workspace's own. Its key stays, whatever it will be called. */
export const withCriterion = (draft: RuleDraft, name: string): RuleDraft => {
  const taken = draft.criteria.map(({ key }) => key);
  let count = 1;
  while (taken.includes(`own_${count}`)) count++;
  return { ...draft, criteria: [...draft.criteria, { key: `own_${count}`, name, weight: 1 }] };
};

/** What is wrong with it, by the name of the message. */
export const faultOf = ({ criteria, tier1From, tier2From }: RuleDraft, isUsual: (key: string) => boolean) => {
  if (criteria.some(({ key, name }) => !name.trim() && !isUsual(key))) return 'nameNeeded' as const;
  if (criteria.every(({ weight }) => !Number(weight))) return 'weightNeeded' as const;
  return Number(tier1From) <= Number(tier2From) ? ('orderNeeded' as const) : null;
};

/** Each field by itself, so that what two people changed can be put together. */
export const flatten = ({ criteria, tier1From, tier2From }: RuleDraft): Record<string, unknown> => ({
  tier1From,
  tier2From,
  ...Object.fromEntries(criteria.map((one) => [`criterion ${one.key}`, one])),
});

export const unflatten = (fields: Record<string, unknown>): RuleDraft => ({
  tier1From: fields.tier1From as number,
  tier2From: fields.tier2From as number,
  criteria: Object.entries(fields).flatMap(([key, value]) =>
    key.startsWith('criterion ') ? [value as RuleDraft['criteria'][number]] : [],
  ),
});

/** The most points of 100 that a criterion can add. */
export const mostOf = (criteria: RuleDraft['criteria'], key: string): number => {
  const sum = criteria.reduce((all, { weight }) => all + Number(weight), 0);
  const own = Number(criteria.find((one) => one.key === key)?.weight ?? 0);
  return sum === 0 ? 0 : own / sum;
};
