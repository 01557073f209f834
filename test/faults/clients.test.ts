import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromiumPath } from '../browser.ts';
import { startClient } from './clients.fixture.ts';
import { ask, lookInto } from './kept.fixture.ts';
import { seeded } from './messages.mjs';
import { buildProgram, freePort, openMember, type Running, startProgram, untilDrained } from './server.fixture.ts';

const count = 200;
const between = 250;
const kills = 3;

const folder = mkdtempSync(join(tmpdir(), 'landfall-clients-'));
let program: Awaited<ReturnType<typeof buildProgram>>;
let server: Running;
let site: Server;
let browser: Browser | undefined;
const clients: { end: () => void }[] = [];

beforeAll(async () => {
  program = await buildProgram();
  const bundles = await build({
    entryPoints: ['segment-page', 'posthog-page'].map((name) => `test/faults/${name}.ts`),
    bundle: true,
    write: false,
    outdir: '/',
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  const scripts = new Map(bundles.outputFiles.map(({ path, text }) => [path, text]));
  site = createServer((request, response) => {
    const script = scripts.get(request.url!);
    if (script !== undefined) return response.setHeader('Content-Type', 'text/javascript').end(script);
    return response
      .setHeader('Content-Type', 'text/html')
      .end(`<!doctype html><title>Weftwork</title><script src="${request.url}.js"></script>`);
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  // PostHog's client keeps quiet in a browser that says that nobody looks at it.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-blink-features=AutomationControlled'];
  if (existsSync(chromiumPath)) browser = await chromium.launch({ executablePath: chromiumPath, args });
});
afterAll(async () => {
  clients.forEach(({ end }) => end());
  await browser?.close();
  site?.close();
  if (server?.isRunning()) {
    server.signal('SIGKILL');
    await server.ended;
  }
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
/** A page of another site whose client sends; answers when the last event was handed to the client. */
const openPage = async (name: 'segment-page' | 'posthog-page', host: string, writeKey: string) => {
  const page = await (await browser!.newContext({ userAgent })).newPage();
  await page.addInitScript(`globalThis.landfall = ${JSON.stringify({ host, writeKey, count, between })}`);
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/${name}`);
  return () => page.evaluate('run');
};

test('what every client sends is found once, though the server is killed while they send', { timeout: 900_000 }, async () => {
  const environment = { LANDFALL_DATA: join(folder, 'data'), LANDFALL_PORT: String(await freePort()) };
  const start = async () => void (server = await startProgram(program.file, environment));
  await start();
  const { url } = server;
  const member = await openMember(url);
  const names = ['segment', 'rudder', 'posthog', ...(browser ? (['segment-page', 'posthog-page'] as const) : [])] as const;
  const keys = new Map<string, { id: string; token: string }>();
  for (const name of names) keys.set(name, await member.makeKey());

  const inProcess = (['segment', 'rudder', 'posthog'] as const).map((name) =>
    startClient(name, url, keys.get(name)!.token, String(count), String(between)),
  );
  clients.push(...inProcess);
  const pages = browser
    ? await Promise.all((['segment-page', 'posthog-page'] as const).map((name) => openPage(name, url, keys.get(name)!.token)))
    : [];

  const storedOf = async () => {
    const { keys: counted } = await member.call<{ keys: { key: string; stored: number }[] }>('GET', '/events/counts', {});
    return new Map(names.map((name) => [name, counted.find(({ key }) => key === keys.get(name)!.id)?.stored ?? 0]));
  };
  const missing = async (most: number) => {
    const found = await storedOf();
    return names.filter((name) => found.get(name)! < most).map((name) => `${name}: ${found.get(name)} of ${most}`);
  };
  const random = seeded(7);
  const begunAt = Date.now();
  for (let n = 0; n < kills; n++) {
    await pause(1500 + Math.floor(random() * 3500));
    const sent = Math.min(count, Math.floor((Date.now() - begunAt) / between));
    server.signal('SIGKILL');
    await server.ended;
    await start();
    // posthog-js gives a request up after four tries that reach nobody: each has been heard before the next kill.
    await expect.poll(() => missing(sent), { timeout: 240_000, interval: 500 }).toEqual([]);
  }
  const [said] = await Promise.all([Promise.all(inProcess.map((client) => client.said)), ...pages.map((sent) => sent())]);
  for (const { wrong, errors } of said) expect([wrong, errors.replaceAll(/^.*(ECONN|Error: ).*$/gm, '').trim()]).toEqual([[], '']);

  // What a page still holds back, its client sends when it tries again.
  await expect.poll(() => missing(count), { timeout: 240_000, interval: 1000 }).toEqual([]);
  await untilDrained(url);
  server.signal('SIGTERM');
  expect(await server.ended).toBe(0);

  await lookInto(environment, async (application) => {
    const found = await ask<{ key: string; events: number; different: number }>(
      application,
      `SELECT toString(key) AS key, toUInt32(count()) AS events, toUInt32(uniqExact(properties['n'])) AS different FROM event WHERE name = 'Clicked' GROUP BY key`,
    );
    const byName = names.map((name) => [name, found.find(({ key }) => key === keys.get(name)!.id)]);
    expect(byName).toEqual(names.map((name) => [name, { key: keys.get(name)!.id, events: count, different: count }]));
    const [counts] = await ask<{ received: number; duplicate: number; failed: number; stored: number }>(
      application,
      `SELECT toUInt32(sum(received)) AS received, toUInt32(sum(stored)) AS stored, toUInt32(sum(duplicate)) AS duplicate, toUInt32(sum(failed)) AS failed FROM ingest FINAL`,
    );
    expect(counts).toMatchObject({ failed: 0, received: counts!.stored + counts!.duplicate });
  });
});
