import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { Outlook } from './schema.ts';

type Unit = keyof typeof en.units;

/** Words of an outlook: why it is not told and what would make it answerable, or null where it is told. */
export function useOutlookWords() {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return {
    ...words,
    refusal: ({ state, periods, needed }: Pick<Outlook, 'state' | 'periods' | 'needed'>, unit: Unit): string | null =>
      state === 'told' ? null : words.reasons[state](words.units[unit], format.number(periods), format.number(needed)),
    inPeriods: (periods: number, unit: Unit): string => `${format.number(periods)} ${words.units[unit]}`,
  };
}
