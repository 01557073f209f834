import { useMessages } from '../locale.tsx';
import { en, zh, type ChartWords } from '../messages/charts.ts';
import type { Format } from '../format.ts';
import type { GroupKind } from './data.ts';

const catalogue = { en, zh };

export const useChartWords = (): ChartWords => useMessages(catalogue);

/** The name of a group; the rest, and the unknown that its page has no word for, are called by words of the kit. */
export const groupName = ({ kind, name }: { kind?: GroupKind; name: string }, words: ChartWords): string =>
  kind === 'other' ? words.other : kind === 'not_set' ? name || words.notSet : name;

/** A waiting time at the unit that suits it: "45 s", "12 min", "5.2 h", "3.1 d". */
export const writeSpell = (seconds: number, words: ChartWords, format: Format): string => {
  const [minutes, hours, days] = [seconds / 60, seconds / 3600, seconds / 86_400];
  const digits = (value: number) => (value < 10 && value % 1 >= 0.05 ? 1 : 0);
  if (seconds < 90) return words.spell.seconds(format.number(seconds));
  if (minutes < 90) return words.spell.minutes(format.number(minutes));
  if (hours < 48) return words.spell.hours(format.number(hours, { digits: digits(hours) }));
  return words.spell.days(format.number(days, { digits: digits(days) }));
};

/** The middle of waiting times, and where nine in ten of them lie. */
export const writeSpells = (
  { median, p10, p90 }: { median: number; p10?: number; p90?: number },
  words: ChartWords,
  format: Format,
): string => {
  const write = (seconds: number | undefined) => (seconds === undefined ? undefined : writeSpell(seconds, words, format));
  return words.medianShort(writeSpell(median, words, format), write(p10), write(p90));
};

/** The rest and the unknown of a breakdown, which stand back. */
export const quietOf = (groups: { key: string; kind?: GroupKind }[]): string[] =>
  groups.filter(({ kind = 'usual' }) => kind !== 'usual').map(({ key }) => key);
