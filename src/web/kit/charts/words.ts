import { useMessages } from '../locale.tsx';
import { en, zh, type ChartWords } from '../messages/charts.ts';
import type { Format } from '../format.ts';

const catalogue = { en, zh };

export const useChartWords = (): ChartWords => useMessages(catalogue);

/** A waiting time at the unit that suits it: "45 s", "12 min", "5.2 h", "3.1 d". */
export const writeSpell = (seconds: number, words: ChartWords, format: Format): string => {
  const [minutes, hours, days] = [seconds / 60, seconds / 3600, seconds / 86_400];
  const digits = (value: number) => (value < 10 && value % 1 >= 0.05 ? 1 : 0);
  if (seconds < 90) return words.spell.seconds(format.number(seconds));
  if (minutes < 90) return words.spell.minutes(format.number(minutes));
  if (hours < 48) return words.spell.hours(format.number(hours, { digits: digits(hours) }));
  return words.spell.days(format.number(days, { digits: digits(days) }));
};
