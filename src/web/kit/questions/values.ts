/** What a product question is made of. A slice's `schema.ts` writes the same shapes with zod. */

export const operators = ['is', 'is_not', 'contains', 'greater', 'less', 'set', 'not_set'] as const;
export type Operator = (typeof operators)[number];

/** `values` has one for `greater` and `less`, none for `set` and `not_set`, and any number else: any of them matches. */
export type PropertyFilter = { property: string; operator: Operator; values: string[] };

/** `event` is null for any event, and '' as long as nobody has chosen one. */
export type Step = { kind?: 'event'; event: string | null; filters: PropertyFilter[]; label?: string };

/** The use of a feature; without a version it is the newest at the time of the answer. */
export type Use = { kind: 'feature'; feature: string; version?: number | null; label?: string };

/** What was done. */
export type Behaviour = Step | Use;

/** Days of the workspace's time zone, `YYYY-MM-DD`; `to` is the last day that counts. */
export type Range = { kind: 'last'; days: number } | { kind: 'between'; from: string; to: string };

export type BreakdownBy = 'property' | 'account_property' | 'person_property';
export type Breakdown = { by: BreakdownBy; name: string } | null;

export type Unit = 'people' | 'accounts';

/** An event that was received, for the picker: how often, and when last. */
export type EventChoice = { name: string; count: number; lastSeen?: string | null };

/** A feature, for the same picker; `event` is the one that its use is, '' where it is made of several. Not offered, it only has a name. */
export type FeatureChoice = { id: string; name: string; version: number; event: string | null; hasMoments: boolean; isOffered?: boolean };

/** A property that was received, with a few of its values if the page has them. */
export type PropertyChoice = { name: string; kind?: 'text' | 'number'; label?: string };

export type BreakdownChoice = { by: BreakdownBy; name: string; label?: string; values?: number };

export const valuesOf = (operator: Operator): 'none' | 'one' | 'many' =>
  operator === 'set' || operator === 'not_set' ? 'none' : operator === 'greater' || operator === 'less' ? 'one' : 'many';

/** Whether the filter says enough to be asked; a page leaves out those that do not. */
export const isWhole = ({ property, operator, values }: PropertyFilter): boolean =>
  property !== '' && (valuesOf(operator) === 'none' || values.some((value) => value !== ''));

/** Another operator keeps the values that still make sense. */
export const withOperator = (filter: PropertyFilter, operator: Operator): PropertyFilter => {
  const values = valuesOf(operator) === 'none' ? [] : valuesOf(operator) === 'one' ? filter.values.slice(0, 1) : filter.values;
  return { ...filter, operator, values };
};

/** Whether an event was chosen: '' is a step that waits for one. */
export const isChosen = (one: Behaviour): boolean => one.kind === 'feature' || one.event !== '';

/** What can be asked of these steps: those with an event, with the filters that say enough. */
export const wholeSteps = <One extends Behaviour>(steps: One[]): One[] =>
  steps.filter(isChosen).map((step) => (step.kind === 'feature' ? step : { ...step, filters: step.filters.filter(isWhole) }));

export const emptyStep = (): Step => ({ event: '', filters: [] });

/** A copy with the item at one place moved to another. */
export const moved = <Item>(items: Item[], from: number, to: number): Item[] => {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return items;
  const rest = items.toSpliced(from, 1);
  return rest.toSpliced(to, 0, item);
};
