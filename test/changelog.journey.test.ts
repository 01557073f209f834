import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, type Journey, startJourney, welcomeMaya } from './browser.ts';

const looksDeveloped = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const shots = process.env.LANDFALL_TEST_PICTURES;

let journey: Journey;
let page: Page;
let site: Server;
let foreign: string;
let changelog: string;

const picture = async (of: Page, name: string) => {
  if (shots) await of.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
};

/** A site of somebody else, on another origin, with a policy that allows little but scripts and frames of this Landfall. */
const startSite = async () => {
  site = createServer((request, response) => {
    const strict = `default-src 'none'; script-src ${journey.server.url.replace('localhost', '127.0.0.1')}; frame-src ${journey.server.url.replace('localhost', '127.0.0.1')}`;
    response.setHeader('Content-Security-Policy', request.url?.startsWith('/open') ? "style-src 'unsafe-inline'" : strict);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    const hostile = request.url?.startsWith('/open')
      ? '<style>div,button,span,iframe{display:none!important;color:red!important}</style>'
      : '';
    response.end(
      `<!doctype html><html lang="en"><head><title>Shop</title>${hostile}</head><body><main><h1>A shop</h1></main><script src="${changelog}/widget.js" defer></script></body></html>`,
    );
  });
  await new Promise<void>((resolve) => void site.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  journey = await startJourney();
  page = await journey.open();
  await welcomeMaya(page, journey);
  await page.waitForURL((url) => url.pathname === '/');
  changelog = `${journey.server.url.replace('localhost', '127.0.0.1')}/changelog/weftwork`;
  foreign = await startSite();
}, 120_000);
afterAll(async () => {
  await new Promise<void>((resolve) => void (site ? site.close(() => resolve()) : resolve()));
  await journey.close();
});

