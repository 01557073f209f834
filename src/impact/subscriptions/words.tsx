import { useFormat } from '../../web/kit/format-context.tsx';
import { useMessages } from '../../web/kit/locale.tsx';
import { en, zh } from './messages.ts';
import type { GroupKind, Kept, LockedSet } from './schema.ts';

export const figures = ['net', 'gross', 'logo'] as const;

/** A month and its year: "Oct 2026". */
export function useMonth(): (at: string) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return (at) => words.monthOf(format.month(at), at.slice(0, 4));
}

/** Amounts of one currency; one that is not stated is a plain number. */
export function useMoney(currency: string): (value: number) => string {
  const format = useFormat();
  return (value) => (currency ? format.money(value, { currency }) : format.number(value));
}

/** Why what is kept has no interval; '' where it has. */
export function useReason(): (kept: Kept) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  return ({ net, gross, effective }) => {
    const why = net?.why ?? gross?.why;
    if (!why) return '';
    return why === 'too_concentrated' ? words.why.too_concentrated(format.number(effective, { digits: 1 })) : words.why[why];
  };
}

/** Mean MRR with its interval, or with how many accounts one needs. */
export function useMean(currency: string): (mean: LockedSet['perAccount']) => string {
  const words = useMessages({ en, zh });
  const format = useFormat();
  const money = useMoney(currency);
  return (mean) => {
    if (!mean) return '';
    const { mean: value, low, high, needed, accounts } = mean;
    const n = format.number(accounts);
    if (low !== null && high !== null) return words.perAccount(money(value), format.range(money(low), money(high)), n);
    return needed === null ? words.perAccountAlike(money(value), n) : words.perAccountFew(money(value), n, format.number(needed));
  };
}

/** What a group is called. */
export function useGroupName(): (group: { kind: 'all' | GroupKind; name: string }) => string {
  const words = useMessages({ en, zh });
  return ({ kind, name }) => (kind === 'usual' ? name : words.groupKinds[kind]);
}

/** A chance of so much by accident: "p = 0.034". */
export function useChance(): (p: number) => string {
  const format = useFormat();
  return (p) => (p < 0.001 ? `p < ${format.number(0.001, { digits: 3 })}` : `p = ${format.number(p, { digits: p < 0.1 ? 3 : 2 })}`);
}
