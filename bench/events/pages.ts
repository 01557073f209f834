// The answers of whole pages over many events, as the running program gives them: npx tsx bench/events/pages.ts --events 100000000 --folder FOLDER [--runs 5] [--only TEXT] [--out docs/performance-pages.md]
// A folder that is filled already is asked again. The first answer comes after a new start of the program, and with the files out of the memory of the system.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, writePage } from './measure.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    folder: { type: 'string' },
    out: { type: 'string' },
  },
});
if (!values.folder) throw new Error('Say where the data is to lie: --folder FOLDER');
const { folder } = values;
const say = (line: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

const launched = '/launches/feature-b';
const maya = { name: 'Maya', email: 'maya@weftwork.example', password: 'correct horse battery staple' };
type Server = { url: string; call: <Output>(path: string, input?: object) => Promise<Output>; stop: () => Promise<void> };

const ended = (child: ChildProcess) => new Promise<void>((resolve) => void child.once('exit', () => resolve()));
const start = async (): Promise<Server> => {
  const env = { ...process.env, LANDFALL_DATA: folder, LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'start'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve) => {
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      const found = /ready: (http:\S+)/.exec((said += text.toString()))?.[1];
      if (found) resolve(found.replace('localhost', '127.0.0.1'));
    });
  });
  let cookie = '';
  const call = async <Output>(path: string, input?: object): Promise<Output> => {
    const headers = { 'Content-Type': 'application/json', Cookie: cookie, Origin: url };
    const method = path === launched ? 'PATCH' : 'POST';
    const answer = await fetch(`${url}/api${path}`, { method: input ? method : 'GET', headers, body: input && JSON.stringify(input) });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const body = (await answer.json()) as Output;
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(body).slice(0, 500)}`);
    return body;
  };
  const stop = async () => {
    const end = ended(child);
    child.kill('SIGTERM');
    await end;
  };
  return { url, call, stop };
};

const noted = join(folder, 'filled.json');
/** A workspace with its launch, then its events: settled as all are, straight into the store while the program rests. */
const fill = async (): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  const server = await start();
  const workspace = { name: 'Bench', timeZone: 'UTC' };
  await server.call('/welcome', { ...maya, workspace });
  const { workspaces } = await server.call<{ workspaces: { id: string }[] }>('/workspaces');
  const [{ id } = { id: '' }] = workspaces;
  // The world takes the workspace that it is of from here when it is read.
  process.env.LANDFALL_BENCH_WORKSPACE = id;
  const { launchedAt, measuredFeature, workspaces: known } = await import('./world.ts');
  if (known[0] !== id) throw new Error('The events would go to another workspace than the one that is asked.');
  const feature = await server.call<{ id: string }>('/features', {
    name: measuredFeature,
    product: 'Bench',
    rule: { eventName: measuredFeature },
  });
  await server.call('/launches', {
    name: measuredFeature,
    tier: 1,
    stage: 'ga',
    marketDate: launchedAt.slice(0, 10),
    featureId: feature.id,
    eligibility: {},
    goal: { unit: 'account', target: 0.4, horizonDays: 90 },
  });
  await server.stop();
  const [{ fillOurs }, { openStore, rest }, { worldOf }] = [
    await import('./fill.ts'),
    await import('./store.ts'),
    await import('./world.ts'),
  ];
  const store = await openStore(folder);
  const filled = await fillOurs(store, worldOf(Number(values.events)), say);
  await rest(store, 600);
  const { rows } = await store.ask('SELECT count() AS stored FROM event');
  await store.events.close();
  writeFileSync(noted, JSON.stringify({ ...filled, byStatement: [...filled.byStatement], stored: Number(rows[0]!.stored) }));
};

const between = (from: string, to: string) => ({ range: { kind: 'between', from, to } });
const year = between('2025-06-01', '2026-05-31');
const quarter = between('2026-03-03', '2026-05-31');
const step = (event: string | null) => ({ event, filters: [] });
const line = (event: string | null, measure: string) => ({ series: [{ ...step(event), measure }] });
const steps = (...names: string[]) => ({ steps: names.map(step), window: { count: 7, in: 'days' } });

/** What a page asks, with where. */
const pages: readonly [string, string, object | undefined][] = [
  ['Trend: people a day, a year', '/trends', { ...year, ...line(null, 'people') }],
  ['Trend: accounts a day, a year', '/trends', { ...year, ...line(null, 'accounts') }],
  [
    'Trend: people of one event a week, 90 days, by plan',
    '/trends',
    { ...quarter, ...line('Action 03', 'people'), by: 'week', breakdown: { by: 'property', name: 'plan' } },
  ],
  ['Trend: stickiness over 28 days, 90 days', '/trends', { ...quarter, ...line(null, 'stickiness_28') }],
  ['Funnel: 3 steps in 7 days, 90 days', '/funnels', { ...quarter, ...steps('Action 05', 'Action 12', 'Action 20') }],
  ['Funnel: 3 steps in 7 days, a year', '/funnels', { ...year, ...steps('Action 05', 'Action 12', 'Action 20') }],
  [
    'Funnel: 5 steps in 7 days, 90 days, accounts',
    '/funnels',
    { ...quarter, ...steps('Action 05', 'Action 08', 'Action 12', 'Action 20', 'Action 30'), unit: 'accounts' },
  ],
  [
    'Retention: 12 weeks, first seen over all time, people',
    '/retentions',
    { ...between('2026-03-09', '2026-05-31'), by: 'week', periods: 11 },
  ],
  ['Retention: 12 weeks, accounts', '/retentions', { ...between('2026-03-09', '2026-05-31'), by: 'week', periods: 11, unit: 'accounts' }],
  ['Adoption of a launch: curves, marks, time, depth, breadth, groups', '/adoptions', { launch: 'feature-b' }],
  ['Paths: after one event, 30 days', '/paths', { ...between('2026-05-02', '2026-05-31'), from: step('Subscribed') }],
  ['Landing report, made anew', `${launched}/landing-report`, undefined],
];

if (!existsSync(noted)) await fill();
const filled = JSON.parse(readFileSync(noted, 'utf8')) as { seconds: number; received: number; stored: number };
const forget = () => {
  execFileSync('sync');
  if (process.getuid?.() === 0) writeFileSync('/proc/sys/vm/drop_caches', '3');
};
const measured: { name: string; cold: number; warm: number }[] = [];
for (const [name, path, input] of pages.filter(([page]) => page.includes(values.only))) {
  forget();
  const server = await start();
  await server.call('/session', maya);
  const ask = async (): Promise<number> => {
    // A report that is made is kept; a launch that was changed wants a new one.
    if (!input) await server.call(launched, { version: (await server.call<{ version: number }>(launched)).version, brief: randomUUID() });
    const startedAt = performance.now();
    await server.call(path, input);
    return performance.now() - startedAt;
  };
  try {
    const cold = await ask();
    const warm: number[] = [];
    while (warm.length < Number(values.runs)) warm.push(await ask());
    measured.push({ name, cold, warm: median(warm) });
    say(`${name}: first ${cold.toFixed(0)} ms, then ${median(warm).toFixed(0)} ms`);
  } catch (error) {
    say(`${name}: FAILED ${(error as Error).message}`);
  }
  await server.stop();
}
const number = (value: number) => Math.round(value).toLocaleString('en');
const table = measured.map(({ name, cold, warm }) => `| ${name} | ${number(cold)} | ${number(warm)} |`).join('\n');
const text = `# How long pages take

Made by \`npx tsx bench/events/pages.ts --events ${values.events} --folder FOLDER --out docs/performance-pages.md\`: the answers of whole pages (all their statements, intervals
included), asked of the running program over HTTP on loopback, in a workspace with ${number(filled.stored)} stored events (${number(filled.received)} received, settled at
${number(filled.received / filled.seconds)} events a second, sums and memory of messages included). "First" is the first answer of a program that has just started, with the
files out of the memory of the system; "then" the median of ${values.runs} more. A landing report that nothing has changed for is kept; here the launch is changed before each.

| page | first, ms | then, ms |
| --- | ---: | ---: |
${table}
`;
process.stdout.write(text);
if (values.out) writePage(values.out, text);
