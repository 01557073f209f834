import { createHash } from 'node:crypto';
import type { GoalText } from './schema.ts';
import type { GoalRow } from './tables.ts';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
};

/** JSON with sorted keys and without spaces: the same text whoever writes it. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value));

/** What shows that a registered text is still the one that was registered. */
export const hashOf = (text: GoalText): string => createHash('sha256').update(canonical(text)).digest('hex');

/** What a goal says now. */
export const textOf = (row: GoalRow, given: Pick<GoalText, 'parent' | 'launch'>): GoalText => ({
  purpose: row.purpose,
  name: row.name,
  parent: given.parent,
  metric: row.metric,
  target: row.target,
  smallestChange: row.smallestChange,
  horizonDays: row.horizonDays,
  minimumSample: row.minimumSample,
  comparison: row.comparison,
  rule: row.rule,
  baseline: row.baseline,
  launch: given.launch,
});
