// A dashboard and the newest events while others come in: npx tsx bench/dashboard.ts FOLDER [seconds] [events in a second]
// FOLDER is one that bench/events/pages.ts has filled. The sender, the reader and the server share the machine.
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { at, openSender } from './sending.ts';
import { startBenchServer } from './server.ts';

const [folder, seconds = 60, perSecond = 2000] = [process.argv[2], ...process.argv.slice(3).map(Number)] as [string, number?, number?];
if (!folder) throw new Error('Say which folder is asked: npx tsx bench/dashboard.ts FOLDER');
const size = 20;
const server = await startBenchServer({ LANDFALL_DATA: folder });
const sender = openSender(server, size);
const { call } = server;

const year = { range: { kind: 'between', from: '2025-06-01', to: '2026-05-31' } };
const quarter = { range: { kind: 'between', from: '2026-03-03', to: '2026-05-31' } };
const named = (event: string | null) => ({ event, filters: [] });
const steps = (...names: string[]) => ({ steps: names.map(named), window: { count: 7, in: 'days' } });
const tiles: readonly [string, object][] = [
  ['/trends', { ...year, series: [{ ...named(null), measure: 'people' }] }],
  ['/trends', { ...year, series: [{ ...named(null), measure: 'accounts' }] }],
  [
    '/trends',
    { ...quarter, series: [{ ...named('Action 03'), measure: 'people' }], by: 'week', breakdown: { by: 'property', name: 'plan' } },
  ],
  ['/funnels', { ...quarter, ...steps('Action 05', 'Action 12', 'Action 20') }],
  ['/funnels', { ...quarter, ...steps('Action 05', 'Action 08', 'Action 12', 'Action 20', 'Action 30'), unit: 'accounts' }],
  ['/retentions', { range: { kind: 'between', from: '2026-03-09', to: '2026-05-31' }, by: 'week', periods: 11 }],
];
const timed = async (run: () => Promise<unknown>) => {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
};
type Watched = { tile: number[]; dashboard: number[] };
/** All tiles at once, as a browser asks them, then two seconds of looking at them. */
const look = async (isOver: () => boolean): Promise<Watched> => {
  const watched: Watched = { tile: [], dashboard: [] };
  while (!isOver()) {
    const took = await Promise.all(tiles.map(([path, input]) => timed(() => call('POST', path, input))));
    watched.tile.push(...took);
    watched.dashboard.push(Math.max(...took));
    await pause(2000);
  }
  return watched;
};
/** From the moment at which an event is acknowledged to the first answer that counts it. */
const probe = async (isOver: () => boolean): Promise<number[]> => {
  const [took, authorization] = [[] as number[], `Basic ${Buffer.from(`${server.token}:`).toString('base64')}`];
  const today = new Date().toISOString().slice(0, 10);
  const count = async (event: string) => {
    const asked = { range: { kind: 'between', from: today, to: today }, series: [{ ...named(event), measure: 'events' }] };
    return (await call<{ lines: { total: number }[] }>('POST', '/trends', asked)).lines[0]!.total;
  };
  const name = `Probe ${Date.now()}`;
  let before = await count(name);
  while (!isOver()) {
    await fetch(`${server.url}/v1/track`, {
      method: 'POST',
      headers: { Authorization: authorization, 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'track', event: name, userId: 'u1' }),
    });
    const acknowledgedAt = performance.now();
    for (let now = before; ; await pause(100)) {
      now = await count(name);
      if (now === before) continue;
      before = now;
      took.push(performance.now() - acknowledgedAt);
      break;
    }
    await pause(Math.random() * 1000);
  }
  return took;
};
const words = (milliseconds: number[]) =>
  `median ${at(milliseconds, 0.5).toFixed(0)} ms, p95 ${at(milliseconds, 0.95).toFixed(0)} ms, most ${at(milliseconds, 1).toFixed(0)} ms, n ${milliseconds.length}`;
const during = async (run: () => Promise<unknown>) => {
  let isOver = false;
  const both = Promise.all([look(() => isOver), probe(() => isOver)]);
  await run();
  isOver = true;
  return both;
};

console.log(`load before: ${loadavg()[0]!.toFixed(1)}`);
await Promise.all(tiles.map(([path, input]) => call('POST', path, input)));
const [alone] = await during(() => pause((seconds / 2) * 1000));
console.log(`nothing comes in: a tile ${words(alone.tile)}; all six ${words(alone.dashboard)}`);
let answers: Awaited<ReturnType<typeof sender.open>> | undefined;
const [busy, seen] = await during(async () => void (answers = await sender.open(perSecond / size, seconds, 500)));
const { statuses, milliseconds } = answers!;
console.log(
  `${perSecond} events/s in batches of ${size}: a tile ${words(busy.tile)}; all six ${words(busy.dashboard)}; seen after ${words(seen)}`,
);
console.log(`answers ${JSON.stringify(statuses)}; ${words(milliseconds)}; p99 ${at(milliseconds, 0.99).toFixed(0)} ms`);
console.log(`load ${loadavg()[0]!.toFixed(1)}; peak memory: ${server.peaks()}`);
await server.close();
process.exit(0);
