import { Readable } from 'node:stream';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../../../../test/application.ts';
import { catalogue } from '../../../catalogue.ts';
import { addDays } from '../../../platform/days.ts';

/** 22 countries, two accounts each, over 16 whole weeks. From the eleventh week on one account of Norway calls six times more a week. */
const countries = Array.from({ length: 22 }, (_, place) => (place === 7 ? 'Norway' : `Country ${place}`));
const weeks = Array.from({ length: 16 }, (_, week) => addDays('2025-11-03', 7 * week));
const callsOf = (country: number, week: number): number => 6 + (country % 4) + ((week * 3 + country * 2) % 5) + (week % 4 === 1 ? 3 : 0);
const rose = (country: number, week: number): number => (country === 7 && week >= 10 ? 6 : 0);

let app: TestApplication;
let client: Awaited<ReturnType<TestApplication['workspace']>>['client'];
beforeAll(async () => {
  app = await openTestApplication();
  const opened = await app.workspace();
  client = opened.client;
  const send = async (fileName: string, lines: string[]) => {
    const sender = createRouterClient(catalogue, { context: { ...opened.context, body: Readable.from([Buffer.from(lines.join('\n'))]) } });
    const { id } = await sender.imports.upload({ fileName });
    const checked = await client.imports.check({ import: id, waitSeconds: 60 });
    expect(checked.report!.targets[0]!.counts.rejected).toBe(0);
    await client.imports.commit({ import: id, waitSeconds: 60 });
  };
  await send('accounts.csv', [
    'account_id,account_name,country',
    ...countries.flatMap((country, place) => [`a${place},First of ${country},${country}`, `b${place},Second of ${country},${country}`]),
    'quiet,Never seen,Silent land',
  ]);
  await send('events.csv', [
    'event,timestamp,account_id',
    ...countries.flatMap((_, place) =>
      weeks.flatMap((monday, week) => {
        const all = callsOf(place, week) + rose(place, week);
        return Array.from({ length: all }, (_each, n) => `called,${addDays(monday, n % 7)}T1${n % 10}:00:00Z,${n % 2 ? 'a' : 'b'}${place}`);
      }),
    ),
    'called,2026-02-24T10:00:00Z,a0',
  ]);
}, 90_000);
afterAll(() => app.close());

const asked = {
  unit: 'subject' as const,
  outcome: {
    kind: 'done_by' as const,
    behaviour: { event: 'called', filters: [] },
    property: 'country',
    from: '2025-11-03',
    to: '2026-02-22',
  },
  design: { kind: 'synthetic' as const, subject: 'Norway', on: '2026-01-12' },
};

test('events a week for each country make the series; the planted six calls are found, and silence counts as none', async () => {
  const found = await client.lifts.get(asked);
  const series = found.series!;
  expect(series).toMatchObject({ subject: 'Norway', measure: 'called', periodsBefore: 10, periodsAfter: 6, incomplete: [] });
  expect(found.path.map(({ at }) => at)).toEqual(weeks);
  expect(found.path.map(({ observed }) => observed)).toEqual(weeks.map((_, week) => callsOf(7, week) + rose(7, week)));
  expect(Math.abs(series.mean! - 6)).toBeLessThan(1.5);
  // The country where nobody ever called is a series of none.
  expect(series.of).toBe(23);
  expect([series.rank, found.verdict]).toEqual([1, 'met']);
});

test('counted for each account it is half as much; of accounts that did it, no more than there are', async () => {
  const of = (counted: 'per_account' | 'accounts') => client.lifts.get({ ...asked, outcome: { ...asked.outcome, counted } });
  const each = await of('per_account');
  expect(each.path.map(({ observed }) => observed! * 2)).toEqual(weeks.map((_, week) => callsOf(7, week) + rose(7, week)));
  const accounts = await of('accounts');
  expect(accounts.path.every(({ observed }) => observed === 2)).toBe(true);
});

test('weeks that the data do not reach are none, and not zero; and unknown values are refused', async () => {
  const found = await client.lifts.get({ ...asked, outcome: { ...asked.outcome, to: '2026-06-30' } });
  expect([found.path.length, found.reason]).toEqual([16, 'not_yet']);
  const elsewhere = { ...asked, design: { ...asked.design, subject: 'Atlantis' } };
  await expect(client.lifts.get(elsewhere)).rejects.toMatchObject({ code: 'not_found' });
  const short = { ...asked, outcome: { ...asked.outcome, to: '2025-11-10' } };
  await expect(client.lifts.get(short)).rejects.toMatchObject({ code: 'invalid' });
});
