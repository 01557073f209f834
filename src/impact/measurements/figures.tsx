import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { Interval, Measurements } from './schema.ts';

type Written = Pick<Measurements, 'ceiling' | 'interval'>;

/** Figures as the answer's own: shares of a ceiling, or counts with as many digits as they need. */
export function useFigures() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const number = (value: number) => format.number(value, { digits: Math.abs(value) < 10 && !Number.isInteger(value) ? 2 : 0 });
  const when = (day: string, interval: Interval): string => {
    if (interval === 'year') return day.slice(0, 4);
    return interval === 'day' || interval === 'week' ? format.date(day) : `${format.month(day)} ${day.slice(0, 4)}`;
  };
  return {
    write: ({ ceiling }: Written) => (ceiling ? format.share : number),
    tick: ({ ceiling }: Written) => (ceiling ? (value: number) => format.share(value, { digits: 0 }) : format.compact),
    when,
    age: (periods: number, interval: Interval) => words.ages[interval](format.number(periods)),
    name: (subject: string) => subject || words.noSubject,
  };
}
