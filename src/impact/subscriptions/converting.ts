import { readConversion } from '../../collect/exchange-rates/queries.ts';
import type { Conversion } from '../../collect/exchange-rates/schema.ts';
import type { Context } from '../../platform/context.ts';
import { addDays } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { shifted } from '../trends/periods.ts';
import type { CurrencyRow, Frame } from './queries.ts';
import type { SubscriptionsAsked } from './schema.ts';

export type Converted = { origin: string; rates: NonNullable<Frame['rates']>; conversion: Conversion };

/** What each currency is worth in one, on one day; revenue of no stated currency is left out. */
export const convertedBy = async (
  context: Context,
  { currency, convertTo: to, rateDay }: Pick<SubscriptionsAsked, 'currency' | 'convertTo' | 'rateDay'>,
  rows: readonly CurrencyRow[],
  lastMonth: string | null,
): Promise<Converted | null> => {
  if (!to) return null;
  if (currency != null)
    throw new Failure('invalid', {
      en: 'Ask for one currency as it is, or for all in one: leave out currency or convertTo.',
      zh: '要么只看一个币种，要么把全部折成一个币种：请去掉 currency 或 convertTo。',
    });
  const stated = rows.filter((one) => one.currency !== '');
  if (stated.length === 0 || lastMonth === null) return null;
  const day = rateDay ?? addDays(shifted(lastMonth, 'month', 1), -1);
  const currencies = stated.map((one) => one.currency);
  const left = rows.reduce((sum, one) => sum + (one.currency === '' ? one.accounts : 0), 0);
  const dated = stated.map((one) => ({ currency: one.currency, day, amounts: one.accounts }));
  const { conversion, rateOn } = await context.read((transaction) => readConversion(transaction, to, dated, left));
  return {
    origin: stated.map(({ origin }) => origin).toSorted()[0]!,
    rates: { currencies, worth: currencies.map((one) => rateOn(one, day)!.rate) },
    conversion,
  };
};
