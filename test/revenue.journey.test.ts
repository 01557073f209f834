import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, type Journey, settled, startJourney, welcomeMaya } from './browser.ts';

// Invoices in two currencies, brought in by a new user, and what recurring revenue says of them with and without exchange rates.
let journey: Journey;
let page: Page;
const pictures = process.env.LANDFALL_TEST_PICTURES;
beforeAll(async () => {
  expect(existsSync('dist/web/index.html')).toBe(true);
  journey = await startJourney();
  page = await journey.open();
}, 60_000);
afterAll(() => journey?.close());

const picture = async (of: Page, name: string) => {
  if (pictures) await of.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
};
const bring = async (name: string, text: string) => {
  const file = join(journey.folder, name);
  writeFileSync(file, text);
  await page.goto(`${journey.server.url}/imports/new`);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Dry run' }).click({ timeout: 60_000 });
  await page.getByRole('heading', { level: 1, name: /^New: / }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: /^Imported/ }).waitFor({ timeout: 60_000 });
};
const heading = (text: RegExp) => page.getByRole('heading', { level: 1 }).filter({ hasText: text }).first().waitFor({ timeout: 60_000 });
const subscriptions = (question: object) =>
  page.goto(`${journey.server.url}/subscriptions?q=${encodeURIComponent(JSON.stringify(question))}`);

const monthsAgo = (months: number, day = 1): Date => {
  const today = new Date();
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - months, day));
};
const text = (day: Date): string => day.toISOString().slice(0, 10);
/** The last day of the newest month that is over, and a day of it on which there is a rate. */
const lastDay = monthsAgo(0, 0);
const rateDay = new Date(lastDay.getTime() - 2 * 86_400_000);

const newest = (account: number): number => (account % 10 > 7 ? 0 : account % 10 < 1 ? 150 : 100);

/** Sixty accounts, every second one in euros, pay 100 in each of 17 months up to the last one; of ten two stop after ten, and one pays 150 from the 13th on. */
const invoices = (): string => {
  const lines = Array.from({ length: 60 }, (_, account) =>
    Array.from({ length: newest(account) === 0 ? 10 : 17 }, (_each, month) => {
      const total = month >= 12 ? newest(account) : 100;
      return `inv-${account}-${month},acc-${account},${text(monthsAgo(17 - month, 5))},${total},${account % 2 ? 'EUR' : 'USD'},month`;
    }),
  );
  return ['invoice_id,account_id,invoice_date,total,currency,billing_interval', ...lines.flat()].join('\n');
};
const accounts = (): string =>
  [
    'account_id,account_name,plan,employees',
    ...Array.from({ length: 60 }, (_, n) => `acc-${n},Account ${n},${n % 3 ? 'team' : 'scale'},${20 + n}`),
  ].join('\n');

test('a new user brings accounts and invoices', async () => {
  await welcomeMaya(page, journey);
  await page.getByText('Import my data').waitFor();
  await bring('accounts.csv', accounts());
  await bring('invoices.csv', invoices());
}, 180_000);

test('each currency stands for itself: what moved, what is kept, and that it is read from invoices', async () => {
  await subscriptions({ currency: 'USD' });
  await heading(/of revenue is kept over 12 months/);
  const said = await page.locator('main').innerText();
  const dollars = Array.from({ length: 60 }, (_, n) => n).filter((n) => n % 2 === 0);
  const paid = dollars.reduce((sum, n) => sum + newest(n), 0);
  expect(said).toContain(`${(paid / dollars.length).toFixed(1)}%`);
  expect(said).toContain('invoices count: each is paid for the months of its interval');
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture(page, 'revenue');
}, 90_000);

test('plans that became known after the lock split nobody, until one asks for hindsight', async () => {
  await subscriptions({ currency: 'USD', breakdown: { by: 'account_property', name: 'plan' } });
  await page.getByText(/No groups by plan: at the lock it was known of 0 accounts, and of 30 it became known later/).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture(page, 'revenue refused');
  await page.getByRole('button', { name: 'Tell them apart as they are now, all the same' }).click();
  await page.getByRole('table', { name: 'What is kept, by plan' }).getByText('scale').waitFor();
  await page.getByText('an account that changed it counts where it went').waitFor();
}, 90_000);

test('without a rate of the day both currencies are not added, and the missing day is named', async () => {
  await page.goto(`${journey.server.url}/settings/exchange-rates`);
  await page.getByText('There are no exchange rates yet.').waitFor();
  await page.getByRole('button', { name: 'Enter a rate' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Day').fill(text(monthsAgo(3, 2)));
  await form.getByLabel('From currency').fill('EUR');
  await form.getByLabel('To currency').fill('USD');
  await form.getByLabel('Rate').fill('1.1');
  await form.getByLabel('Source').fill('Typed in');
  expect(await accessibilityFaults(page)).toEqual([]);
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('table', { name: 'Rates by day' }).getByText('Typed in').waitFor();
  await subscriptions({ convertTo: 'USD' });
  await page.getByText(`Missing on the day or the 7 days before: EUR/USD: ${text(lastDay)}`).waitFor();
  await picture(page, 'rate missing');
}, 90_000);

test('imported rates make one currency of it, and say which rate and whose', async () => {
  const file = join(journey.folder, 'rates.csv');
  writeFileSync(file, ['day,from,to,rate,source', `${text(rateDay)},EUR,USD,1.25,ECB`].join('\n'));
  await page.goto(`${journey.server.url}/settings/exchange-rates`);
  await page.locator('input[type=file]').setInputFiles(file);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 new rates').waitFor();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('table', { name: 'Rates by day' }).getByText('ECB').waitFor();
  await subscriptions({});
  await page.getByRole('combobox', { name: 'Currency' }).click();
  await page.getByRole('option', { name: 'All, in USD' }).click();
  await page.getByText(/EUR: rate of \d+ \w+ \d{4} \(ECB\)/).waitFor();
  const month = Array.from({ length: 60 }, (_, n) => newest(n) * (n % 2 ? 1.25 : 1));
  const all = month.reduce((sum, one) => sum + one, 0);
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: `$${all / 1000}k` })
    .waitFor();
  await picture(page, 'one currency');
}, 90_000);

test('the accounts behind what is kept go out as a file', async () => {
  await page.getByRole('button', { name: 'Show the accounts' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('row').nth(2).waitFor();
  const loading = page.waitForEvent('download');
  await drawer.getByRole('button', { name: /CSV/ }).click();
  const lines = readFileSync(await (await loading).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(61);
}, 60_000);

test('dark, in Chinese and on a narrow screen it is whole and accessible', async () => {
  for (const view of [{ dark: true }, { locale: 'zh-CN' as const }, { width: 420, height: 900 }]) {
    const other = await journey.open({ ...view, cookies: page });
    await other.goto(`${journey.server.url}/subscriptions`);
    await settled(other);
    expect(await accessibilityFaults(other)).toEqual([]);
    expect(await other.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await other.context().close();
  }
}, 120_000);
