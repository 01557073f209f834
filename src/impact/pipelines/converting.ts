import { readConversion } from '../../collect/exchange-rates/queries.ts';
import type { Conversion } from '../../collect/exchange-rates/schema.ts';
import type { Context } from '../../platform/context.ts';
import type { CellRow } from './queries.ts';

/** Amounts in one currency, each at the rate of its day; what states no currency or no date stays as it is. */
export const converted = async (
  context: Context,
  cells: CellRow[],
  to: string | null | undefined,
): Promise<{ cells: CellRow[]; conversion: Conversion | null }> => {
  if (!to) return { cells, conversion: null };
  const all = cells.filter(({ kind, amounts }) => kind === 'all' && amounts > 0);
  const dated = all.flatMap(({ currency, rateDay, amounts }) => (rateDay === '' ? [] : [{ currency, day: rateDay, amounts }]));
  const left = all.reduce((sum, { currency, rateDay, amounts }) => sum + (rateDay === '' && currency !== to ? amounts : 0), 0);
  const { conversion, rateOn } = await context.read((transaction) => readConversion(transaction, to, dated, left));
  return {
    conversion,
    cells: cells.map((row) => {
      if (row.rateDay === '') return row;
      const { rate } = rateOn(row.currency, row.rateDay)!;
      return {
        ...row,
        currency: to,
        createdAmount: row.createdAmount * rate,
        wonAmount: row.wonAmount * rate,
        openAmount: row.openAmount * rate,
      };
    }),
  };
};
