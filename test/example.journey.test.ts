import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, type Journey, runCli, settled, startJourney } from './browser.ts';

let journey: Journey;
let page: Page;
beforeAll(async () => {
  journey = await startJourney();
  page = await journey.open();
});
afterAll(() => journey.close());

const cli = (...words: string[]) => runCli(journey, words);

test('the first visit makes the owner and the workspace', async () => {
  await page.goto(journey.server.url);
  await page.waitForURL('**/welcome');
  await page.getByLabel('Your name').fill('Maya Lindqvist');
  await page.getByLabel('E-mail').fill('maya@weftwork.example');
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
  await page.getByLabel('Name of the workspace').fill('Weftwork');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Create the workspace' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
});

test('it offers two ways, and the example company opens', async () => {
  await page.getByText('Import my data').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: /example/i }).click();
  await page.getByText('Smart Handoff').first().waitFor({ timeout: 180_000 });
}, 200_000);

test('its landing report opens with the verdict, and a figure opens to its rows', async () => {
  await page.goto(`${journey.server.url}/launches/smart-handoff/report`);
  const verdict = page.getByRole('heading', { level: 1 });
  await verdict.filter({ hasText: 'landed' }).waitFor();
  expect(await verdict.innerText()).toMatch(/Smart Handoff landed: \d+% of \d+ eligible accounts/);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('table').first().getByRole('button').first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('row').nth(2).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
});

test('the three launches get the verdicts that were planted', async () => {
  const read = async (launch: string) => {
    await page.goto(`${journey.server.url}/launches/${launch}/report`);
    const verdict = page.getByRole('heading', { level: 1 }).filter({ hasText: /\d/ });
    await verdict.waitFor();
    return verdict.innerText();
  };
  expect(await read('smart-handoff')).toMatch(/landed/);
  expect(await read('guest-lanes')).toMatch(/(not landed|missed|did not land)/i);
  expect(await read('audit-export')).toMatch(/(cannot tell|cannot be told|too few|too early)/i);
});

test('the command line, the API and the page give the same figures', async () => {
  const printed = await cli('report', 'smart-handoff', '--json', '--workspace', 'Weftwork (example)');
  expect(printed.stderr).toBe('');
  const report = JSON.parse(printed.stdout) as {
    adoption: { account: { eligible: number; marks: { day: number; share: number | null }[] } };
  };
  const atHorizon = report.adoption.account.marks.find(({ day }) => day === 90);
  await page.goto(`${journey.server.url}/launches/smart-handoff/report`);
  const verdict = page.getByRole('heading', { level: 1 }).filter({ hasText: 'landed' });
  await verdict.waitFor();
  const text = await verdict.innerText();
  expect(text).toContain(`of ${report.adoption.account.eligible} eligible accounts`);
  expect(text).toContain(`${Math.round((atHorizon?.share ?? 0) * 100)}%`);
  const answered = await page.evaluate(async () => {
    const workspace = localStorage.getItem('landfall.workspace') ?? '';
    const answer = await fetch('/api/launches/smart-handoff/landing-report', { headers: { 'x-landfall-workspace': workspace } });
    return answer.json();
  });
  expect((answered as typeof report).adoption).toEqual(report.adoption);
  const printedText = await cli('report', 'smart-handoff', '--workspace', 'Weftwork (example)');
  expect(printedText.stdout).toContain(String(report.adoption.account.eligible));
});

test('the report prints, and stands alone as one file', async () => {
  await page.goto(`${journey.server.url}/launches/smart-handoff/report`);
  await page.getByRole('heading', { level: 1 }).filter({ hasText: 'landed' }).waitFor();
  const paper = await page.pdf({ format: 'A4' });
  expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
  const file = join(journey.folder, 'report.html');
  const written = await cli('report', 'smart-handoff', '--html', file, '--workspace', 'Weftwork (example)');
  expect(`${written.status} ${written.stderr}`).toMatch(/^0/);
  expect(existsSync(file)).toBe(true);
  const html = readFileSync(file, 'utf8');
  expect(html).not.toMatch(/<(script|link)[^>]+(src|href)=["']https?:/);
  const alone = await journey.open();
  await alone.context().setOffline(true);
  await alone.goto(`file://${file}`);
  expect(await alone.getByRole('heading', { level: 1 }).innerText()).toContain('Smart Handoff landed');
  expect(await accessibilityFaults(alone)).toEqual([]);
});

test('every page of impact prints: nothing is cut off, no control stands on paper', async () => {
  const paper = await journey.open({ width: 703, height: 1000, dark: true, cookies: page });
  await paper.emulateMedia({ media: 'print' });
  const paths = ['programs', 'pipeline', 'credits', 'lifts', 'subscriptions', 'expansions', 'launches/guest-lanes/report'];
  for (const path of paths) {
    await paper.goto(`${journey.server.url}/${path}`);
    await paper.getByRole('table').first().waitFor();
    await settled(paper);
    const wrong = await paper.evaluate(() => {
      const main = document.querySelector('main')!;
      const shown = (part: Element) => part.checkVisibility() && part.closest('.vh') === null;
      return {
        cut: [...main.querySelectorAll('*')]
          .filter((part) => shown(part) && part.getBoundingClientRect().right > innerWidth + 1)
          .map(({ outerHTML }) => outerHTML.slice(0, 120)),
        controls: [...document.querySelectorAll('.btn, .seg, .link:is(button):not(.t *), .builder-controls')]
          .filter(shown)
          .map(({ outerHTML }) => outerHTML.slice(0, 120)),
        nameless: [...main.querySelectorAll<HTMLElement>('tbody tr > :first-child')].filter(
          (cell) => shown(cell) && cell.innerText.trim() === '',
        ).length,
        ink: getComputedStyle(main).color,
      };
    });
    expect({ path, ...wrong }).toEqual({ path, cut: [], controls: [], nameless: 0, ink: 'rgb(20, 34, 46)' });
  }
  await paper.context().close();
});

test.each([
  ['dark', { dark: true }],
  ['Chinese', { locale: 'zh-CN' as const }],
  ['narrow', { width: 390, height: 844 }],
])('the report and the lists pass the accessibility check: %s', async (_, view) => {
  const other = await journey.open({ ...view, cookies: page });
  for (const path of ['/', '/launches', '/features', '/launches/smart-handoff', '/launches/smart-handoff/report', '/settings/members']) {
    await other.goto(journey.server.url + path);
    await other.getByRole('heading', { level: 1 }).waitFor();
    await settled(other);
    expect({ path, faults: await accessibilityFaults(other) }).toEqual({ path, faults: [] });
    const overflow = await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect({ path, overflow }).toEqual({ path, overflow: 0 });
  }
  await other.context().close();
});

test('the browser had nothing to complain about', () => {
  expect(journey.complaints).toEqual([]);
});
