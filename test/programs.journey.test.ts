import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeClicks } from '../src/launch/tracked-links/counting.ts';
import { accessibilityFaults, type Journey, settled, startJourney, welcomeMaya } from './browser.ts';

let journey: Journey;
let page: Page;
beforeAll(async () => {
  journey = await startJourney();
  page = await journey.open();
  await welcomeMaya(page, journey);
  await page.getByRole('button', { name: /example/i }).waitFor();
}, 180_000);
afterAll(() => journey.close());

test('a program is planned on its page', async () => {
  await page.goto(`${journey.server.url}/programs`);
  await page.getByRole('heading', { level: 1, name: 'No program is planned yet.' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('c');
  await page.getByLabel('Name', { exact: true }).fill('Spring Webinar');
  await page.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Webinar' }).click();
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await page.getByLabel('Budget').fill('1200');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Nobody is on the list of Spring Webinar yet.' }).waitFor();
});

test('the naming rule is set, and the link builder keeps it', async () => {
  await page.goto(`${journey.server.url}/programs`);
  await page.getByRole('button', { name: 'Naming rule' }).click();
  const rule = page.getByRole('dialog');
  await rule.getByLabel('Campaign').fill('{kind}_{program-slug}');
  await rule.getByLabel('Allowed media').fill('social');
  await page.keyboard.press('Enter');
  expect(await accessibilityFaults(page)).toEqual([]);
  await rule.getByRole('button', { name: 'Save' }).click();
  await rule.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Spring Webinar' }).click();
  await page.getByRole('button', { name: 'New link' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('utm_campaign is webinar_spring-webinar').waitFor();
  await dialog.getByLabel('Page that it leads to').fill(`${journey.server.url}/sign-in?from=poster`);
  await dialog.getByLabel('Source').fill('LinkedIn');
  await dialog.getByLabel('Medium').fill('email');
  await dialog.getByLabel('Ending of the address').fill('spring');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Small letters, digits, points').waitFor();
  await dialog.getByLabel('Source').fill('linkedin');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('"email" is not among the media that the naming rule allows: social.').waitFor();
  await dialog.getByLabel('Medium').fill('social');
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
});

test('the link is clicked, and its click is seen on the page of the program', async () => {
  // A browser without a head names itself as one, and such are not counted.
  const context = await journey.browser.newContext({
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
  });
  const visitor = await context.newPage();
  await visitor.goto(`${journey.server.url}/l/spring`);
  await visitor.waitForURL(
    (url) => url.searchParams.get('utm_campaign') === 'webinar_spring-webinar' && url.searchParams.get('from') === 'poster',
  );
  await writeClicks(journey.server.application);
  await page.reload();
  await page.getByRole('heading', { name: 'Its links were followed once' }).waitFor();
  await settled(page);
  await page.getByText('n = 1 clicks').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.goto(`${journey.server.url}/programs`);
  const row = page.getByRole('row').filter({ hasText: 'Spring Webinar' });
  await row.getByRole('cell', { name: '1', exact: true }).waitFor();
});

test('a file of campaigns is looked at before it comes in', async () => {
  await page.getByLabel('Choose a file of campaigns').setInputFiles({
    name: 'Campaign.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Id,Name,Type,Status,ActualCost\n701A,Wide Show,Conference,Completed,"7,500"\n701B,,Email,Planned,1\n'),
  });
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 new, 0 changed, 0 as they are, 1 left out.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Import' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Wide Show' }).waitFor();
  expect(journey.complaints.filter((line) => !/40[09]/.test(line))).toEqual([]);
});
