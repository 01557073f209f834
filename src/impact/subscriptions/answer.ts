import { effectiveAccounts, revenueShare } from '../../methods/retention/revenue-retention.ts';
import { shareInterval, type ShareEstimate } from '../../methods/numeric/share-interval.ts';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import type { Query } from '../../platform/events/store.ts';
import { asking, daysOf } from '../questions/asking.ts';
import { shifted, startOf } from '../trends/periods.ts';
import * as queries from './queries.ts';
import { type Kept, movements, type SubscriptionMonth, type Subscriptions, type SubscriptionsAsked } from './schema.ts';

type Ask = <Row>(query: Query) => Promise<Row[]>;

const placeOf = (origin: string, month: string): number =>
  (Number(month.slice(0, 4)) - Number(origin.slice(0, 4))) * 12 + Number(month.slice(5, 7)) - Number(origin.slice(5, 7));

const fewest = 5;
const fewestForLogo = 20;

/** Sums of accounts as shares, each with its interval or the reason why it has none. */
export const keptOf = (sums: queries.KeptSums): Kept => {
  const { accounts, paying, sumX, sumXX, sumX4, sumY, sumXY, sumYY, sumG, sumXG, sumGG } = sums;
  const shareOf = (sum: number, estimate: ReturnType<typeof revenueShare>) => {
    if (accounts < fewest || sumX <= 0) return null;
    if ('refused' in estimate) return { share: sum / sumX, low: null, high: null, why: estimate.refused };
    return { ...estimate, why: null };
  };
  const net = shareOf(sumY, revenueShare({ accounts, changed: sums.changed, sumX, sumXX, sumX4, sumY, sumXY, sumYY }));
  const lesser = { accounts, changed: sums.lost, sumX, sumXX, sumX4, sumY: sumG, sumXY: sumXG, sumYY: sumGG };
  const gross = shareOf(sumG, revenueShare(lesser, { isPart: true }));
  const logo = accounts < fewest ? null : (shareInterval(paying, accounts) as ShareEstimate);
  return {
    accounts,
    paying,
    start: sumX,
    end: sumY,
    effective: effectiveAccounts(sums),
    net,
    gross,
    logo: logo && (accounts < fewestForLogo ? { share: logo.share, low: null, high: null } : logo),
  };
};

/** Which currency is answered, and which months of it are known. */
export const frameOf = async (context: Context, { currency }: Pick<SubscriptionsAsked, 'currency'>, ask: Ask) => {
  const zone = context.workspace.timeZone;
  const [fates, currencies] = await Promise.all([
    ask<queries.Fate>(queries.fates(context.now())),
    ask<queries.CurrencyRow>(queries.currencyRows(zone)),
  ]);
  const wanted = currency == null ? currencies[0] : currencies.find((one) => one.currency === currency.toUpperCase());
  if (currency != null && !wanted && currencies.length > 0)
    throw new Failure(
      'invalid',
      `No recurring revenue is in "${currency}". There is some in ${currencies.map((one) => one.currency || 'no stated currency').join(', ')}.`,
    );
  const newest = fates.reduce<string | null>(
    (latest, { newest: at }) => (at !== null && at > (latest ?? '1970-01-02') ? at : latest),
    null,
  );
  const thisMonth = startOf(dayIn(context.now(), zone), 'month');
  const over = shifted(thisMonth, 'month', -1);
  const reached = newest === null ? null : startOf(dayIn(new Date(newest), zone), 'month');
  const lastMonth = reached === null ? null : reached < over ? reached : over;
  const last = wanted && lastMonth ? placeOf(wanted.origin, lastMonth) : -1;
  const frame = wanted && last >= 0 ? { currency: wanted.currency, zone, origin: wanted.origin, last } : null;
  return { frame, fates, currencies, newest, lastMonth: frame ? lastMonth : null };
};

const refuse = ({ breakdown }: SubscriptionsAsked): void => {
  if (breakdown && breakdown.by !== 'account_property')
    throw new Failure('invalid', 'Revenue belongs to accounts: break it down by a field of the account, such as plan or segment.');
};

const monthOf = (at: string, rows: readonly queries.MonthRow[]): SubscriptionMonth => {
  const sum = (key: 'mrr' | 'accounts') => rows.reduce((total, row) => total + row[key], 0);
  const of = (movement: string) => {
    const row = rows.find((one) => one.movement === movement);
    return { amount: row?.amount ?? 0, accounts: row?.movers ?? 0 };
  };
  return {
    at,
    mrr: sum('mrr'),
    accounts: sum('accounts'),
    movements: Object.fromEntries(movements.map((movement) => [movement, of(movement)])) as SubscriptionMonth['movements'],
  };
};

