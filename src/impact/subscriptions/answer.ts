import type { UsedFeature } from '../../launch/features/schema.ts';
import type { Context } from '../../platform/context.ts';
import { dayIn } from '../../platform/days.ts';
import { Failure } from '../../platform/failure.ts';
import { asking, daysOf } from '../questions/asking.ts';
import type { VersionUsed } from '../questions/schema.ts';
import { shifted, startOf } from '../trends/periods.ts';
import { convertedBy } from './converting.ts';
import { type Ask, keptOf } from './figures.ts';
import { lockedOf, nothingLocked, readFeatureAsked } from './locked.ts';
import { zh } from './messages.ts';
import * as queries from './queries.ts';
import { movements, type SubscriptionMonth, type Subscriptions, type SubscriptionsAsked } from './schema.ts';

const placeOf = (origin: string, month: string): number =>
  (Number(month.slice(0, 4)) - Number(origin.slice(0, 4))) * 12 + Number(month.slice(5, 7)) - Number(origin.slice(5, 7));

type MoneyAsked = Pick<SubscriptionsAsked, 'currency' | 'convertTo' | 'rateDay'>;

/** Which currency is answered, and which months of it are known. */
export const frameOf = async (context: Context, asked: MoneyAsked, ask: Ask) => {
  const { currency } = asked;
  const zone = context.workspace.timeZone;
  const [fates, currencies] = await Promise.all([
    ask<queries.Fate>(queries.fates(context.now())),
    ask<queries.CurrencyRow>(queries.currencyRows(zone)),
  ]);
  const wanted = currency == null ? currencies[0] : currencies.find((one) => one.currency === currency.toUpperCase());
  if (currency != null && !wanted && currencies.length > 0)
    throw new Failure('invalid', {
      en: `No recurring revenue is in "${currency}". There is some in ${currencies.map((one) => one.currency || 'no stated currency').join(', ')}.`,
      zh: `没有以“${currency}”计的经常性收入。现有的币种：${currencies.map((one) => one.currency || zh.noCurrency).join('、')}。`,
    });
  const newest = fates.reduce<string | null>(
    (latest, { newest: at }) => (at !== null && at > (latest ?? '1970-01-02') ? at : latest),
    null,
  );
  const thisMonth = startOf(dayIn(context.now(), zone), 'month');
  const over = shifted(thisMonth, 'month', -1);
  const reached = newest === null ? null : startOf(dayIn(new Date(newest), zone), 'month');
  const lastMonth = reached === null ? null : reached < over ? reached : over;
  const all = await convertedBy(context, asked, currencies, lastMonth);
  const origin = all?.origin ?? wanted?.origin ?? '';
  const last = wanted && lastMonth ? placeOf(origin, lastMonth) : -1;
  const money = all ? { currency: asked.convertTo!, rates: all.rates } : { currency: wanted?.currency ?? '' };
  const frame = wanted && last >= 0 ? { ...money, zone, origin, last } : null;
  return { frame, conversion: all?.conversion ?? null, fates, currencies, newest, lastMonth: frame ? lastMonth : null };
};

const refuse = ({ breakdown }: SubscriptionsAsked): void => {
  if (breakdown && breakdown.by !== 'account_property')
    throw new Failure('invalid', {
      en: 'Revenue belongs to accounts: break it down by a field of the account, such as plan or segment.',
      zh: '收入属于客户：请按客户的字段细分，例如套餐或细分市场。',
    });
};

const versionOf = ({ id, name, version, newest }: UsedFeature): VersionUsed => ({
  id,
  name,
  version,
  newestVersion: newest?.version ?? version,
});

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

type Known = Omit<Subscriptions, 'facts' | 'currency' | 'currencies' | 'conversion' | 'lastMonth' | 'newest' | 'invoiced' | 'leftOut'>;
type Span = { from: number; to: number };

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

const nothing: Known = { months: [], ...nothingLocked, followed: [], cohorts: [] };

type Meant = { asked: SubscriptionsAsked; used: UsedFeature | null; days: { from: string; to: string } };

const knownOf = async (context: Context, { asked, used, days }: Meant, frame: queries.Frame, ask: Ask): Promise<Known> => {
  const from = Math.max(0, placeOf(frame.origin, startOf(days.from, 'month')));
  const to = Math.min(frame.last, placeOf(frame.origin, startOf(days.to, 'month')));
  if (from > to) return nothing;
  const [rows, locked, followed] = await Promise.all([
    ask<queries.MonthRow>(queries.monthRows(frame, from, to)),
    lockedOf(context, asked, used, { frame, span: { from, to }, ask }),
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
  const used = await readFeatureAsked(context, asked);
  const days = daysOf(asked.range, context);
  const answer = await asking(
    context,
    days,
    async (ask) => {
      const { frame, conversion, fates, currencies, newest, lastMonth } = await frameOf(context, asked, ask);
      const count = (fate: queries.Fate['fate']) => fates.find((row) => row.fate === fate)?.movements ?? 0;
      const [known, [below]] = frame
        ? await Promise.all([knownOf(context, { asked, used, days }, frame, ask), ask<{ accounts: number }>(queries.belowZero(frame))])
        : [nothing, []];
      return {
        ...known,
        currency: frame?.currency ?? '',
        conversion,
        currencies: currencies.map(({ currency, accounts }) => ({ currency, accounts })),
        lastMonth,
        newest,
        invoiced: count('invoiced'),
        leftOut: {
          oneOff: count('one_off'),
          withoutAccount: count('without_account'),
          unfinished: count('unfinished'),
          interval: count('interval'),
          intervals: fates.find(({ fate }) => fate === 'interval')?.billed ?? [],
          belowZero: below?.accounts ?? 0,
        },
      };
    },
    used ? [versionOf(used)] : [],
  );
  // What is asked here is revenue: the data reach as far as its newest movement.
  return { ...answer, facts: { ...answer.facts, dataTo: answer.newest } };
};
