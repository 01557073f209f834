import { Failure } from '../../../platform/failure.ts';
import type { MatchedAsked, MatchedRow } from './queries.ts';
import type { MatchedPart } from './schema.ts';

type Line = Pick<MatchedPart['balance'][number], 'kind' | 'name' | 'value'>;
type Column = Line & { of: (row: MatchedRow) => number };

const mostValues = 12;

/** Yes or no for each value but the most frequent one, which the others leave over; rare ones stand together. */
const categoryColumns = (rows: readonly MatchedRow[], name: string, place: number): Column[] => {
  const counts = new Map<string, number>();
  for (const { categories } of rows) counts.set(categories[place]!, (counts.get(categories[place]!) ?? 0) + 1);
  const frequent = [...counts].toSorted(([one, n], [other, m]) => m - n || (one < other ? -1 : 1)).map(([value]) => value);
  const kept = frequent.slice(0, mostValues);
  const known = new Set(kept);
  const columns = kept.slice(1).map((value): Column => ({
    kind: 'category',
    name,
    value,
    of: ({ categories }) => (categories[place] === value ? 1 : 0),
  }));
  if (frequent.length > mostValues)
    columns.push({ kind: 'category', name, value: '…', of: ({ categories }) => (known.has(categories[place]!) ? 0 : 1) });
  return columns;
};

/** What accounts are matched on, as numbers; what is the same for all, or says the same twice, tells nothing and is left out. */
export const columnsOf = (rows: readonly MatchedRow[], { design }: MatchedAsked): Column[] => {
  const all: Column[] = [
    ...design.numbers.map((name, place): Column => ({ kind: 'number', name, value: null, of: ({ numbers }) => numbers[place]! })),
    ...design.earlier.map(({ behaviour }, place): Column => ({
      kind: 'earlier',
      name: behaviour.label || behaviour.event,
      value: null,
      of: ({ earlier }) => earlier[place]!,
    })),
    ...design.categories.flatMap((name, place) => categoryColumns(rows, name, place)),
  ];
  const seen = new Set<string>();
  return all.filter(({ of }) => {
    const values = rows.map(of);
    const text = values.join(' ');
    if (seen.has(text) || values.every((value) => value === values[0])) return false;
    seen.add(text);
    return true;
  });
};

export const refuseWithoutFeatures = ({ design }: MatchedAsked): void => {
  if (design.numbers.length + design.categories.length + design.earlier.length === 0)
    throw new Failure('invalid', {
      en: 'Name something on which the accounts are matched: numbers, categories, or how often they did something before.',
      zh: '请指定用于匹配的内容：数值、类别，或此前做过某事的次数。',
    });
};

export const refuseFollowing = (error: unknown): never => {
  if (!(error instanceof RangeError)) throw error;
  throw new Failure('invalid', {
    en: 'Some of what the accounts are matched on follows from the rest, such as a sum beside its parts. Take one of them out.',
    zh: '用于匹配的某些内容可由其余推出（例如总和与其各部分并列）。请去掉其中一项。',
  });
};