type Known = Omit<Subscriptions, 'facts' | 'currency' | 'currencies' | 'lastMonth' | 'newest' | 'leftOut'>;
type Span = { from: number; to: number };

const rank = { usual: 0, other: 1, not_set: 2, all: 3 };

const lockedOf = async (
  asked: SubscriptionsAsked,
  frame: queries.Frame,
  { to }: Span,
  ask: Ask,
): Promise<Pick<Known, 'locked' | 'groups'>> => {
  const start = to - asked.over;
  if (start < 0) return { locked: null, groups: [] };
  const named = asked.breakdown ? (await ask<{ name: string }>(queries.lockedValues(asked, frame, start, to))).map(({ name }) => name) : [];
  const rows = await ask<queries.LockedRow>(queries.lockedRows(asked, frame, start, to, named));
  const all = rows.find(({ kind }) => kind === 'all');
  const place = (row: queries.LockedRow) => rank[row.kind] * 100 + Math.max(0, named.indexOf(row.name));
  return {
    locked: all ? { ...keptOf(all), from: shifted(frame.origin, 'month', start), to: shifted(frame.origin, 'month', to) } : null,
    groups: rows
      .toSorted((a, b) => place(a) - place(b))
      .flatMap((row) => (row.kind === 'all' ? [] : [{ kind: row.kind, name: row.name, ...keptOf(row) }])),
  };
};

const followedOf = async (
  asked: SubscriptionsAsked,
  frame: queries.Frame,
  { from, to }: Span,
  ask: Ask,
): Promise<Pick<Known, 'followed' | 'cohorts'>> => {
  const rows = await ask<queries.FollowedRow>(queries.followedRows(asked, frame, from, to));
  const cells = (own: readonly queries.FollowedRow[]) =>
    Array.from({ length: asked.follow + 1 }, (_, after) => {
      const row = own.find((one) => one.after === after);
      return row ? keptOf(row) : null;
    });
  const starts = [...new Set(rows.filter(({ kind }) => kind === 'cohort').map(({ cohort }) => cohort))].toSorted((a, b) => a - b);
  return {
    followed: cells(rows.filter(({ kind }) => kind === 'all')),
    cohorts: starts.map((start) => {
      const own = rows.filter(({ kind, cohort }) => kind === 'cohort' && cohort === start);
      return { start: shifted(frame.origin, 'month', start), accounts: own[0]?.accounts ?? 0, cells: cells(own) };
    }),
  };
};

const nothing: Known = { months: [], locked: null, groups: [], followed: [], cohorts: [] };

const knownOf = async (asked: SubscriptionsAsked, frame: queries.Frame, days: { from: string; to: string }, ask: Ask): Promise<Known> => {
  const from = Math.max(0, placeOf(frame.origin, startOf(days.from, 'month')));
  const to = Math.min(frame.last, placeOf(frame.origin, startOf(days.to, 'month')));
  if (from > to) return nothing;
  const [rows, locked, followed] = await Promise.all([
    ask<queries.MonthRow>(queries.monthRows(frame, from, to)),
    lockedOf(asked, frame, { from, to }, ask),
    followedOf(asked, frame, { from, to }, ask),
  ]);
  const months = Array.from({ length: to - from + 1 }, (_, index) =>
    monthOf(
      shifted(frame.origin, 'month', from + index),
      rows.filter(({ place }) => place === from + index),
    ),
  );
  return { months, ...locked, ...followed };
};

/** Recurring revenue by month, what moved it, and how much of it stays. */
export const answerSubscriptions = async (context: Context, asked: SubscriptionsAsked): Promise<Subscriptions> => {
  refuse(asked);
  const days = daysOf(asked.range, context);
  const answer = await asking(context, days, async (ask) => {
    const { frame, fates, currencies, newest, lastMonth } = await frameOf(context, asked, ask);
    const count = (fate: queries.Fate['fate']) => fates.find((row) => row.fate === fate)?.movements ?? 0;
    const [known, [below]] = frame
      ? await Promise.all([knownOf(asked, frame, days, ask), ask<{ accounts: number }>(queries.belowZero(frame))])
      : [nothing, []];
    return {
      ...known,
      currency: frame?.currency ?? '',
      currencies: currencies.map(({ currency, accounts }) => ({ currency, accounts })),
      lastMonth,
      newest,
      leftOut: {
        oneOff: count('one_off'),
        withoutAccount: count('without_account'),
        unfinished: count('unfinished'),
        interval: count('interval'),
        intervals: fates.find(({ fate }) => fate === 'interval')?.billed ?? [],
        belowZero: below?.accounts ?? 0,
      },
    };
  });
  // What is asked here is revenue: the data reach as far as its newest movement.
  return { ...answer, facts: { ...answer.facts, dataTo: answer.newest } };
};
