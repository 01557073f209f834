import { addDays } from '../../platform/days.ts';
import type { Period } from './schema.ts';

/** SQL over the day in the workspace's time zone, which is stored with each event; so days of 23 and 25 hours are days. */
export const bucketSql: Record<Period, string> = { day: 'day', week: 'toMonday(day)', month: 'toStartOfMonth(day)' };

/** The first day of the period that a day is in. */
export const startOf = (day: string, by: Period): string => {
  if (by === 'day') return day;
  if (by === 'month') return `${day.slice(0, 8)}01`;
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
};

const addMonths = (start: string, months: number): string =>
  new Date(Date.UTC(Number(start.slice(0, 4)), Number(start.slice(5, 7)) - 1 + months, 1)).toISOString().slice(0, 10);

/** The first day of the period that many later. */
export const shifted = (start: string, by: Period, places: number): string =>
  by === 'month' ? addMonths(start, places) : addDays(start, places * (by === 'week' ? 7 : 1));

export type Days = { from: string; to: string };

/** The first days of all periods that the days touch. */
export const periodsOf = ({ from, to }: Days, by: Period): string[] => {
  const starts = [startOf(from, by)];
  for (let next = shifted(starts[0]!, by, 1); next <= to; next = shifted(next, by, 1)) starts.push(next);
  return starts;
};

export const lastDayOf = (start: string, by: Period): string => addDays(shifted(start, by, 1), -1);

/** Whether some of the period's days are not over yet, or were not asked for. */
export const isIncomplete = (start: string, by: Period, { from, to }: Days, today: string): boolean =>
  start < from || lastDayOf(start, by) > to || lastDayOf(start, by) >= today;

/** The same number of periods just before, with the days at the same places in them; a month that is shorter ends with its last day. */
export const before = (days: Days, by: Period): Days => {
  const places = periodsOf(days, by).length;
  const moved = (day: string): string => {
    const start = startOf(day, by);
    const then = shifted(start, by, -places);
    const into = (Date.parse(day) - Date.parse(start)) / 86_400_000;
    const [place, last] = [addDays(then, into), lastDayOf(then, by)];
    return place > last || (by === 'month' && day === lastDayOf(start, by)) ? last : place;
  };
  return { from: moved(days.from), to: moved(days.to) };
};
