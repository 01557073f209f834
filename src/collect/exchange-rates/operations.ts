import { count, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { everyone, marketers } from '../../platform/roles.ts';
import { currency } from '../../workspace/workspaces/schema.ts';
import { readRates, writeRates } from './file.ts';
import { findRate, findRateOn, readAll, readPage, readPairs } from './queries.ts';
import {
  type ExchangeRate,
  exchangeRate,
  importedRates,
  type ImportedRates,
  mostRates,
  rateFields,
  type RateFields,
  ratePair,
} from './schema.ts';
import { exchangeRates } from './tables.ts';

export const listExchangeRates = operation({
  summary: 'List exchange rates by day, the newest first, and which pairs of currencies there are rates of',
  method: 'GET',
  path: '/exchange-rates',
  who: everyone,
  input: z.object({
    from: currency.nullish(),
    to: currency.nullish(),
    offset: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  output: z.object({ rates: z.array(exchangeRate), total: z.int(), pairs: z.array(ratePair) }),
  run: (context, { offset, limit, ...asked }) =>
    context.read(async (transaction) => ({
      ...(await readPage(transaction, asked, { offset, limit })),
      pairs: await readPairs(transaction),
    })),
});

const rowsAtOnce = 1000;

/** Writes rates; one of the same day and pair is replaced. */
const store = async (context: Context, transaction: Transaction, rates: readonly RateFields[]): Promise<string[]> => {
  const ids: string[] = [];
  for (let from = 0; from < rates.length; from += rowsAtOnce) {
    const written = await transaction
      .insert(exchangeRates)
      .values(
        rates.slice(from, from + rowsAtOnce).map((one) => ({
          workspaceId: context.workspace.id,
          day: one.day,
          fromCurrency: one.from,
          toCurrency: one.to,
          rate: one.rate,
          source: one.source,
          createdAt: context.now(),
        })),
      )
      .onConflictDoUpdate({
        target: [exchangeRates.workspaceId, exchangeRates.fromCurrency, exchangeRates.toCurrency, exchangeRates.day],
        set: { rate: sql`excluded.rate`, source: sql`excluded.source` },
      })
      .returning({ id: exchangeRates.id });
    ids.push(...written.map(({ id }) => id));
  }
  return ids;
};

const checkRoom = async (transaction: Transaction, more: number): Promise<void> => {
  const [counted] = await transaction.select({ rates: count() }).from(exchangeRates);
  if ((counted?.rates ?? 0) + more > mostRates)
    throw new Failure('too_many', {
      en: `A workspace may have ${mostRates} exchange rates; it has ${counted?.rates ?? 0} and ${more} more would come. Nothing was changed.`,
      zh: `一个工作区最多可有 ${mostRates} 个汇率；现有 ${counted?.rates ?? 0} 个，还要加入 ${more} 个。未作任何更改。`,
    });
};

export const setExchangeRate = operation({
  summary: 'Enter the exchange rate of a day; one of the same day and pair is replaced',
  method: 'PUT',
  path: '/exchange-rates',
  who: marketers,
  input: rateFields,
  output: exchangeRate,
  run: (context, input) =>
    context.write('exchange_rate', async (transaction) => {
      await checkRoom(transaction, 1);
      const before = await findRateOn(transaction, input);
      const [id] = await store(context, transaction, [input]);
      const result = (await findRate(transaction, id!))!;
      return { id: result.id, before, after: result, result };
    }),
});

const keyOf = ({ from, to, day }: Pick<ExchangeRate, 'from' | 'to' | 'day'>): string => `${from} ${to} ${day}`;

const pairsOf = (rates: readonly RateFields[]): ImportedRates['pairs'] => {
  const pairs = new Map<string, ImportedRates['pairs'][number]>();
  for (const { from, to, day } of rates) {
    const key = `${from} ${to}`;
    const one = pairs.get(key) ?? { from, to, rates: 0, firstDay: day, lastDay: day };
    pairs.set(key, {
      ...one,
      rates: one.rates + 1,
      firstDay: day < one.firstDay ? day : one.firstDay,
      lastDay: day > one.lastDay ? day : one.lastDay,
    });
  }
  return [...pairs.values()];
};

const compare = (rates: readonly RateFields[], held: readonly ExchangeRate[]) => {
  const known = new Map(held.map((one) => [keyOf(one), one]));
  const created = rates.filter((one) => !known.has(keyOf(one)));
  const changed = rates.filter((one) => {
    const before = known.get(keyOf(one));
    return before && (before.rate !== one.rate || before.source !== one.source);
  });
  return { created, changed, unchanged: rates.length - created.length - changed.length };
};

export const importExchangeRates = operation({
  summary: 'Compare a CSV file of exchange rates (day, from, to, rate, source) with those there are, and bring it in',
  method: 'POST',
  path: '/exchange-rates/import',
  who: marketers,
  input: z.object({
    csv: z.string().min(1).max(5_000_000).describe('The file as text'),
    dryRun: z.boolean().default(true).describe('Only say what would change'),
  }),
  output: importedRates,
  run: async (context, { csv, dryRun }) => {
    const { rates, faults } = readRates(csv, context.language);
    const answer = ({ created, changed, unchanged }: ReturnType<typeof compare>, done: boolean): ImportedRates => ({
      done,
      created: created.length,
      changed: changed.length,
      unchanged,
      pairs: pairsOf(rates),
      faults,
    });
    const found = compare(rates, await context.read(readAll));
    if (dryRun || faults.length > 0 || found.created.length + found.changed.length === 0)
      return answer(found, !dryRun && faults.length === 0);
    return context.write('exchange_rate', async (transaction) => {
      const held = await readAll(transaction);
      const still = compare(rates, held);
      await checkRoom(transaction, still.created.length);
      const [id] = await store(context, transaction, [...still.created, ...still.changed]);
      const keys = new Set(still.changed.map(keyOf));
      const before = held.filter((one) => keys.has(keyOf(one)));
      const result = answer(still, true);
      return { id: id ?? held[0]!.id, before, after: { ...result, changes: still.changed }, result };
    });
  },
});

export const exportExchangeRates = operation({
  summary: 'Export all exchange rates as CSV, as a file that can be imported again',
  method: 'GET',
  path: '/exchange-rates.csv',
  who: everyone,
  input: z.object({}),
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context) => ({ fileName: 'exchange-rates.csv', csv: writeRates(await context.read(readAll)) }),
});

export const deleteExchangeRate = operation({
  summary: 'Delete an exchange rate; to have it back, enter it again',
  method: 'DELETE',
  path: '/exchange-rates/{exchangeRate}',
  who: marketers,
  input: z.object({ exchangeRate: z.uuid() }),
  output: exchangeRate,
  run: (context, { exchangeRate: id }) =>
    context.write('exchange_rate', async (transaction) => {
      const before = await findRate(transaction, id);
      if (!before)
        throw new Failure('not_found', {
          en: 'There is no such exchange rate in this workspace. List the rates to see those there are.',
          zh: '此工作区没有这个汇率。请列出汇率查看已有的。',
        });
      await transaction.delete(exchangeRates).where(eq(exchangeRates.id, id));
      return { id, before, after: null, result: before };
    }),
});
