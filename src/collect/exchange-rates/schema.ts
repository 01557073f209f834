import { z } from 'zod';
import { said } from '../../platform/language.ts';
import { currency } from '../../workspace/workspaces/schema.ts';

/** A rate counts on its day and, where there is none of a later day, for so many days after: over weekends and holidays. */
export const daysValid = 7;
export const mostRates = 200_000;

export const rateFields = z
  .object({
    day: z.iso.date(),
    from: currency.describe('ISO 4217 code'),
    to: currency.describe('ISO 4217 code'),
    rate: z.number().positive().max(1e9).describe('So much of `to` was one unit of `from` worth on the day'),
    source: z.string().trim().min(1).max(120).describe('Who says so, such as ECB euro reference rates'),
  })
  .refine(({ from, to }) => from !== to, {
    path: ['to'],
    error: said({ en: 'must be another currency than the first', zh: '须与第一个币种不同' }),
  });
export type RateFields = z.output<typeof rateFields>;

export const exchangeRate = z.object({
  id: z.uuid(),
  day: z.iso.date(),
  from: z.string(),
  to: z.string(),
  rate: z.number(),
  source: z.string(),
});
export type ExchangeRate = z.output<typeof exchangeRate>;

export const ratePair = z.object({
  from: z.string(),
  to: z.string(),
  rates: z.int(),
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
  sources: z.array(z.string()),
});
export type RatePair = z.output<typeof ratePair>;

export const rateFault = z.object({ line: z.int(), message: z.string() });

export const importedRates = z.object({
  done: z.boolean().describe('Whether it was written; false for a dry run, and while a row cannot be taken'),
  created: z.int(),
  changed: z.int().describe('Rates of a day that are there already and say something else'),
  unchanged: z.int(),
  pairs: z.array(ratePair.omit({ sources: true })).describe('What the file has'),
  faults: z.array(rateFault).describe('Rows that cannot be taken, the first hundred; with one, nothing is written'),
});
export type ImportedRates = z.output<typeof importedRates>;

/** In which currency amounts are asked for. */
export const convertTo = currency
  .nullish()
  .describe('Amounts in this currency, at dated rates of the workspace; refused, with what is missing, where there are none');

/** Which rates an answer rests on. */
export const conversion = z.object({
  to: z.string(),
  left: z.int().describe('Amounts that state no currency or no date: they are not converted, and stand for themselves'),
  used: z.array(
    z.object({
      from: z.string(),
      amounts: z.int().describe('So many amounts were converted'),
      rates: z.int().describe('At so many different rates'),
      firstDay: z.iso.date().describe('Of the oldest rate'),
      lastDay: z.iso.date().describe('Of the newest rate'),
      sources: z.array(z.string()),
    }),
  ),
});
export type Conversion = z.output<typeof conversion>;
