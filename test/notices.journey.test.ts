import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, type Journey, startJourney, welcomeMaya } from './browser.ts';

let journey: Journey;
let page: Page;
beforeAll(async () => {
  journey = await startJourney();
  page = await journey.open();
  await welcomeMaya(page, journey);
  await page.waitForURL((url) => url.pathname === '/');
}, 120_000);
afterAll(() => journey.close());

const picture = async (of: Page, name: string) => {
  const folder = process.env.LANDFALL_TEST_PICTURES;
  if (folder) await of.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

test('Maya sets up a webhook, is shown its secret once, and sees that a private address is refused', async () => {
  await page.goto(`${journey.server.url}/settings/webhooks`);
  await page.getByText('No other program is told what happens.').waitFor();
  await page.getByRole('button', { name: 'New webhook' }).click();
  await page.getByLabel('Name').fill('Ops');
  await page.getByLabel('Address').fill('https://10.0.0.1/hook');
  await page.getByRole('button', { name: 'Create the webhook' }).click();
  await page.getByText('This leads into a private network').waitFor();
  await page.getByLabel('Address').fill('https://hooks.invalid/landfall');
  await picture(page, 'webhook-new');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Create the webhook' }).click();
  await page.getByLabel('Secret').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Test' }).click();
  await page.getByText('The test did not arrive.').waitFor();
  await page.getByRole('button', { name: 'Deliveries' }).click();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await picture(page, 'webhook-deliveries');
  expect(await accessibilityFaults(page)).toEqual([]);
}, 60_000);

test('she chooses what she is told, in English and Chinese, light and dark, on any screen', async () => {
  await page.goto(`${journey.server.url}/settings/notices`);
  await page.getByLabel('An announcement is published').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your notices are saved.').waitFor();
  await picture(page, 'notices');
  expect(await accessibilityFaults(page)).toEqual([]);
  const chinese = await journey.open({ locale: 'zh-CN', dark: true, width: 390, cookies: page });
  await chinese.addInitScript(() => localStorage.setItem('landfall.locale', 'zh'));
  for (const [path, text] of [
    ['notices', '邮件通知'],
    ['webhooks', '1 个程序接收通知'],
  ] as const) {
    await chinese.goto(`${journey.server.url}/settings/${path}`);
    await chinese.getByText(text).first().waitFor();
    await picture(chinese, `${path}-zh`);
    expect(await accessibilityFaults(chinese)).toEqual([]);
  }
  await chinese.context().close();
}, 60_000);
