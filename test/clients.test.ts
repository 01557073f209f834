import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Arrival } from '../src/collect/events/schema.ts';
import { settleNow } from '../src/collect/events/settler.ts';
import { own } from '../src/platform/events/sources.ts';
import { Failure } from '../src/platform/failure.ts';
import { type Ingest, startIngest } from '../src/server/ingest.fixture.ts';
import { chromiumPath } from './browser.ts';

let ingest: Ingest;
beforeAll(async () => void (ingest = await startIngest()));
afterAll(() => ingest.close());

/** Refuses the next so many appends, as a full disk would. */
const refuseAppends = (count: number) => {
  const { spool } = ingest.server.application;
  const append = spool.append;
  let refused = 0;
  spool.append = (lines) => {
    if (refused++ < count) return Promise.reject(new Failure('unavailable', 'No space.', { retryAfterSeconds: 1 }));
    return append(lines);
  };
  return { refused: () => Math.min(refused, count), restore: () => void (spool.append = append) };
};
const restored: (() => void)[] = [];
afterEach(() => restored.splice(0).forEach((each) => each()));

/** Runs a client in a process of its own, until it says that all is sent. */
const run = (name: string, environment: Record<string, string> = {}) =>
  new Promise<string>((resolve, reject) => {
    const file = join('test/clients', `${name}.mjs`);
    const env = { ...process.env, ...environment };
    execFile(process.execPath, [file, ingest.server.url, ingest.token], { env, timeout: 50_000 }, (error, stdout, stderr) =>
      error ? reject(error) : resolve(stdout + stderr),
    );
  });

const byKind = (arrivals: Arrival[]) => arrivals.toSorted((one, other) => (one.kind < other.kind ? -1 : 1));
const secondsAgo = ({ at }: Arrival) => (Date.now() - Date.parse(`${at.replace(' ', 'T')}Z`)) / 1000;

const calls = [
  { kind: 'alias', name: '$alias', user: 'u1', previous: 'a2' },
  { kind: 'group', name: '$group', user: 'u1', account: 'g1', traits: { name: 'Acme' } },
  { kind: 'identify', name: '$identify', user: 'u1', anonymous: 'a1', traits: { email: 'ada@example.com' } },
  { kind: 'page', name: '$page', user: 'u1', properties: { url: 'https://w.example/pricing' } },
  { kind: 'screen', name: '$screen', user: 'u1', properties: { name: 'Home' } },
  { kind: 'track', name: 'Exported', user: 'u1', account: 'g1', properties: { 'plan.name': 'Pro' } },
];
/** The same without what PostHog's client for servers does not say: screens, browsers, and a person beside a group. */
const posthogCalls = calls
  .filter(({ kind }) => kind !== 'screen')
  .map((call) =>
    Object.fromEntries(Object.entries(call).filter(([name]) => name !== 'anonymous' && (name !== 'user' || call.kind !== 'group'))),
  );

const clients: [string, object[], RegExp][] = [
  ['segment-node', calls, /^node-next-/],
  ['rudder-node', calls, /^[\da-f-]+$/],
  ['posthog-node', posthogCalls, /^[\da-f-]{36}$/],
];
describe.each(clients)('%s', (name, expected, messages) => {
  test('says all that it can say', async () => {
    await run(name);
    const arrivals = byKind(await ingest.kept());
    expect(arrivals).toMatchObject(expected);
    for (const arrival of arrivals) expect(arrival.message).toMatch(messages);
    expect(new Set(arrivals.map(({ message }) => message)).size).toBe(arrivals.length);
    expect(JSON.stringify(arrivals)).not.toContain(ingest.token);
    for (const arrival of arrivals) expect(secondsAgo(arrival)).toBeLessThan(90);
  });

  test('sends again what was not taken, under the same message ids', async () => {
    const { refused, restore } = refuseAppends(2);
    restored.push(restore);
    await run(name);
    const arrivals = byKind(await ingest.kept());
    expect(refused()).toBe(2);
    expect(arrivals.length).toBeGreaterThanOrEqual(expected.length);
    expect(new Set(arrivals.map(({ message }) => message)).size).toBe(expected.length);
  });

  test('is right about the time though its clock is a year ahead', async () => {
    await run(name, { NODE_OPTIONS: `--import ${join(process.cwd(), 'test/clients/wrong-clock.mjs')}` });
    const arrivals = await ingest.kept();
    expect(arrivals.map(({ clock }) => clock)).toEqual(arrivals.map(() => 'corrected'));
    for (const arrival of arrivals) expect(secondsAgo(arrival)).toBeLessThan(90);
  });
});

test('what a client sends is found in the event store, what it sends again is counted as a copy', async () => {
  const { application } = ingest.server;
  const append = application.spool.append;
  restored.push(() => void (application.spool.append = append));
  // The answer is lost on the way back, so the client sends again what was kept.
  let answersToLose = 1;
  application.spool.append = async (lines) => {
    await append(lines);
    if (answersToLose-- > 0) throw new Failure('unavailable', 'The line broke.', { retryAfterSeconds: 1 });
  };
  await run('segment-node');
  await settleNow(application);
  const ask = async (query: string) => {
    const query_params = { workspace: ingest.workspace };
    return (await application.events.client.query({ query, query_params, format: 'JSONEachRow' })).json();
  };
  expect(await ask(`SELECT name, properties['plan.name'] AS plan FROM event WHERE workspace = {workspace:UUID} ORDER BY name`)).toEqual(
    calls.map(({ name }) => ({ name, plan: name === 'Exported' ? 'Pro' : '' })).toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  );
  expect(await ask(`SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicate) AS duplicate FROM ${own('ingest')}`)).toEqual([
    { received: 12, stored: 6, duplicate: 6 },
  ]);
});

