import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, type Journey, runCli, startJourney } from './browser.ts';

// A real funnel, published with known figures, brought in as its owner would: through the browser, file by file.
// The data may not be shipped with Landfall; without it these tests are skipped, and say so.
const data = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data', 'olist_funnel');

describe.skipIf(!existsSync(data))('the Olist funnel, by its owner', () => {
  let journey: Journey;
  let page: Page;
  beforeAll(async () => {
    journey = await startJourney();
    page = await journey.open();
  });
  afterAll(() => journey?.close());

  const cli = (...words: string[]) => runCli(journey, words);

  const choose = async (label: string | RegExp, option: string | RegExp, nth = 0) => {
    await page.getByRole('combobox', { name: label }).nth(nth).click();
    await page.getByRole('option', { name: option }).click();
  };

  const send = async (file: string) => {
    await page.goto(`${journey.server.url}/imports/new`);
    await page.locator('input[type=file]').setInputFiles(join(data, file));
    await page.getByRole('button', { name: 'Dry run' }).waitFor();
  };

  const check = async () => {
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByRole('heading', { level: 1, name: /^New: / }).waitFor();
  };

  const commit = async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /^Imported/ }).waitFor();
  };

  test('the owner comes for the first time', async () => {
    await page.goto(journey.server.url);
    await page.getByLabel('Your name').fill('Ana Souza');
    await page.getByLabel('E-mail').fill('ana@olist.example');
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
    await page.getByLabel('Name of the workspace').fill('Olist');
    await page.getByRole('button', { name: 'Create the workspace' }).click();
    await page.getByText('Import my data').waitFor();
  });

  test('the leads: the mapping is proposed, the dry run writes nothing, the commit does', async () => {
    await send('olist_marketing_qualified_leads_dataset.csv');
    expect(await accessibilityFaults(page)).toEqual([]);
    await check();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(JSON.parse((await cli('people', 'list', '--output', 'json')).stdout)).toMatchObject({ total: 0 });
    await commit();
    expect(JSON.parse((await cli('people', 'list', '--output', 'json')).stdout)).toMatchObject({ total: 8000 });
  });

  test('the deals', async () => {
    await send('olist_closed_deals_dataset.csv');
    await check();
    await commit();
    expect(JSON.parse((await cli('opportunities', 'list', '--output', 'json')).stdout)).toMatchObject({ total: 842 });
  });

  test('the sellers: who is listed has sold, so each is also an order of unknown amount', async () => {
    await send('olist_sellers_dataset.csv');
    await choose('Also fill', 'Revenue');
    await check();
    await commit();
  });

  test('the same file again changes nothing', async () => {
    await send('olist_closed_deals_dataset.csv');
    await check();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(
      /^New: Account 0, Opportunity 0 and Stage change 0\. 0 changed, 0 rejected/,
    );
  });

  test('a launch is made', async () => {
    await page.goto(`${journey.server.url}/launches/new`);
    await page.getByLabel('Name', { exact: true }).fill('Seller onboarding');
    await page.getByRole('textbox', { name: 'Market date' }).fill('1 Jan 2018');
    await page.getByRole('button', { name: 'Next month' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Create launch' }).click();
    await page.getByRole('heading', { level: 1, name: 'Seller onboarding' }).waitFor();
    await page.getByRole('link', { name: 'Landing report' }).click();
  });

  /** Origin, leads, won, sellers with a sale: as published. */
  const published: [string, number, number, number][] = [
    ['organic search', 2296, 271, 113],
    ['paid search', 1586, 195, 101],
    ['social', 1350, 75, 31],
    ['unknown', 1099, 179, 81],
    ['direct traffic', 499, 56, 31],
    ['email', 493, 15, 6],
    ['referral', 284, 24, 9],
    ['other', 150, 4, 2],
    ['display', 118, 6, 2],
    ['other publicities', 65, 3, 0],
    ['', 60, 14, 4],
  ];

  test('the report on the page, from the command line and over the API gives the published figures', async () => {
    await page.getByRole('heading', { level: 1 }).filter({ hasText: '8,000' }).waitFor();
    const text = await page.locator('main').innerText();
    for (const figure of ['8,000', '842', '380']) expect(text).toContain(figure);
    expect(text).toContain('(empty)');
    expect(text).toContain('unknown');
    expect(text).toMatch(/1 dated before first contact/);
    expect(await accessibilityFaults(page)).toEqual([]);

    const printed = await cli('report', 'seller-onboarding', '--json');
    expect(printed.stderr).toBe('');
    const report = JSON.parse(printed.stdout) as Record<string, unknown>;
    const { funnel, byOrigin } = report as {
      funnel: { steps: { count: number }[] };
      byOrigin: { origin: string; contacts: number; won: { count: number }; revenue: number }[];
    };
    expect(funnel.steps.map(({ count }) => count)).toEqual([8000, 842, 842, 380]);
    const answered = await page.evaluate(
      async () => (await fetch('/api/launches/seller-onboarding/landing-report')).json() as Promise<unknown>,
    );
    expect((answered as { funnel: unknown }).funnel).toEqual(funnel);
    const rows = byOrigin.map(({ origin, contacts, won, revenue }) => [origin, contacts, won.count, revenue]);
    const byName = (one: unknown[], other: unknown[]) => String(one[0]).localeCompare(String(other[0]));
    expect(rows.toSorted(byName)).toEqual(published.toSorted(byName));
  });

  test('it prints', async () => {
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    expect((await cli('report', 'seller-onboarding')).stdout).toContain('8,000');
  });

  test('undo takes the sellers away again, and only them', async () => {
    const { imports } = JSON.parse((await cli('imports', 'list', '--output', 'json')).stdout) as {
      imports: { id: string; fileName: string; state: string }[];
    };
    const sellers = imports.find(({ fileName, state }) => fileName.includes('sellers') && state === 'committed');
    expect((await cli('imports', 'undo', sellers?.id ?? '')).stderr).toBe('');
    const { funnel } = JSON.parse((await cli('report', 'seller-onboarding', '--json')).stdout) as {
      funnel: { steps: { count: number }[] };
    };
    expect(funnel.steps.map(({ count }) => count)).toEqual([8000, 842, 842, 0]);
  });

  test('the browser had nothing to complain about', () => {
    expect(journey.complaints).toEqual([]);
  });
});
