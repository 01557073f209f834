import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { TierStanding } from './schema.ts';
import { largestParts } from './suggestion.ts';

/** What a criterion is called: the workspace's own name, or the usual words. */
export function useCriterionName() {
  const words = useMessages({ en, zh });
  return ({ key, name }: { key: string; name: string }): string => name || (words.criteria[key] ?? key.replaceAll('_', ' '));
}

/** Points of 100: what a share of all that can be reached is called in sentences. */
export function usePoints() {
  const format = useFormat();
  return (share: number): string => format.number(share * 100);
}

/** How the launch came to its tier, in a sentence or two. */
export function useReason() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const nameOf = useCriterionName();
  const points = usePoints();
  return ({ tier, suggestion, isOverride }: TierStanding): string => {
    if (!suggestion) return words.notScored(tier);
    const said = points(suggestion.share);
    if (isOverride) return words.overridden(tier, suggestion.tier, said);
    const largest = largestParts(suggestion).map((part, index) => inSentence(nameOf(part), index));
    return `${words.scored(tier, said)}${format.locale === 'zh' ? '' : ' '}${largest.length > 0 ? words.most(format.list(largest), largest.length) : words.nothingCounts}`;
  };
}

const inSentence = (name: string, index: number) => (index === 0 ? name : name.charAt(0).toLowerCase() + name.slice(1));
