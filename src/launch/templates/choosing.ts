import type { Launch } from '../launches/schema.ts';
import type { Comparison, TemplateLine, Warning } from './schema.ts';

/** What to offer first: what the launch was made from, else the template of its tier, else the first. */
export const suggestTemplate = (
  templates: Pick<TemplateLine, 'key' | 'tier' | 'purpose'>[],
  { template, tier }: Pick<Launch, 'template' | 'tier'>,
): string | null =>
  (
    templates.find(({ key }) => key === template?.key) ??
    templates.find((one) => one.purpose === 'launch' && one.tier === tier) ??
    templates[0]
  )?.key ?? null;

/** What is taken over unless somebody says otherwise: not over what was changed here by hand, nor what is done. */
export const usualChoice = ({ added, changed, removed }: Comparison): Set<string> =>
  new Set([
    ...added.map(({ id }) => id),
    ...changed.filter(({ fields }) => fields.every(({ isEdited }) => !isEdited)).map(({ item }) => item),
    ...removed.filter(({ status }) => status !== 'approved' && status !== 'shipped').map(({ item }) => item),
  ]);

/** The same party does not work for everybody: that is to be agreed to by name. */
export const speaksAgainst = (warnings: Warning[]): boolean => warnings.some(({ code }) => code === 'other_audience');
