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

test('a recall survey is planned, a target registered, and a wave entered on its page', async () => {
  await page.goto(`${journey.server.url}/programs/spring-webinar/recall`);
  await page.getByRole('heading', { level: 1, name: 'No recall survey is planned for Spring Webinar.' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'New survey' }).click();
  const survey = page.getByRole('dialog');
  await survey.getByLabel('Question').fill('Which tools for handing over work do you know?');
  await survey.getByLabel('Who was asked').fill('Operations leads, online panel');
  await survey.getByRole('button', { name: 'Save' }).click();
  await survey.getByText('Fill this in.').waitFor();
  await survey.getByLabel('How exposure was established').fill('Say that they drive past it');
  expect(await accessibilityFaults(page)).toEqual([]);
  await survey.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Nobody was asked after Spring Webinar yet' }).waitFor();
  await page.getByRole('button', { name: 'Register a target' }).click();
  const target = page.getByRole('dialog');
  await target.getByLabel('At least').fill('3');
  expect(await accessibilityFaults(page)).toEqual([]);
  await target.getByRole('button', { name: 'Register a target' }).click();
  await target.waitFor({ state: 'detached' });
  await page.getByText('Recall changes by at least 3.0 points more among the exposed').waitFor();
  await page.getByRole('button', { name: 'Enter a wave' }).click();
  const wave = page.getByRole('dialog');
  await wave.getByLabel('First day').fill('2 Feb 2026');
  await wave.getByLabel('Exposed: asked', { exact: true }).fill('400');
  await wave.getByLabel('Exposed: recalled it', { exact: true }).fill('480');
  await wave.getByRole('button', { name: 'Save' }).click();
  await wave.getByText('More recalled it than were asked.').waitFor();
  await wave.getByLabel('Exposed: recalled it', { exact: true }).fill('48');
  await wave.getByLabel('Not exposed: asked').fill('500');
  await wave.getByLabel('Not exposed: recalled it').fill('60');
  expect(await accessibilityFaults(page)).toEqual([]);
  await wave.getByRole('button', { name: 'Save' }).click();
  await wave.waitFor({ state: 'detached' });
  await page.getByRole('cell', { name: /^12\.0% \(9\.2% to 15\.[56]%\).*48 of 400/ }).waitFor();
});

test('a pasted wave is looked at before it comes in, and the answer is read on the pages of the program', async () => {
  await page.getByRole('button', { name: 'Paste waves' }).click();
  const dialog = page.getByRole('dialog');
  const head = 'wave,first day,exposed asked,exposed recalled,not exposed asked,not exposed recalled';
  await dialog.getByLabel('Table with a first line of names').fill(`${head}\nafter,2026-05-04,400,960,500,70`);
  await dialog.getByRole('button', { name: 'Look at it' }).click();
  await dialog.getByText('Line 2: exposed recalled: more recalled it than were asked').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByLabel('Table with a first line of names').fill(`${head}\nafter,2026-05-04,400,96,500,70`);
  await dialog.getByRole('button', { name: 'Look at it' }).click();
  await dialog.getByText('1 new, 0 changed, 0 as they are.').waitFor();
  await dialog.getByRole('button', { name: 'Import' }).click();
  await dialog.waitFor({ state: 'detached' });
  // The target was registered today, after these people were asked: it is not judged by it.
  const verdict = /recall changed by \+10\.0 points \(\+3\.2 to \+16\.7\) beyond the change among others\./;
  await page.getByRole('heading', { level: 1, name: verdict }).waitFor();
  await page.getByText('The target was registered after people had been asked').waitFor();
  await page.getByRole('cell', { name: '+10.0 points (+3.2 to +16.7)' }).waitFor();
  await settled(page);
  expect(await accessibilityFaults(page)).toEqual([]);
  for (const tab of ['Program', 'What it returned']) {
    await page.getByRole('link', { name: tab, exact: true }).click();
    await page.getByText(verdict).waitFor();
    await settled(page);
    expect(await accessibilityFaults(page)).toEqual([]);
  }
  await page.goto(`${journey.server.url}/programs`);
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
