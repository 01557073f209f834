import { type FixRule, type FixStep, fixRule } from './schema.ts';

/** A step as it stands in the form: all of its fields, filled or not. */
export type DraftStep = { key: number; do: FixStep['do']; path: string; to: string; value: string };
export type Draft = { name: string; reason: string | null; event: string; key: string | null; steps: DraftStep[] };

export const fieldsOf: Record<FixStep['do'], ('path' | 'to' | 'value')[]> = {
  rename_event: ['to'],
  set: ['path', 'value'],
  rename: ['path', 'to'],
  copy: ['path', 'to'],
  drop: ['path'],
  number: ['path'],
  new_message: [],
};

/** What usually puts events right that failed for this reason. */
const usualFor = (reason: string | null): Pick<DraftStep, 'do' | 'to'> => {
  if (reason === 'missing_identity') return { do: 'copy', to: 'userId' };
  if (reason === 'message_id_conflict') return { do: 'new_message', to: '' };
  if (reason === 'missing_group') return { do: 'copy', to: 'groupId' };
  if (reason === 'missing_event') return { do: 'rename_event', to: '' };
  return { do: 'copy', to: '' };
};

let made = 0;
export const newStep = (reason: string | null): DraftStep => ({ key: made++, path: '', value: '', ...usualFor(reason) });

const valueOf = (text: string): string | number | boolean => {
  if (/^".*"$/s.test(text)) return text.slice(1, -1);
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
};

/** The rule that a form asks for; null while a step is not finished. */
export const ruleOf = ({ reason, event, key, steps }: Draft): FixRule | null => {
  const asked = {
    ...(reason && { reason }),
    ...(event.trim() && { event: event.trim() }),
    ...(key && { key }),
    steps: steps.map((step) => {
      const given = Object.fromEntries(fieldsOf[step.do].map((field) => [field, field === 'value' ? valueOf(step.value) : step[field]]));
      return { do: step.do, ...given };
    }),
  };
  const read = fixRule.safeParse(asked);
  return read.success ? read.data : null;
};
