import { and, asc, count, desc, eq, gte, inArray, lte, max, min, or, sql } from 'drizzle-orm';
import { addDays } from '../../platform/days.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { conversionOf, type Dated, ratesTo } from './rates.ts';
import { type Conversion, daysValid, type ExchangeRate, type RatePair } from './schema.ts';
import { exchangeRates } from './tables.ts';

const asRate = ({ id, day, fromCurrency, toCurrency, rate, source }: typeof exchangeRates.$inferSelect): ExchangeRate => ({
  id,
  day,
  from: fromCurrency,
  to: toCurrency,
  rate,
  source,
});

export type RatesAsked = { from?: string | null; to?: string | null };

const isAsked = ({ from, to }: RatesAsked) =>
  and(from ? eq(exchangeRates.fromCurrency, from) : undefined, to ? eq(exchangeRates.toCurrency, to) : undefined);

/** Rates of a pair, the newest first. */
export const readPage = async (
  transaction: Transaction,
  asked: RatesAsked,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rates: ExchangeRate[]; total: number }> => {
  const rows = await transaction
    .select()
    .from(exchangeRates)
    .where(isAsked(asked))
    .orderBy(desc(exchangeRates.day), asc(exchangeRates.fromCurrency), asc(exchangeRates.toCurrency))
    .limit(limit)
    .offset(offset);
  const [counted] = await transaction.select({ total: count() }).from(exchangeRates).where(isAsked(asked));
  return { rates: rows.map(asRate), total: counted?.total ?? 0 };
};

/** Which currencies have rates, how many, from when to when, and who says so. */
export const readPairs = async (transaction: Transaction): Promise<RatePair[]> => {
  const rows = await transaction
    .select({
      from: exchangeRates.fromCurrency,
      to: exchangeRates.toCurrency,
      rates: count(),
      firstDay: min(exchangeRates.day),
      lastDay: max(exchangeRates.day),
      sources: sql<string[]>`array_agg(DISTINCT ${exchangeRates.source})`,
    })
    .from(exchangeRates)
    .groupBy(exchangeRates.fromCurrency, exchangeRates.toCurrency)
    .orderBy(asc(exchangeRates.fromCurrency), asc(exchangeRates.toCurrency));
  return rows.map((row) => ({ ...row, firstDay: row.firstDay!, lastDay: row.lastDay! }));
};

/** Every rate that can count on one of these days for an amount of these currencies. */
const readRatesTo = async (
  transaction: Transaction,
  to: string,
  { currencies, from, until }: { currencies: readonly string[]; from: string; until: string },
): Promise<ExchangeRate[]> => {
  const others = currencies.filter((one) => one !== to);
  if (others.length === 0) return [];
  const isPair = or(
    and(eq(exchangeRates.toCurrency, to), inArray(exchangeRates.fromCurrency, others)),
    and(eq(exchangeRates.fromCurrency, to), inArray(exchangeRates.toCurrency, others)),
  );
  const inTime = and(gte(exchangeRates.day, addDays(from, -daysValid)), lte(exchangeRates.day, until));
  return (await transaction.select().from(exchangeRates).where(and(isPair, inTime))).map(asRate);
};

export type Converting = { conversion: Conversion; rateOn: ReturnType<typeof ratesTo> };

/** What amounts of these days are worth in one currency, and at which rates; refused by name where one is missing. `left` are not converted. */
export const readConversion = async (transaction: Transaction, to: string, dated: readonly Dated[], left: number): Promise<Converting> => {
  const days = dated.map(({ day }) => day).toSorted();
  const currencies = [...new Set(dated.map(({ currency }) => currency))];
  const rates = days.length > 0 ? await readRatesTo(transaction, to, { currencies, from: days[0]!, until: days.at(-1)! }) : [];
  const rateOn = ratesTo(rates, to);
  return { conversion: conversionOf(dated, to, rateOn, left), rateOn };
};

export const readAll = async (transaction: Transaction): Promise<ExchangeRate[]> =>
  (
    await transaction
      .select()
      .from(exchangeRates)
      .orderBy(asc(exchangeRates.fromCurrency), asc(exchangeRates.toCurrency), asc(exchangeRates.day))
  ).map(asRate);

/** The rate with this id. */
export const findRate = async (transaction: Transaction, id: string): Promise<ExchangeRate | null> => {
  const [row] = await transaction.select().from(exchangeRates).where(eq(exchangeRates.id, id));
  return row ? asRate(row) : null;
};

/** The rate of a pair on this very day. */
export const findRateOn = async (
  transaction: Transaction,
  { from, to, day }: Pick<ExchangeRate, 'from' | 'to' | 'day'>,
): Promise<ExchangeRate | null> => {
  const [row] = await transaction
    .select()
    .from(exchangeRates)
    .where(and(isAsked({ from, to }), eq(exchangeRates.day, day)));
  return row ? asRate(row) : null;
};
