import { isDeepStrictEqual } from 'node:util';
import type { PropertyFilter, Step } from '../../impact/questions/schema.ts';
import { type DefinitionPart, type FeatureBase, type FeatureRule, hasWindow, stepsOf } from './schema.ts';

export type Definition = { rule: FeatureRule; base: FeatureBase };

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();
const byText = <Item>(items: readonly Item[]): Item[] => items.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

const filterMeant = ({ property, operator, values }: PropertyFilter) => ({
  property,
  operator,
  values:
    operator === 'set' || operator === 'not_set' ? [] : operator === 'greater' || operator === 'less' ? values.slice(0, 1) : sorted(values),
});
const stepMeant = ({ event, filters }: Step) => ({ event, filters: byText(filters.map(filterMeant)) });

/**
 * What each part of a definition means, however it is written: what its kind does not use is left out, and what has no order stands in
 * one. So two texts that mean the same are the same version.
 */
const meant = ({ rule, base }: Definition): Record<DefinitionPart, unknown> => {
  const steps = stepsOf(rule).map(stepMeant);
  return {
    events: {
      kind: rule.kind === 'event' ? 'any' : rule.kind,
      steps: rule.kind === 'sequence' ? steps : byText(steps),
      withinDays: hasWindow(rule) ? rule.withinDays : null,
      atLeast: rule.kind === 'count' ? rule.atLeast : null,
    },
    adopted: { times: rule.times, days: rule.days },
    base: { ...base, plans: sorted(base.plans), segments: sorted(base.segments), people: byText(base.people.map(filterMeant)) },
  };
};

/** The parts in which two definitions do not mean the same. */
export const changedBetween = (before: Definition, after: Definition): DefinitionPart[] => {
  const [one, other] = [meant(before), meant(after)];
  return (['events', 'adopted', 'base'] as const).filter((part) => !isDeepStrictEqual(one[part], other[part]));
};
