import { addDays } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { type Conversion, daysValid, type ExchangeRate } from './schema.ts';

export type RateOn = { rate: number; day: string; source: string };
/** An amount of a currency on a day, and how many amounts it stands for. */
export type Dated = { currency: string; day: string; amounts: number };

type Series = { day: string; rate: number; source: string }[];

/** Rates to one currency, by the currency they are from; a rate the other way round is turned. On one day the one that is entered goes before. */
const seriesTo = (rates: readonly ExchangeRate[], to: string): Map<string, Series> => {
  const byDay = new Map<string, Map<string, Series[number]>>();
  const put = (from: string, one: Series[number], isTurned: boolean) => {
    const days = byDay.get(from) ?? new Map<string, Series[number]>();
    byDay.set(from, days);
    if (!isTurned || !days.has(one.day)) days.set(one.day, one);
  };
  for (const { from, to: into, day, rate, source } of rates) {
    if (into === to) put(from, { day, rate, source }, false);
    else if (from === to) put(into, { day, rate: 1 / rate, source }, true);
  }
  return new Map([...byDay].map(([from, days]) => [from, [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1))]));
};

/** The newest rate on the day or at most a week before it. */
const rateIn = (series: Series, day: string): RateOn | null => {
  let [low, high] = [0, series.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (series[middle]!.day <= day) low = middle + 1;
    else high = middle;
  }
  const found = series[low - 1];
  return found && found.day >= addDays(day, -daysValid) ? found : null;
};

/** What one unit of a currency is worth in another on a day; null where no rate says so. */
export const ratesTo = (rates: readonly ExchangeRate[], to: string): ((currency: string, day: string) => RateOn | null) => {
  const series = seriesTo(rates, to);
  return (currency, day) => (currency === to ? { rate: 1, day, source: '' } : rateIn(series.get(currency) ?? [], day));
};

const shownDays = 5;

/** Refuses a sum for which rates are missing, and names them; else says which rates it rests on. */
export const conversionOf = (dated: readonly Dated[], to: string, rateOn: ReturnType<typeof ratesTo>, left = 0): Conversion => {
  const foreign = [...new Set(dated.map(({ currency }) => currency))].filter((currency) => currency !== to).toSorted();
  const missing = foreign.flatMap((from) => {
    const days = [...new Set(dated.flatMap(({ currency, day }) => (currency === from && !rateOn(from, day) ? [day] : [])))].toSorted();
    return days.length > 0 ? [{ from, to, days }] : [];
  });
  if (missing.length > 0) {
    const listed = missing
      .map(
        ({ from, days }) => `${from}/${to}: ${days.slice(0, shownDays).join(', ')}${days.length > shownDays ? ` … (${days.length})` : ''}`,
      )
      .join('; ');
    throw new Failure(
      'conflict',
      {
        en: `Amounts of different currencies are not added without a dated rate. Missing on the day or the ${daysValid} days before: ${listed}. Enter or import them under Settings, Exchange rates.`,
        zh: `没有带日期的汇率，不同币种的金额不相加。当天及之前 ${daysValid} 天内缺少：${listed}。请在“设置 - 汇率”中录入或导入。`,
      },
      { missing: missing.map((one) => ({ ...one, days: one.days.slice(0, 100), all: one.days.length })) },
    );
  }
  return {
    to,
    left,
    used: foreign.map((from) => {
      const own = dated.filter(({ currency }) => currency === from);
      const rates = own.map(({ day }) => rateOn(from, day)!);
      const days = [...new Set(rates.map(({ day }) => day))].toSorted();
      return {
        from,
        amounts: own.reduce((sum, { amounts }) => sum + amounts, 0),
        rates: days.length,
        firstDay: days[0]!,
        lastDay: days.at(-1)!,
        sources: [...new Set(rates.map(({ source }) => source))].toSorted(),
      };
    }),
  };
};
