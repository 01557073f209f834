/** The definition of recurring revenue, said plainly and slowly: what the statements are held against. */
export type Moved = { account: string; kind: string; amount: number; currency: string; months: number; day: string };
export type Stands = { account: string; before: number; after: number; earlier: boolean };

const signOf = (kind: string): number => (kind === 'contraction' || kind === 'churn' ? -1 : 1);
const cents = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Month after month, as texts such as 2026-03. */
export const monthsBetween = (from: string, to: string): string[] => {
  const list = [from];
  while (list.at(-1)! < to) {
    const [year, month] = list.at(-1)!.split('-').map(Number) as [number, number];
    list.push(month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`);
  }
  return list;
};

/** What one account pays a month at the end of a month. */
export const paid = (all: readonly Moved[], account: string, month: string): number => {
  let sum = 0;
  for (const one of all) if (one.account === account && one.day.slice(0, 7) <= month) sum += (signOf(one.kind) * one.amount) / one.months;
  return cents(sum);
};

/** What an account did between the ends of two months; '' if nothing. */
export const didWhat = ({ before, after, earlier }: Stands): string => {
  if (before === after) return '';
  if (before === 0) return earlier ? 'reactivation' : 'new';
  if (after === 0) return 'churn';
  return after > before ? 'expansion' : 'contraction';
};

export type Kept = { accounts: number; paying: number; start: number; end: number; gross: number };

/** A locked set: what each paid then, and pays now. */
export const keptOf = (pairs: readonly (readonly [number, number])[]): Kept => ({
  accounts: pairs.length,
  paying: pairs.filter(([, now]) => now > 0).length,
  start: pairs.reduce((sum, [then]) => sum + then, 0),
  end: pairs.reduce((sum, [, now]) => sum + now, 0),
  gross: pairs.reduce((sum, [then, now]) => sum + Math.min(then, now), 0),
});
