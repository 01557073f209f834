import { addDays } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';

export type By = 'week' | 'month';

/** First day of the period that a day lies in; weeks begin on Monday. */
export const startOf = (day: string, by: By): string => {
  if (by === 'month') return `${day.slice(0, 7)}-01`;
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
};
const nextStart = (day: string, by: By): string => startOf(addDays(day, by === 'month' ? 31 : 7), by);

/** How the engine names the first day of a period. */
export const startSql = { week: 'toMonday', month: 'toStartOfMonth' } as const;

/** The first days of the periods that lie wholly within the days. */
export const wholePeriods = ({ from, to }: { from: string; to: string }, by: By, most: number): string[] => {
  const periods: string[] = [];
  for (let at = startOf(from, by) === from ? from : nextStart(from, by); addDays(nextStart(at, by), -1) <= to; at = nextStart(at, by))
    periods.push(at);
  if (periods.length < 2 || periods.length > most)
    throw new Failure('invalid', {
      en: `These days hold ${periods.length} whole ${by === 'week' ? 'weeks' : 'months'}. Choose days that hold 2 to ${most} of them.`,
      zh: `这些日期包含 ${periods.length} 个完整的${by === 'week' ? '周' : '月'}。请选择包含 2 至 ${most} 个的日期。`,
    });
  return periods;
};
