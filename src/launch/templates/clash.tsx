import { Conflict } from '../../web/kit/conflict.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { differingKeys } from '../../web/kit/merging.ts';
import type { GatePlan } from '../gates/schema.ts';
import { type Draft, flatten } from './draft.ts';
import { useCriterionText } from './lists.tsx';
import { en, zh } from './messages.ts';
import type { TemplateItem } from './schema.ts';

type ClashProps = { message: string; before: Draft; now: Draft; onKeep: () => void; onTake: () => void };

/** In words, what of a template is another now than when the editor was opened. */
export function TemplateClash({ message, before, now, onKeep, onTake }: ClashProps) {
  const words = useMessages({ en, zh });
  const textOf = useCriterionText();
  const writeItem = ({ name, leadDays, doneWhen }: TemplateItem) =>
    [name, words.dueDay(leadDays), doneWhen].filter(Boolean).join(words.comma);
  const writeGate = ({ leadDays, criteria }: GatePlan) => [words.dueDay(leadDays), ...criteria.map(textOf)].join(words.semicolon);
  const write = (key: string, value: unknown): string => {
    if (value == null) return '';
    if (key.startsWith('item ')) return writeItem(value as TemplateItem);
    if (key.startsWith('gate ')) return writeGate(value as GatePlan);
    if (key === 'purpose') return words.purposes[value as Draft['purpose']];
    if (Array.isArray(value)) return value.join(words.comma);
    return typeof value === 'number' ? String(value) : (value as string);
  };
  const labels: Record<string, string> = {
    name: words.name,
    purpose: words.purpose,
    tier: words.tier,
    segments: words.segments,
    personas: words.personas,
    note: words.audienceNote,
    channels: words.channels,
  };
  const labelOf = (key: string, value: unknown): string => {
    if (key.startsWith('item ')) return (value as TemplateItem).name;
    if (key.startsWith('gate ')) return words.gateOf(words.stages[(value as GatePlan).stage]);
    return labels[key] ?? key;
  };
  const [were, are] = [flatten(before), flatten(now)];
  const fields = differingKeys(were, are).map((key) => ({
    label: labelOf(key, are[key] ?? were[key]),
    before: write(key, were[key]),
    now: write(key, are[key]),
  }));
  return <Conflict message={message} fields={fields} onKeep={onKeep} onTake={onTake} />;
}
