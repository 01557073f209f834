import { shareInterval } from '../../methods/numeric/share-interval.ts';
import { type Begun, type Deals, daySeconds } from './matching.ts';
import type { DealRow, Meeting } from './queries.ts';
import type { HorizonReturns } from './schema.ts';

type Returned = { deal: DealRow; role: 'sourced' | 'influenced'; isWon: boolean };

/** What a program had to do with a deal of an account, as it stood so many days after the account came. */
const roleOf = (deal: DealRow, at: number, until: number): Returned['role'] | null => {
  if (deal.created > at) {
    if (deal.created > until || !deal.wasBefore) return null;
    return deal.isFirst ? 'sourced' : 'influenced';
  }
  const isOpenThen = deal.closed === null || deal.closed > at;
  return isOpenThen && deal.during !== null && deal.during <= until ? 'influenced' : null;
};

/** Deals of accounts that were sourced or influenced within the days. */
export const returnedDeals = (followed: readonly Begun[], deals: Deals, days: number): Returned[] =>
  followed.flatMap(({ account, at }) => {
    const until = at + days * daySeconds;
    return (deals.get(account.id) ?? []).flatMap((deal) => {
      const role = roleOf(deal, at, until);
      return role ? [{ deal, role, isWon: deal.state === 'won' && deal.closed !== null && deal.closed <= until }] : [];
    });
  });

const cents = (amount: number) => Math.round(amount * 100) / 100;

export const sumOf = (returned: readonly Returned[], role: Returned['role']): HorizonReturns['sourced'] => {
  const own = returned.filter((one) => one.role === role);
  const priced = own.filter(({ deal }) => deal.amount !== null);
  const sum = (some: readonly Returned[]) => cents(some.reduce((total, { deal }) => total + deal.amount!, 0));
  const amounts = [...new Set(priced.map(({ deal }) => deal.currency))].toSorted().map((currency) => {
    const some = priced.filter(({ deal }) => deal.currency === currency);
    return { currency, created: sum(some), won: sum(some.filter(({ isWon }) => isWon)) };
  });
  return { deals: own.length, won: own.filter(({ isWon }) => isWon).length, withoutAmount: own.length - priced.length, amounts };
};

/** Deals that were open when the program touched them and whose days are over, and how many of these closed within the days. */
export const closingsOf = (all: readonly DealRow[], days: number, dataTo: number): HorizonReturns['accelerated'] => {
  const touched = all.flatMap(({ during, state, closed }) =>
    // Closed on a day that nobody wrote down: how long it took is not known.
    during === null || during + days * daySeconds > dataTo || (closed === null && ['won', 'lost'].includes(state))
      ? []
      : [{ during, closed }],
  );
  const inTime = touched.filter(({ during, closed }) => closed !== null && closed <= during + days * daySeconds);
  return { touched: touched.length, closed: inTime.length };
};

const within = (deals: readonly DealRow[], from: number, until: number) => deals.some(({ created }) => created > from && created <= until);

/** How many of the accounts had a new deal in the days, and how many of the same in as many days before. */
export const newDealsOf = (followed: readonly Begun[], deals: Deals, days: number): Pick<HorizonReturns, 'newDeals' | 'before'> => {
  const span = days * daySeconds;
  const own = ({ account }: Begun) => deals.get(account.id) ?? [];
  const isAfter = (one: Begun) => within(own(one), one.at, one.at + span);
  const accounts = followed.filter(isAfter).length;
  const estimate = shareInterval(accounts, followed.length);
  const { share, low, high } = 'refused' in estimate ? { share: null, low: null, high: null } : estimate;
  const there = followed.filter(({ account, at }) => account.created !== null && account.created <= at - span);
  return {
    newDeals: { accounts, share, low, high },
    before: {
      accounts: there.length,
      before: there.filter((one) => within(own(one), one.at - span, one.at)).length,
      after: there.filter(isAfter).length,
    },
  };
};

export const meetingsOf = (followed: readonly Begun[], meetings: readonly Meeting[], days: number): number => {
  const begun = new Map(followed.map(({ account, at }) => [account.id, at]));
  return meetings.filter(({ account, at }) => {
    const from = begun.get(account);
    return from !== undefined && at > from && at <= from + days * daySeconds;
  }).length;
};
