import type { TemplateItem } from './schema.ts';

export const groups = ['early', 'weeks', 'soon', 'week', 'after'] as const;
export type GroupName = (typeof groups)[number];

const groupOf = (leadDays: number): GroupName =>
  leadDays >= 42 ? 'early' : leadDays >= 21 ? 'weeks' : leadDays > 7 ? 'soon' : leadDays >= 0 ? 'week' : 'after';

/** Items by when they are due, the earliest first; groups without any are left out. */
export const byDue = (items: TemplateItem[]): { group: GroupName; items: TemplateItem[] }[] => {
  const sorted = items.toSorted((one, other) => other.leadDays - one.leadDays);
  return groups.flatMap((group) => {
    const own = sorted.filter(({ leadDays }) => groupOf(leadDays) === group);
    return own.length > 0 ? [{ group, items: own }] : [];
  });
};
