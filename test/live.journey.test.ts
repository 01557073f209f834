import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, type Journey, startJourney, welcomeMaya } from './browser.ts';

let journey: Journey;
let page: Page;
let key: string;
beforeAll(async () => {
  journey = await startJourney();
  page = await journey.open();
  await welcomeMaya(page, journey);
  await page.getByRole('button', { name: /example/i }).waitFor();
  key = await page.evaluate(async () => {
    const answer = await fetch('/api/keys', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Web page', kind: 'write' }),
    });
    return ((await answer.json()) as { token: string }).token;
  });
  await page.evaluate(() =>
    fetch('/api/planned-events', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Invoice paid', properties: [{ name: 'amount', type: 'number' }] }),
    }),
  );
}, 180_000);
afterAll(() => journey.close());

const send = async (...batch: object[]) => {
  const answer = await fetch(`${journey.server.url}/v1/batch`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
    body: JSON.stringify({ batch }),
  });
  expect(answer.status).toBe(200);
};
const track = (event: string, more: object = {}) => ({ type: 'track', event, userId: 'u1', ...more });
const row = (name: RegExp, on = page) => on.getByRole('row').filter({ hasText: name });

test('where nothing has arrived it says so, and how to connect', async () => {
  await page.goto(`${journey.server.url}/live`);
  await page.getByText('Nothing has arrived in the last 10 minutes').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('link', { name: 'How to connect a product' }).click();
  await page.waitForURL('**/events');
  await page.goto(`${journey.server.url}/live`);
  await page.getByText('Nothing has arrived').waitFor();
});

test('what arrives is shown at once, the newest first, with how it stands to the plan', async () => {
  await send(track('Invoice paid', { properties: { amount: '12' }, context: { groupId: 'acme' } }), track('invoice_paid'));
  await send({ type: 'track', event: 'Nobody' });
  await row(/Nobody/).waitFor();
  const events = await page.locator('tbody td.name').allInnerTexts();
  expect(events.map((text) => text.trim())).toEqual(['{"type":"track","event":"Nobody"}', 'invoice_paid', 'Invoice paid']);
  await expect.poll(() => row(/Invoice paid.*acme/).innerText()).toContain('As expected');
  expect(await row(/invoice_paid/).innerText()).toContain('Did you mean Invoice paid?');
  expect(await row(/Nobody/).innerText()).toContain('No user and no anonymous id');
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: /0\.\d events a second/ })
    .waitFor();
});

test('an event opens to what it carries, and a failed one to what was sent', async () => {
  await page.getByRole('button', { name: 'Invoice paid', exact: true }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('row').filter({ hasText: 'amount' }).waitFor();
  expect(await drawer.innerText()).toContain('Web page');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Nobody/ }).click();
  await drawer.getByText('{"type":"track","event":"Nobody"}').waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
});

test('it is paused and goes on by a key, and nothing that came meanwhile is missed', async () => {
  await page.keyboard.press('p');
  await page.getByText('Paused. What arrives now').waitFor();
  await send(track('While paused'));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await row(/While paused/).count()).toBe(0);
  await page.keyboard.press('p');
  await row(/While paused/).waitFor();
  expect(await row(/Nobody/).count()).toBe(1);
});

test('it is narrowed to problems and to names', async () => {
  await page.getByText('Only problems').click();
  await page.waitForURL('**show=problems*');
  await row(/Nobody/).waitFor();
  expect(await row(/Invoice paid.*acme/).count()).toBe(0);
  await page.getByText('All', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Name of the event' }).fill('paused');
  await row(/While paused/).waitFor();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
  await page.getByRole('textbox', { name: 'Name of the event' }).fill('nothing like it');
  await page.getByRole('button', { name: 'Clear' }).click();
  await row(/Invoice paid.*acme/).waitFor();
});

test('only the state of the line is said aloud', async () => {
  const said = page.locator('main [aria-live]');
  expect(await said.allInnerTexts()).toEqual(['Connected']);
  expect(await page.locator('main [aria-live] table, main [role="log"], main [role="alert"]').count()).toBe(0);
});

test('when the connection is lost it says so, tries again, and misses nothing', async () => {
  const line = /\/api\/rpc\/live\/watch/;
  await page.route(line, (route) => route.abort());
  await page.reload();
  await page.getByText('The connection was lost').waitFor({ timeout: 25_000 });
  expect(await accessibilityFaults(page)).toEqual([]);
  await send(track('While offline'));
  await page.unroute(line);
  await page.getByRole('button', { name: 'Try now' }).click();
  await row(/While offline/).waitFor();
  expect(await row(/Nobody/).count()).toBe(1);
}, 60_000);

test.each([
  ['dark', { dark: true }],
  ['Chinese and narrow', { locale: 'zh-CN' as const, width: 390, height: 844 }],
])('the page passes the accessibility check: %s', { timeout: 60_000 }, async (_, view) => {
  const other = await journey.open({ ...view, cookies: page });
  await other.goto(`${journey.server.url}/live`);
  await row(/While offline/, other).waitFor();
  expect(await accessibilityFaults(other)).toEqual([]);
  expect(await other.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await other.context().close();
});

test('whoever is let out of the workspace is sent to sign in, and sees nothing more', { timeout: 30_000 }, async () => {
  const other = await journey.open({ cookies: page });
  await other.goto(`${journey.server.url}/live`);
  await row(/While offline/, other).waitFor();
  await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
  await other.waitForURL('**/sign-in*', { timeout: 15_000 });
  expect(await other.getByText('While offline').count()).toBe(0);
  await other.context().close();
});

test('the browser had nothing to complain about, but for the line that was cut and the sign-in that ended', () => {
  expect(journey.complaints.filter((complaint) => !/ERR_FAILED|401/.test(complaint))).toEqual([]);
});