describe.skipIf(!existsSync(chromiumPath))('in a page of another site', () => {
  // PostHog's client keeps quiet in a browser that says that nobody looks at it.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-blink-features=AutomationControlled'];
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
  let site: Server;
  let browser: Browser;
  const scripts = new Map<string, string>();
  const bundle = async (name: string) => {
    const { outputFiles } = await build({
      entryPoints: [`test/clients/${name}.ts`],
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      logLevel: 'silent',
    });
    scripts.set(name, outputFiles[0]!.text);
  };
  beforeAll(async () => {
    await Promise.all([bundle('segment-page'), bundle('posthog-page')]);
    site = createServer((request, response) => {
      const name = new URL(request.url!, 'http://site').pathname.slice(1);
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html><title>Weftwork</title><h1>Weftwork</h1><script src="/${name}.js"></script>`);
    });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    browser = await chromium.launch({ executablePath: chromiumPath, args });
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** Opens a page with a client, and hands back what it asked of whom, and what it complained about. */
  const visit = async (name: string, more: object = {}) => {
    const context = await browser.newContext({ locale: 'de-DE', timezoneId: 'Europe/Berlin', userAgent });
    const page = await context.newPage();
    const complaints: string[] = [];
    const foreign: string[] = [];
    const own = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => complaints.push(error.message));
    await context.route('**', async (route) => {
      const url = route.request().url();
      if (url.startsWith(`${own}/`) && url.endsWith('.js'))
        return route.fulfill({ contentType: 'text/javascript', body: scripts.get(name) });
      if (url.startsWith(own) || url.startsWith(ingest.server.url)) return route.continue();
      foreign.push(url);
      return route.abort();
    });
    const settings = JSON.stringify({ host: ingest.server.url, writeKey: ingest.token, ...more });
    await page.addInitScript(`globalThis.landfall = ${settings}`);
    await page.goto(`${own}/${name}?utm_source=mail&utm_campaign=spring`);
    return { page, complaints, foreign, close: () => context.close() };
  };
  const waitFor = async (count: number) => {
    const arrivals: Arrival[] = [];
    await expect
      .poll(async () => arrivals.push(...(await ingest.kept())) && arrivals.length, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(count);
    return arrivals;
  };

  test.each([
    ['one by one', false],
    ['in batches', true],
  ])('Segment’s client sends %s, and nothing to anybody else', async (_, batching) => {
    const { page, complaints, foreign, close } = await visit('segment-page', { batching });
    await page.evaluate('run');
    const arrivals = byKind(await waitFor(6));
    const anonymous = arrivals.at(-1)!.anonymous;
    expect(anonymous).toMatch(/^[\da-f-]{36}$/);
    expect(arrivals).toMatchObject([
      { kind: 'alias', user: expect.any(String) },
      { kind: 'group', user: 'u1', account: 'g1', traits: { name: 'Acme' } },
      { kind: 'identify', user: 'u1', anonymous, traits: { email: 'ada@example.com' } },
      {
        kind: 'page',
        anonymous,
        properties: { name: 'Pricing', title: 'Weftwork', path: '/segment-page', utm_source: 'mail', utm_campaign: 'spring' },
      },
      { kind: 'screen', user: 'u1', properties: { name: 'Home' } },
      {
        kind: 'track',
        name: 'Exported',
        anonymous,
        properties: { 'plan.name': 'Pro', library: 'analytics.js', locale: 'de-DE', timezone: 'Europe/Berlin' },
      },
    ]);
    expect(arrivals.map(({ message }) => message)).toEqual(arrivals.map(() => expect.stringMatching(/^ajs-next-/)));
    expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
    await close();
  });

  test('Segment’s client sends again what was not taken', async () => {
    const { refused, restore } = refuseAppends(2);
    restored.push(restore);
    const { page, close } = await visit('segment-page', { batching: false });
    await page.evaluate('run');
    const arrivals = await waitFor(6);
    expect(refused()).toBe(2);
    expect(new Set(arrivals.map(({ message }) => message)).size).toBe(6);
    await close();
  });

  test('PostHog’s client sends, and nothing to anybody else', async () => {
    const { complaints, foreign, close } = await visit('posthog-page');
    const arrivals = byKind(await waitFor(5));
    const anonymous = arrivals.find(({ name }) => name === 'Exported')!.anonymous;
    expect(anonymous).toMatch(/^[\da-f-]{36}$/);
    expect(arrivals.map(({ message }) => message)).toEqual(arrivals.map(() => expect.stringMatching(/^[\da-f-]{36}$/)));
    expect(arrivals).toMatchObject([
      { kind: 'group', user: 'u1', account: 'g1', traits: { name: 'Acme' } },
      { kind: 'identify', user: 'u1', anonymous, traits: { email: 'ada@example.com' } },
      { kind: 'page', name: '$page', user: 'u1', properties: { path: '/posthog-page', utm_source: 'mail', timezone: 'Europe/Berlin' } },
      { kind: 'track', name: 'Exported', anonymous, properties: { 'plan.name': 'Pro', library: 'web' } },
      { kind: 'track', name: 'Shared', user: 'u1', account: 'g1' },
    ]);
    expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
    await close();
  });
});
