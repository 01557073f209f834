import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../test/application.ts';
import { conversionOf, ratesTo } from './rates.ts';

let app: TestApplication;
beforeAll(async () => void (app = await openTestApplication()));
afterAll(() => app.close());

const rate = (day: string, from: string, to: string, value: number, source = 'Bank') => ({
  id: '00000000-0000-4000-8000-000000000001',
  day,
  from,
  to,
  rate: value,
  source,
});

describe('the rate of a day', () => {
  const rateOn = ratesTo(
    [rate('2026-01-02', 'USD', 'EUR', 0.9), rate('2026-01-09', 'EUR', 'USD', 1.25), rate('2026-01-09', 'GBP', 'EUR', 1.2)],
    'EUR',
  );
  test('counts on its day and for a week after, never before, and also the other way round', () => {
    expect(rateOn('USD', '2026-01-02')).toMatchObject({ rate: 0.9, day: '2026-01-02' });
    expect(rateOn('USD', '2026-01-08')).toMatchObject({ rate: 0.9 });
    expect(rateOn('USD', '2026-01-01')).toBeNull();
    expect(rateOn('USD', '2026-01-16')).toMatchObject({ rate: 0.8, day: '2026-01-09' });
    expect(rateOn('USD', '2026-01-17')).toBeNull();
    expect(rateOn('GBP', '2026-01-08')).toBeNull();
    expect(rateOn('EUR', '2020-01-01')).toMatchObject({ rate: 1 });
    expect(rateOn('CHF', '2026-01-09')).toBeNull();
  });

  test('there and back is the same amount', () => {
    const both = [rate('2026-01-02', 'USD', 'EUR', 0.873)];
    const [there, back] = [ratesTo(both, 'EUR')('USD', '2026-01-03')!, ratesTo(both, 'USD')('EUR', '2026-01-03')!];
    expect(123.45 * there.rate * back.rate).toBeCloseTo(123.45, 10);
  });

  test('what is missing is named, and what is used is stated', () => {
    const dated = (currency: string, day: string) => ({ currency, day, amounts: 2 });
    expect(() => conversionOf([dated('USD', '2026-01-02'), dated('CHF', '2026-01-05'), dated('USD', '2026-02-01')], 'EUR', rateOn)).toThrow(
      'CHF/EUR: 2026-01-05; USD/EUR: 2026-02-01',
    );
    expect(conversionOf([dated('USD', '2026-01-02'), dated('USD', '2026-01-12'), dated('EUR', '2026-01-12')], 'EUR', rateOn)).toEqual({
      to: 'EUR',
      left: 0,
      used: [{ from: 'USD', amounts: 4, rates: 2, firstDay: '2026-01-02', lastDay: '2026-01-09', sources: ['Bank'] }],
    });
  });
});

const csv = `day,from,to,rate,source
2026-01-02,usd,EUR,0.9,ECB
2026-01-05,USD,EUR,0.91,ECB
2026-01-05,GBP,EUR,1.15,ECB
`;

test('rates come in from a file after a look, idempotently, and go out as one that can come in again', async () => {
  const { client } = await app.workspace('Rates');
  expect(await client.exchangeRates.import({ csv })).toMatchObject({ done: false, created: 3, changed: 0, faults: [] });
  expect((await client.exchangeRates.list({})).total).toBe(0);
  expect(await client.exchangeRates.import({ csv, dryRun: false })).toMatchObject({ done: true, created: 3 });
  expect(await client.exchangeRates.import({ csv, dryRun: false })).toMatchObject({ done: true, created: 0, changed: 0, unchanged: 3 });
  expect(await client.exchangeRates.import({ csv: csv.replace('0.91', '0.92'), dryRun: false })).toMatchObject({
    changed: 1,
    unchanged: 2,
  });
  const { rates, pairs, total } = await client.exchangeRates.list({ from: 'usd' });
  expect(rates.map(({ day, rate: value }) => [day, value])).toEqual([
    ['2026-01-05', 0.92],
    ['2026-01-02', 0.9],
  ]);
  expect([total, pairs]).toEqual([
    2,
    [
      { from: 'GBP', to: 'EUR', rates: 1, firstDay: '2026-01-05', lastDay: '2026-01-05', sources: ['ECB'] },
      { from: 'USD', to: 'EUR', rates: 2, firstDay: '2026-01-02', lastDay: '2026-01-05', sources: ['ECB'] },
    ],
  ]);
  const exported = await client.exchangeRates.export({});
  const other = await app.workspace('Elsewhere');
  expect((await other.client.exchangeRates.list({})).total).toBe(0);
  expect(await other.client.exchangeRates.import({ csv: exported.csv, dryRun: false })).toMatchObject({ created: 3, faults: [] });
});

test('a rate is entered, replaced and deleted, each with an audit row', async () => {
  const { client } = await app.workspace('By hand');
  const fields = { day: '2026-03-02', from: 'USD', to: 'EUR', rate: 0.9, source: 'Treasury' };
  const { id } = await client.exchangeRates.set(fields);
  expect(await client.exchangeRates.set({ ...fields, rate: 0.95 })).toMatchObject({ id, rate: 0.95 });
  await client.exchangeRates.delete({ exchangeRate: id });
  expect((await client.exchangeRates.list({})).rates).toEqual([]);
  await expect(client.exchangeRates.delete({ exchangeRate: id })).rejects.toThrow('no such exchange rate');
  const { entries } = await client.audit.list({ subject: 'exchange_rate' });
  expect(entries).toHaveLength(3);
});

test('a row that cannot be taken is named with its line, and nothing of the file is written', async () => {
  const { client } = await app.workspace('Faults');
  const bad = `${csv}soon,USD,EUR,1,ECB
2026-01-06,USD,USD,1,ECB
2026-01-07,USD,XXQ,1,ECB
2026-01-07,USD,EUR,-1,ECB
2026-01-08,USD,EUR,"0,9",ECB
2026-01-09,USD,EUR,0.9,
2026-01-05,GBP,EUR,1.16,ECB
`;
  const { done, faults } = await client.exchangeRates.import({ csv: bad, dryRun: false });
  expect([done, faults.map(({ line }) => line)]).toEqual([false, [5, 6, 7, 8, 9, 10, 11]]);
  expect(faults.at(-1)!.message).toBe('GBP/EUR has two rates on 2026-01-05: 1.15 and 1.16.');
  expect((await client.exchangeRates.list({})).total).toBe(0);
  await expect(client.exchangeRates.import({ csv: 'date,rate\n2026-01-01,1\n' })).rejects.toThrow('no column from, to, source');
  await expect(client.exchangeRates.set({ day: '2026-01-01', from: 'USD', to: 'usd', rate: 1, source: 'x' })).rejects.toThrow();
});
