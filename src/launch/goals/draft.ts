import type { Goal, GoalFields, Metric } from './schema.ts';

type Step = Extract<Metric, { kind: 'behaviour' }>['behaviour'];

/** A goal as its form holds it: shares in percent, empty fields as empty text. */
export type Draft = {
  name: string;
  purpose: Goal['purpose'];
  parentId: string;
  kind: Metric['kind'] | 'none';
  featureId: string;
  featureVersion: string;
  step: Step;
  question: string;
  source: string;
  unit: 'account' | 'person';
  target: number | '';
  smallest: number | '';
  horizonDays: string;
  day30: number | '';
  day60: number | '';
  minimum: number | '';
  comparison: Goal['comparison'];
  rule: string;
};

const percent = (share: number | null | undefined): number | '' => (share == null ? '' : Math.round(share * 10_000) / 100);
const share = (value: number | ''): number | null => (value === '' ? null : Math.round(value * 100) / 10_000);

const ofMetric = (metric: Metric | null | undefined) => ({
  featureId: metric?.kind === 'adoption' ? (metric.featureId ?? '') : '',
  featureVersion: metric?.kind === 'adoption' && metric.featureVersion ? String(metric.featureVersion) : '',
  step: metric?.kind === 'behaviour' ? metric.behaviour : { event: '', filters: [] },
  question: metric?.kind === 'outside' ? metric.question : '',
  source: metric?.kind === 'outside' ? metric.source : '',
  unit: metric?.kind === 'adoption' || metric?.kind === 'behaviour' ? metric.unit : ('account' as const),
  day30: metric?.kind === 'adoption' ? percent(metric.marks.day30) : ('' as const),
  day60: metric?.kind === 'adoption' ? percent(metric.marks.day60) : ('' as const),
});

export const draftOf = (goal: Goal | null, parentId: string | null = null): Draft => ({
  name: goal?.name ?? '',
  purpose: goal?.purpose ?? 'usage',
  parentId: goal?.parentId ?? parentId ?? '',
  kind: goal ? (goal.metric?.kind ?? 'none') : 'adoption',
  ...ofMetric(goal?.metric),
  target: percent(goal?.target),
  smallest: percent(goal?.smallestChange),
  horizonDays: String(goal?.horizonDays ?? 90),
  minimum: goal?.minimumSample ?? 20,
  comparison: goal?.comparison ?? 'none',
  rule: goal?.rule ?? '',
});

/** The metric of a draft; null where it has none, or it is not whole yet. */
const metricOf = (draft: Draft): Metric | null => {
  const { kind, unit, step, question, source, featureId, featureVersion } = draft;
  if (kind === 'adoption')
    return {
      kind,
      unit,
      featureId: featureId || null,
      featureVersion: featureId && featureVersion ? Number(featureVersion) : null,
      marks: { day30: share(draft.day30), day60: share(draft.day60) },
    };
  if (kind === 'behaviour') return step.event === '' ? null : { kind, unit, behaviour: step };
  if (kind === 'won') return { kind };
  return kind === 'outside' && question.trim() && source.trim() ? { kind, question, source } : null;
};

export const fieldsOf = (draft: Draft): GoalFields => {
  const metric = metricOf(draft);
  return {
    name: draft.name,
    purpose: draft.purpose,
    parentId: draft.parentId || null,
    metric,
    target: metric ? share(draft.target) : null,
    smallestChange: metric ? share(draft.smallest) : null,
    horizonDays: Number(draft.horizonDays) as GoalFields['horizonDays'],
    minimumSample: draft.minimum === '' ? 20 : draft.minimum,
    comparison: draft.comparison,
    rule: draft.rule,
  };
};
