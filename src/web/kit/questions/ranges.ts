/** Which days a range means. Days are `YYYY-MM-DD` and are counted as such, so no time zone can shift them. */
import type { Range } from './values.ts';

const dayMilliseconds = 86_400_000;
const read = (day: string) => Date.parse(`${day}T00:00:00Z`);
const write = (time: number) => new Date(time).toISOString().slice(0, 10);

export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(read(text)) && write(read(text)) === text;

export const addDays = (day: string, days: number): string => write(read(day) + days * dayMilliseconds);

export const daysBetween = (from: string, to: string): number => Math.round((read(to) - read(from)) / dayMilliseconds);

/** The first and last day of a range; "last 30 days" ends today. */
export const daysOf = (range: Range, today: string): { from: string; to: string; days: number } => {
  const [from, to] = range.kind === 'last' ? [addDays(today, 1 - range.days), today] : [range.from, range.to];
  return { from, to, days: daysBetween(from, to) + 1 };
};

/** The same number of days just before: what a period is compared with. */
export const daysBefore = (range: Range, today: string): { from: string; to: string } => {
  const { from, days } = daysOf(range, today);
  return { from: addDays(from, -days), to: addDays(from, -1) };
};

const monthStart = (day: string, months: number): string => {
  const date = new Date(read(day));
  return write(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
};

export const lastDays = [7, 30, 90, 180, 365] as const;

export type CalendarRange = 'this_month' | 'last_month' | 'this_quarter' | 'last_quarter';
export const calendarRanges: CalendarRange[] = ['this_month', 'last_month', 'this_quarter', 'last_quarter'];

/** A month or quarter; the one under way ends today. */
export const calendarRange = (which: CalendarRange, today: string): Range & { kind: 'between' } => {
  const size = which.endsWith('month') ? 1 : 3;
  const into = size === 1 ? 0 : new Date(read(today)).getUTCMonth() % 3;
  const start = monthStart(today, -into - (which.startsWith('last') ? size : 0));
  return { kind: 'between', from: start, to: which.startsWith('last') ? addDays(monthStart(start, size), -1) : today };
};

const same = (a: Range, b: Range): boolean =>
  a.kind === 'last' ? b.kind === 'last' && a.days === b.days : b.kind === 'between' && a.from === b.from && a.to === b.to;

/** The month or quarter that a range happens to be, so that it can be called by its name. */
export const calendarNameOf = (range: Range, today: string): CalendarRange | null =>
  calendarRanges.find((which) => same(calendarRange(which, today), range)) ?? null;
