// From `start` on a warm install to the first page, several times: node bench/start.mjs [runs]
// Prints the median and the range of: start to ready, and of the first page from address to usable, on a server that is warm.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const runs = Number(process.argv[2] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

const start = () =>
  new Promise((resolve) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, ['dist/landfall.js', 'start'], {
      env: { ...process.env, LANDFALL_DATA: folder, LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'silent' },
    });
    child.stdout.on('data', (text) => {
      const url = /ready: (\S+)/.exec(text.toString())?.[1];
      if (url) resolve({ child, url, milliseconds: performance.now() - startedAt });
    });
  });

const stop = (child) => new Promise((resolve) => child.once('exit', resolve) && child.kill('SIGTERM'));

const firstPage = async (browser, url) => {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const startedAt = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.getByRole('button').first().waitFor();
  await page.getByLabel('Your name').click();
  const milliseconds = performance.now() - startedAt;
  await page.context().close();
  return milliseconds;
};

const say = (name, values) => {
  const sorted = values.toSorted((one, other) => one - other).map(Math.round);
  console.log(`${name}: median ${sorted[Math.floor(sorted.length / 2)]} ms, ${sorted[0]} to ${sorted.at(-1)}, n ${sorted.length}`);
};

const browser = await chromium.launch({
  executablePath: process.env.LANDFALL_TEST_CHROMIUM ?? '/usr/bin/chromium',
  args: flags.split(' '),
});
const starts = [];
const toPage = [];
const pages = [];
const first = await start();
say('first start on a new data folder, to ready', [first.milliseconds]);
await firstPage(browser, first.url);
await stop(first.child);
for (let run = 0; run < runs; run++) {
  const { child, url, milliseconds } = await start();
  starts.push(milliseconds);
  toPage.push(milliseconds + (await firstPage(browser, url)));
  pages.push(await firstPage(browser, url));
  await stop(child);
}
await browser.close();
rmSync(folder, { recursive: true, force: true });
say('start to ready, warm install', starts);
say('start to first page', toPage);
say('first page, from address to usable, warm server', pages);
