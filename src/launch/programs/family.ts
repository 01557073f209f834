import type { Costs } from './schema.ts';

/** A program among those that it is a part of, and its parts. */
export type Kin = { id: string; parentId: string | null };

/** The program and all that are parts of it, however deep. */
export const withParts = (all: readonly Kin[], id: string): string[] => {
  const found = [id];
  for (const one of found) for (const kin of all) if (kin.parentId === one && !found.includes(kin.id)) found.push(kin.id);
  return found;
};

/** The program and all that it is a part of. */
export const withWholes = (all: ReadonlyMap<string, Kin>, id: string): string[] => {
  const found: string[] = [];
  for (let one = all.get(id); one && !found.includes(one.id); one = one.parentId ? all.get(one.parentId) : undefined) found.push(one.id);
  return found;
};

type Paid = { budget: number | null; actualCost: number | null; currency: string };

const sum = (amounts: (number | null)[]): number | null => {
  const given = amounts.filter((amount) => amount !== null);
  return given.length === 0 ? null : given.reduce((total, amount) => total + Math.round(amount * 100), 0) / 100;
};

/** What programs cost, by currency: nothing is added across currencies. */
export const costsOf = (paid: readonly Paid[]): Costs[] =>
  [...new Set(paid.map(({ currency }) => currency))].toSorted().map((currency) => {
    const some = paid.filter((one) => one.currency === currency);
    return {
      currency,
      budget: sum(some.map(({ budget }) => budget)),
      actualCost: sum(some.map(({ actualCost }) => actualCost)),
      withoutBudget: some.filter(({ budget }) => budget === null).length,
      withoutCost: some.filter(({ actualCost }) => actualCost === null).length,
    };
  });
