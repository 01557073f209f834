import { readConversion } from '../../collect/exchange-rates/queries.ts';
import type { Conversion } from '../../collect/exchange-rates/schema.ts';
import type { Context } from '../../platform/context.ts';
import type { Cell, GroupRow } from './queries.ts';

/** Amounts in one currency, each at the rate of its day; what states no currency or no date stays as it is. */
export const converted = async (
  context: Context,
  groups: GroupRow[],
  to: string | null | undefined,
): Promise<{ groups: GroupRow[]; conversion: Conversion | null }> => {
  if (!to) return { groups, conversion: null };
  const all = groups.flatMap(({ kind, cells }) => (kind === 'all' ? cells.filter(({ amounts }) => amounts > 0) : []));
  const dated = all.flatMap(({ currency, rateDay, amounts }) => (rateDay === '' ? [] : [{ currency, day: rateDay, amounts }]));
  const left = all.reduce((sum, { currency, rateDay, amounts }) => sum + (rateDay === '' && currency !== to ? amounts : 0), 0);
  const { conversion, rateOn } = await context.read((transaction) => readConversion(transaction, to, dated, left));
  const inOne = (cell: Cell): Cell => {
    if (cell.rateDay === '') return cell;
    const { rate } = rateOn(cell.currency, cell.rateDay)!;
    const { createdAmount, wonAmount, openAmount } = cell;
    return { ...cell, currency: to, createdAmount: createdAmount * rate, wonAmount: wonAmount * rate, openAmount: openAmount * rate };
  };
  return { conversion, groups: groups.map((group) => ({ ...group, cells: group.cells.map(inOne) })) };
};
