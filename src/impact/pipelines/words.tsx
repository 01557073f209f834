import type { Conversion } from '../../collect/exchange-rates/schema.ts';
import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import { type Amount, type PipelineAsked, type PipelineGroup, touchDimensions, usedDimensions } from './schema.ts';

type Breakdown = PipelineAsked['breakdown'];

/** How the page writes what deals are worth and in which group they stand. */
export function usePipelineWords() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const money = (value: number, currency: string) =>
    currency ? format.money(value, { currency }) : `${format.number(value)} ${words.noCurrency}`;
  return {
    words,
    format,
    /** One currency after the other, never added up. */
    worth: (amounts: readonly Amount[], of: 'created' | 'won' | 'open') =>
      amounts
        .filter((one) => one[of] !== 0)
        .map((one) => money(one[of], one.currency))
        .join(' · ') || '–',
    /** Which rates amounts rest on. */
    converted: ({ to, used, left }: Conversion) =>
      [
        words.converted(to),
        ...used.map(({ from, amounts, rates, lastDay, sources }) =>
          words.convertedFrom(
            from,
            format.number(amounts),
            format.number(rates),
            format.date(lastDay, { year: true }),
            format.list(sources),
          ),
        ),
        left > 0 ? words.convertedLeft(format.number(left)) : '',
      ]
        .filter(Boolean)
        .join(' '),
    byName: (breakdown: Breakdown) => (breakdown ? (breakdown.by === 'property' ? breakdown.name : words.dimensions[breakdown.by]) : ''),
    groupName: ({ kind, name }: Pick<PipelineGroup, 'kind' | 'name'>, breakdown: Breakdown) => {
      if (kind === 'all') return words.total;
      if (kind === 'other') return words.other;
      if (kind === 'usual') return name;
      return breakdown && [...touchDimensions, ...usedDimensions].includes(breakdown.by) ? words.noTouch : words.notSet;
    },
    interval: (one: { days: number | null; low: number | null; high: number | null } | null) => {
      if (!one || one.days === null) return '–';
      const days = (value: number) => format.number(value, { digits: 1 });
      return one.low === null || one.high === null ? days(one.days) : format.interval(days(one.days), days(one.low), days(one.high));
    },
  };
}
