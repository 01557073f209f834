import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { readConfig } from '../src/platform/config.ts';
import { type RunningServer, startServer } from '../src/server/main.ts';

const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** The Chromium that `npm test` found or installed. */
export const chromiumPath = process.env.LANDFALL_TEST_CHROMIUM ?? '/usr/bin/chromium';

export type Journey = {
  server: RunningServer;
  browser: Browser;
  folder: string;
  complaints: string[];
  open: (options?: View) => Promise<Page>;
  close: () => Promise<void>;
};
type View = { width?: number; height?: number; dark?: boolean; locale?: 'en-GB' | 'zh-CN'; cookies?: Page };

/** A server with stores of its own and a real browser; everything that the browser complains about is kept. Without `now` the clock is the machine's. */
export const startJourney = async (now?: () => Date): Promise<Journey> => {
  expect(existsSync('dist/web/index.html'), 'the web app is built: run "npm run build"').toBe(true);
  const folder = mkdtempSync(join(tmpdir(), 'landfall-journey-'));
  const server = await startServer(readConfig({ LANDFALL_DATA: folder, LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'silent' }), now);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: flags.split(' ') });
  const complaints: string[] = [];
  const open = async ({ width = 1440, height = 900, dark = false, locale = 'en-GB', cookies }: View = {}) => {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      locale,
      acceptDownloads: true,
      storageState: await cookies?.context().storageState(),
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
    return page;
  };
  return {
    server,
    browser,
    folder,
    complaints,
    open,
    close: async () => {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Maya's first visit: herself, her workspace, and the page that comes then. */
export const welcomeMaya = async (page: Page, { server }: Journey): Promise<void> => {
  await page.goto(server.url);
  await page.waitForURL('**/welcome');
  await page.getByLabel('Your name').fill('Maya Lindqvist');
  await page.getByLabel('E-mail').fill('maya@weftwork.example');
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
  await page.getByLabel('Name of the workspace').fill('Weftwork');
  await page.getByRole('button', { name: 'Create the workspace' }).click();
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Until nothing on the page is still being read. The network is never idle where a page watches what others change. */
export const settled = (page: Page) =>
  page.waitForFunction(() => document.querySelector('main h1') !== null && document.querySelector('main [aria-busy="true"]') === null);

/** What an accessibility check finds wrong with the page, WCAG 2.2 AA. An answer that gives way to the next one is pale, and is waited for. */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  await page.waitForFunction(() => document.querySelector('main .answer-old') === null);
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // What is still fading in has not its colours yet.
    const moving = document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < Infinity);
    await Promise.allSettled(moving.map(({ finished }) => finished));
    const { axe: checker } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
    };
    const { violations } = await checker.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
  });
};

/** The built command line, beside the running server. Not synchronously: the server answers from this process. */
export const runCli = (journey: Journey, words: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const environment = { ...process.env, LANDFALL_DATA: journey.folder, LANDFALL_URL: '', LANDFALL_KEY: '' };
    const child = spawn(process.execPath, ['dist/landfall.js', ...words], { env: environment });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (text: Buffer) => (said.stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (said.stderr += text.toString()));
    child.once('close', (status) => resolve({ status, ...said }));
  });
