import { useForm } from '@mantine/form';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { isChosen, isWhole, type PropertyFilter, type Step, wholeSteps } from '../../web/kit/questions/values.ts';
import { en, zh } from './messages.ts';
import { type Feature, type FeatureBase, type FeatureRule, fewestSteps, type RuleKind, stepsOf } from './schema.ts';

/** A feature as its form holds it: every rule by its steps, no property as empty text. */
export type Draft = Pick<FeatureRule, 'withinDays' | 'atLeast' | 'times' | 'days'> & {
  name: string;
  product: string;
  kind: RuleKind;
  steps: Step[];
  plans: string[];
  segments: string[];
  signedUpBefore: string | null;
  accessProperty: string;
  people: PropertyFilter[];
};

const emptyStep = (): Step => ({ event: '', filters: [] });

export const draftOf = (feature?: Feature): Draft => ({
  name: feature?.name ?? '',
  product: feature?.product ?? '',
  kind: feature?.rule.kind ?? 'event',
  steps: feature ? stepsOf(feature.rule) : [emptyStep()],
  withinDays: feature?.rule.withinDays ?? 7,
  atLeast: feature?.rule.atLeast ?? 2,
  times: feature?.rule.times ?? 1,
  days: feature?.rule.days ?? 1,
  plans: feature?.base.plans ?? [],
  segments: feature?.base.segments ?? [],
  signedUpBefore: feature?.base.signedUpBefore ?? null,
  accessProperty: feature?.base.accessProperty ?? '',
  people: feature?.base.people ?? [],
});

/** As many steps as the kind needs at first; of one event the first stays. */
export const stepsFor = (kind: RuleKind, steps: readonly Step[]): Step[] => {
  const kept = kind === 'event' ? steps.slice(0, 1) : [...steps];
  while (kept.length < Math.max(1, fewestSteps(kind))) kept.push(emptyStep());
  return kept;
};

export const enoughSteps = ({ kind, steps }: Draft): boolean => steps.every(isChosen) && steps.length >= Math.max(1, fewestSteps(kind));

/** One event whose properties all have one value is written plainly; with other filters it is any of one. */
export const ruleOf = ({ kind, steps, withinDays, atLeast, times, days }: Draft): FeatureRule => {
  const whole = wholeSteps(steps);
  const common = { withinDays, atLeast, times, days };
  const [first] = whole;
  const isPlain = first?.event != null && first.filters.every(({ operator, values }) => operator === 'is' && values.length === 1);
  if (kind !== 'event' || !isPlain)
    return { kind: kind === 'event' ? 'any' : kind, eventName: '', properties: [], steps: whole, ...common };
  const properties = first.filters.map(({ property, values }) => ({ name: property, value: values[0]! }));
  return { kind, eventName: first.event!, properties, steps: [], ...common };
};

export const baseOf = ({ plans, segments, signedUpBefore, accessProperty, people }: Draft): FeatureBase => ({
  plans,
  segments,
  signedUpBefore,
  accessProperty: accessProperty.trim() || null,
  people: people.filter(isWhole),
});

/** The form's state, with what must be right before it is sent. */
export function useDraft(feature?: Feature) {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return useForm<Draft>({
    initialValues: draftOf(feature),
    validateInputOnBlur: true,
    validate: {
      name: (value) => (value.trim() ? null : words.nameNeeded),
      steps: (_, draft) =>
        enoughSteps(draft) ? null : draft.kind === 'event' ? words.eventNeeded : words.stepsNeeded(format.number(fewestSteps(draft.kind))),
    },
  });
}
export type DraftForm = ReturnType<typeof useDraft>;
