import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, type Journey, runCli, settled, startJourney } from './browser.ts';

// Two published CRM exports, brought in through the browser and read on the pipeline page as a new user would.
// The data may not be shipped with Landfall; without them these tests are skipped, and say so.
const data = resolve(process.env.LANDFALL_TEST_DATA ?? '../shared/data');

let journey: Journey;
let page: Page;
const cli = async <Answer>(...words: string[]): Promise<Answer> => {
  const { stdout, stderr } = await runCli(journey, [...words, '--output', 'json']);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Answer;
};

const begin = async (workspace: string) => {
  journey = await startJourney();
  page = await journey.open();
  await page.goto(journey.server.url);
  await page.getByLabel('Your name').fill('Ana Souza');
  await page.getByLabel('E-mail').fill('ana@example.com');
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
  await page.getByLabel('Name of the workspace').fill(workspace);
  await page.getByRole('button', { name: 'Create the workspace' }).click();
  await page.getByText('Import my data').waitFor();
};

const bringIn = async (file: string, currency?: string) => {
  await page.goto(`${journey.server.url}/imports/new`);
  await page.locator('input[type=file]').setInputFiles(join(data, file));
  await page.getByRole('button', { name: 'Dry run' }).waitFor();
  if (currency) await page.getByLabel(/^In which currency/).fill(currency);
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByRole('heading', { level: 1, name: /^New: / }).waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: /^Imported/ }).waitFor({ timeout: 60_000 });
};

const openPipeline = async (heading: RegExp) => {
  await page.goto(journey.server.url);
  await page.getByRole('link', { name: 'Impact' }).first().click();
  await page.getByRole('link', { name: 'Pipeline' }).click();
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await settled(page);
};

type Answer = {
  all: {
    created: number;
    won: number;
    lost: number;
    open: number;
    amounts: { currency: string; won: number }[];
    winRate: { share: { share: number } };
    cycle: { mean: number; meanLost: number };
  };
  funnel: Record<string, number>;
};

describe.skipIf(!existsSync(join(data, 'maven_crm')))('the CRM of Maven, by its owner', () => {
  beforeAll(() => begin('Maven'), 60_000);
  afterAll(() => journey?.close());

  test('products, accounts and deals are imported as they are, with the product that is written otherwise', async () => {
    await bringIn('maven_crm/products.csv', 'USD');
    await bringIn('maven_crm/accounts.csv');
    await bringIn('maven_crm/sales_pipeline.csv', 'USD');
  });

  test('the win rate is of closed deals, not the 48% of all; the rest as published', async () => {
    await openPipeline(/^63\.15% of 6,711 closed deals are won/);
    const text = await page.locator('main').innerText();
    for (const figure of ['8,800', '4,238', '2,473', '$10M', '51.78', '41.48']) expect(text).toContain(figure);
    const { all } = await cli<Answer>('pipelines', 'get');
    expect(all).toMatchObject({ created: 8800, won: 4238, lost: 2473, open: 2089, amounts: [{ currency: 'USD', won: 10005534 }] });
    expect(all.cycle).toMatchObject({ mean: 51.78, meanLost: 41.48 });
    expect(all.winRate.share.share).toBeCloseTo(0.631501, 6);
  });

  test('what does not add up is named: 1,480 rows whose product no join finds, and what is to be done', async () => {
    const lines = page.getByRole('table', { name: 'How this adds up' });
    await lines.getByRole('row', { name: /sales_pipeline\.csv: 1,480 rows name “GTXPro”.*Is it “GTX Pro”\?/ }).waitFor();
    await lines.getByRole('row', { name: /Deals without a product that is known 1,480/ }).waitFor();
    await lines.getByRole('row', { name: /Deals without an account 1,425/ }).waitFor();
    await lines.getByRole('row', { name: /Deals without the date on which they were created 500/ }).waitFor();
    await lines.getByRole('row', { name: /Won deals without a contact 4,238 100\.0% of won.*lower bound/ }).waitFor();
    await lines.getByRole('button', { name: '1,425', exact: true }).first().click();
    await page.getByRole('dialog').getByText('1,425').first().waitFor();
    await page.keyboard.press('Escape');
  });

  test('by product, by owner; accessible, and it prints', async () => {
    await page.getByRole('combobox', { name: 'By' }).click();
    await page.getByRole('option', { name: 'Product', exact: true }).click();
    await page
      .getByRole('row', { name: /^GTX Basic/ })
      .first()
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    expect(journey.complaints).toEqual([]);
  });
});

describe.skipIf(!existsSync(join(data, 'olist_funnel')))('the funnel of Olist, by its owner', () => {
  beforeAll(() => begin('Olist'), 60_000);
  afterAll(() => journey?.close());

  test('leads and deals are imported', async () => {
    await bringIn('olist_funnel/olist_marketing_qualified_leads_dataset.csv');
    await bringIn('olist_funnel/olist_closed_deals_dataset.csv');
  });

  test('842 deals, all won: no loss is on record, so that a win rate of 100% is not claimed; from 8,000 first contacts', async () => {
    await openPipeline(/^842 deals are won and none is on record as lost/);
    const { all, funnel } = await cli<Answer>('pipelines', 'get');
    expect([all.created, all.won, all.lost]).toEqual([842, 842, 0]);
    expect(funnel).toMatchObject({ contacts: 8000, opportunities: 842, won: 842 });
    const text = await page.locator('main').innerText();
    expect(text).toContain('Won deals without an amount');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(journey.complaints).toEqual([]);
  });
});
