import type { GatePlan } from '../gates/schema.ts';
import type { Template, TemplateItem } from './schema.ts';

/** A template as its editor holds it. */
export type Draft = {
  name: string;
  purpose: Template['content']['purpose'];
  tier: number | null;
  segments: string[];
  personas: string[];
  note: string;
  channels: string[];
  items: TemplateItem[];
  gates: GatePlan[];
};

export const draftOf = ({ name, content: { audience, ...content } }: Pick<Template, 'name' | 'content'>): Draft => ({
  name,
  ...audience,
  ...content,
});

export const contentOf = ({ purpose, tier, segments, personas, note, channels, items, gates }: Draft): Template['content'] => ({
  purpose,
  tier,
  audience: { segments, personas, note },
  channels,
  items,
  gates,
});

/** One place up or down; at the end it stays. */
export const moved = <One>(list: One[], index: number, by: -1 | 1): One[] => {
  const [here, there] = [list[index], list[index + by]];
  return here === undefined || there === undefined ? list : list.with(index, there).with(index + by, here);
};

/** Without an item; nothing needs it any more. */
export const withoutItem = (items: TemplateItem[], id: string): TemplateItem[] =>
  items
    .filter((one) => one.id !== id)
    .map((one) => (one.needs.includes(id) ? { ...one, needs: one.needs.filter((need) => need !== id) } : one));

export const newItem = (id: string, name: string): TemplateItem => ({
  id,
  name,
  type: 'other',
  required: false,
  function: 'product_marketing',
  leadDays: 14,
  workDays: 5,
  doneWhen: '',
  audience: '',
  signers: [],
  needs: [],
});

/** Each field, item and gate by itself, so that what two people changed can be put together. */
export const flatten = ({ items, gates, ...draft }: Draft): Record<string, unknown> => ({
  ...draft,
  ...Object.fromEntries(items.map((one) => [`item ${one.id}`, one])),
  ...Object.fromEntries(gates.map((one) => [`gate ${one.stage}`, one])),
});

/** The items stay in the order of `order`; what is not in it comes last. */
export const unflatten = (fields: Record<string, unknown>, order: TemplateItem[]): Draft => {
  const entries = Object.entries(fields);
  const found = entries.flatMap(([key, value]) => (key.startsWith('item ') ? [value as TemplateItem] : []));
  const ids = new Set(found.map(({ id }) => id));
  const place = (id: string) => {
    const index = order.findIndex((one) => one.id === id);
    return index < 0 ? order.length : index;
  };
  const stages = ['concept', 'alpha', 'beta', 'ga'];
  return {
    ...(Object.fromEntries(entries.filter(([key]) => !/^(item|gate) /.test(key))) as Omit<Draft, 'items' | 'gates'>),
    items: found
      .toSorted((one, other) => place(one.id) - place(other.id))
      // One took an item out, the other made something need it.
      .map((one) => ({ ...one, needs: one.needs.filter((need) => ids.has(need)) })),
    gates: entries
      .flatMap(([key, value]) => (key.startsWith('gate ') ? [value as GatePlan] : []))
      .toSorted((one, other) => stages.indexOf(one.stage) - stages.indexOf(other.stage)),
  };
};