test('Maya writes an announcement, sees it as it will be read, and publishes it', async () => {
  await page.goto(`${journey.server.url}/announcements`);
  await page.getByRole('link', { name: 'New announcement' }).click();
  await page.getByLabel('Title').fill('Smart Handoff is here');
  await page
    .getByLabel('Text')
    .fill('Work moves to the next team **by itself**.\n\n- no copies\n- no chats\n\n[How it works](https://docs.example/handoff)');
  await page.getByText('by itself', { exact: true }).waitFor();
  await picture(page, 'announcement-new');
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Your changelog is not public yet').waitFor();
  await picture(page, 'announcement-publish');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Smart Handoff is here is published.').waitFor();
  await page.getByText('This is public: what you save is read at once.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture(page, 'announcement-live');
}, 60_000);

test('she opens the public changelog to everybody, and the widget to one site', async () => {
  await page.goto(`${journey.server.url}/announcements`);
  await page.getByText('The public changelog is off').waitFor();
  await page.getByRole('button', { name: 'Public changelog' }).click();
  await page.getByLabel('Anybody can read it').check();
  await page.getByRole('combobox', { name: 'Sites that may show the widget' }).fill(foreign);
  await page.getByRole('combobox', { name: 'Sites that may show the widget' }).press('Enter');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByLabel('Line to copy').waitFor();
  await picture(page, 'changelog-settings');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
}, 60_000);

test('anybody reads the page without signing in, in light and dark, on a phone', async () => {
  for (const dark of [false, true]) {
    const reader = await journey.open({ dark, width: dark ? 390 : 1440 });
    await reader.goto(changelog);
    await reader.getByRole('heading', { name: 'Smart Handoff is here' }).waitFor();
    await picture(reader, `changelog-${dark ? 'dark-narrow' : 'light'}`);
    expect(await accessibilityFaults(reader).catch(String)).toEqual([]);
    expect(await reader.context().cookies()).toEqual([]);
    expect(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await reader.getByRole('link', { name: 'Smart Handoff is here' }).click();
    await reader.getByRole('heading', { level: 1, name: 'Smart Handoff is here' }).waitFor();
    expect(await accessibilityFaults(reader).catch(String)).toEqual([]);
    await reader.context().close();
  }
}, 60_000);

test('on a foreign page the widget says how many are unread, opens them in a frame of ours, and remembers that they were read', async () => {
  const context = await journey.browser.newContext({ userAgent: looksDeveloped, viewport: { width: 1000, height: 760 } });
  const complaints: string[] = [];
  for (const path of ['/', '/open']) {
    const reader = await context.newPage();
    reader.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    await reader.goto(`${foreign}${path}`);
    const button = reader.getByRole('button', { name: 'Weftwork' });
    await button.waitFor();
    expect(await button.textContent()).toBe(path === '/' ? 'Weftwork1 new' : 'Weftwork');
    await picture(reader, `widget-closed${path.replace('/', '-')}`);
    await button.click();
    const frame = reader.frameLocator('iframe');
    await frame.getByRole('heading', { name: 'Smart Handoff is here' }).waitFor();
    await picture(reader, `widget-open${path.replace('/', '-')}`);
    expect(await reader.evaluate(() => Object.keys(window).filter((name) => /landfall/i.test(name)))).toEqual(['LandfallChangelog']);
    await reader.keyboard.press('Escape');
    expect(
      await reader.evaluate(() => (window as unknown as { LandfallChangelog: { unread: () => number } }).LandfallChangelog.unread()),
    ).toBe(0);
    await reader.close();
  }
  expect(complaints.filter((text) => !/favicon/.test(text))).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  await context.close();
}, 60_000);

test('a site that is not named cannot frame the entries', async () => {
  const other = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<!doctype html><title>Other</title><iframe src="${changelog}/embed"></iframe>`);
  });
  await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
  const reader = await (await journey.browser.newContext()).newPage();
  const refused = reader.waitForEvent('console', { predicate: (message) => /frame-ancestors/.test(message.text()) });
  await reader.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
  await refused;
  await reader.context().close();
  await new Promise<void>((resolve) => void other.close(() => resolve()));
}, 60_000);

test('views and clicks come back to the list, in English and Chinese, on any screen', async () => {
  const context = await journey.browser.newContext({ userAgent: looksDeveloped });
  const reader = await context.newPage();
  await reader.route('https://docs.example/**', (route) => route.fulfill({ body: 'The guide' }));
  await reader.goto(`${changelog}/smart-handoff-is-here`);
  await reader.getByRole('link', { name: 'How it works' }).click();
  await reader.waitForURL('https://docs.example/handoff');
  await context.close();
  const row = page.getByRole('row', { name: /Smart Handoff is here/ });
  await expect
    .poll(
      async () => {
        await page.goto(`${journey.server.url}/announcements`);
        await row.waitFor();
        return (await row.getByRole('cell').allTextContents()).slice(-4);
      },
      { timeout: 20_000, interval: 1500 },
    )
    // On its page twice before as a headless browser, which is left out; in the widget twice; once each by the reader.
    .toEqual(['1', '0', '2', '1']);
  await picture(page, 'announcements');
  expect(await accessibilityFaults(page)).toEqual([]);
  const chinese = await journey.open({ locale: 'zh-CN', dark: true, width: 390, cookies: page });
  await chinese.addInitScript(() => localStorage.setItem('landfall.locale', 'zh'));
  await chinese.goto(`${journey.server.url}/announcements`);

  await chinese.getByText('1 条公告已公开。').waitFor();
  await picture(chinese, 'announcements-zh-dark-narrow');
  expect(await accessibilityFaults(chinese)).toEqual([]);
  await chinese.goto(`${journey.server.url}/announcements/smart-handoff-is-here`);
  await chinese.getByLabel('标题').waitFor();
  await picture(chinese, 'announcement-zh-dark-narrow');
  expect(await accessibilityFaults(chinese)).toEqual([]);
  await chinese.context().close();
}, 60_000);
