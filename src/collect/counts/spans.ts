import { addDays, dayIn } from '../../platform/days.ts';

export const spans = {
  today: { by: 'hour', days: 1 },
  week: { by: 'hour', days: 7 },
  month: { by: 'day', days: 30 },
  quarter: { by: 'day', days: 90 },
} as const;
export type Span = keyof typeof spans;

const hour = 3_600_000;

/** The first day of a period that ends today. */
export const firstDay = (span: Span, today: string): string => addDays(today, 1 - spans[span].days);

/** Every hour or day of a period up to now, so that one in which nothing came is drawn as nothing. */
export const periodsUpTo = (span: Span, today: string, now: Date, timeZone: string): string[] => {
  const { by, days } = spans[span];
  const first = firstDay(span, today);
  if (by === 'day') return Array.from({ length: days }, (_, index) => addDays(first, index));
  const last = Math.floor(now.getTime() / hour) * hour;
  const hours = Array.from({ length: days * 24 + 2 }, (_, index) => last - (days * 24 + 1 - index) * hour);
  return hours.filter((at) => dayIn(new Date(at), timeZone) >= first).map((at) => new Date(at).toISOString().replace('.000', ''));
};
