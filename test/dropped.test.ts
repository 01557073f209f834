import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../src/methods/numeric/random.ts';
import { readConfig } from '../src/platform/config.ts';
import { type RunningServer, startServer } from '../src/server/main.ts';

// A connection that is torn down in the middle of a long computation, over a socket of its own, as when a laptop is closed.
let server: RunningServer;
let cookie = '';
const folder = mkdtempSync(join(tmpdir(), 'landfall-dropped-'));

const stamp = { import: '00000000-0000-0000-0000-000000000000', version: 1 };
const places = Array.from({ length: 60 }, (_, place) => `Place ${place}`);
const months = Array.from(
  { length: 120 },
  (_, month) => `${2015 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`,
);

/** So much that each question takes many seconds when it is let go on. */
const plant = async () => {
  const { id } = (await (await fetch(`${server.url}/api/workspace`, { headers: { Cookie: cookie } })).json()) as { id: string };
  const events = server.application.events.of(id, async () => []);
  const random = seededRandom(7);
  const level = (place: number, month: number) => 100 + place + 9 * Math.sin(month / 3 + place / 9) + 4 * random();
  const figures = ['sign-ups', 'income', 'price', 'staff'].flatMap((metric) =>
    places.flatMap((subject, place) =>
      months.map((day, month) => ({
        ...stamp,
        id: `${metric} ${subject} ${day}`,
        metric,
        subject,
        at: `${day} 00:00:00.000`,
        value: level(place, month),
      })),
    ),
  );
  await events.insert('measurement', figures);
  const channel = () => `channel ${Math.floor(20 * random())}`;
  const journeys = Array.from({ length: 20_000 }, (_, index) => ({
    ...stamp,
    id: `journey ${index}`,
    subject: 'weeks',
    path: Array.from({ length: 3 + Math.floor(9 * random()) }, channel).join(' > '),
    conversions: 1 + Math.floor(3 * random()),
    value: 0,
    nulls: Math.floor(9 * random()),
  }));
  await events.insert('journey', journeys);
};

beforeAll(async () => {
  server = await startServer(
    readConfig({ LANDFALL_DATA: folder, LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'silent', LANDFALL_METRICS: 'local' }),
  );
  const welcome = await fetch(`${server.url}/api/welcome`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      workspace: { name: 'Weftwork' },
      name: 'Maya Lindqvist',
      email: 'maya@weftwork.example',
      password: 'correct horse battery staple',
    }),
  });
  cookie = welcome.headers.get('set-cookie')?.split(';')[0] ?? '';
  await plant();
}, 120_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const metrics = async () => {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const of = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return { underWay: of('landfall_long_work_under_way'), stopped: of('landfall_long_work_stopped_total') };
};

const ask = (path: string, body: object) => {
  const { hostname, port } = new URL(server.url);
  const asked = request({
    hostname,
    port,
    path,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: cookie, Origin: server.url, 'Sec-Fetch-Site': 'same-origin' },
  });
  const seen = { answered: false };
  asked.on('response', () => (seen.answered = true));
  asked.on('error', () => {});
  asked.end(JSON.stringify(body));
  return { seen, hangUp: () => asked.destroy() };
};

const over = (metric: string) => ({ metric, from: '2015-01-01', to: '2021-12-31' });
const lift = {
  unit: 'subject',
  outcome: { kind: 'measured', metric: 'sign-ups' },
  design: { kind: 'synthetic', subject: 'Place 5', on: '2022-01-01', predictors: ['income', 'price', 'staff'].map(over) },
};
const credits = { source: 'journeys', model: 'markov', order: 2, range: { kind: 'last', days: 365 } };

test.each([
  ['a lift', '/api/lifts', lift],
  ['attribution', '/api/credits', credits],
] as const)(
  '%s whose connection is dropped ends, and others are served before and after',
  async (_name, path, body) => {
    const before = await metrics();
    expect(before.underWay).toBe(0);
    const { seen, hangUp } = ask(path, body);
    await expect.poll(async () => (await metrics()).underWay, { timeout: 60_000, interval: 20 }).toBe(1);
    await pause(50);
    expect(await (await fetch(`${server.url}/livez`)).text()).toBe('ok');
    expect(seen.answered).toBe(false);
    hangUp();
    await expect.poll(metrics, { timeout: 30_000, interval: 20 }).toEqual({ underWay: 0, stopped: before.stopped + 1 });
    expect(seen.answered).toBe(false);
  },
  120_000,
);
