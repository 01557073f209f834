// Questions about events, asked of Landfall, of tables and queries shaped like the peers', and of DuckDB, in one run on the same events:
// npx tsx bench/events/main.ts --events 10000000 [--runs 5] [--only funnel_3,paths] [--without duckdb,rybbit] [--folder FOLDER] [--out docs/performance.md]
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fillOurs } from './fill.ts';
import { type Asking, type Figure, measure, textOf, writePage } from './measure.ts';
import { ours } from './ours.ts';
import { duckdbQueries, openDuckdb } from './peers/duckdb.ts';
import { openpanel } from './peers/openpanel.ts';
import { plausible } from './peers/plausible.ts';
import { posthog } from './peers/posthog.ts';
import { rybbit } from './peers/rybbit.ts';
import { umami } from './peers/umami.ts';
import { fillPlain, plainTable } from './plain.ts';
import { questions } from './questions.ts';
import { page, report } from './report.ts';
import { oursOnDisk, peersOnDisk } from './storage.ts';
import { openStore, rest } from './store.ts';
import { worldOf } from './world.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '5' },
    chunk: { type: 'string', default: '1000000' },
    only: { type: 'string' },
    without: { type: 'string', default: '' },
    folder: { type: 'string', default: join(tmpdir(), `landfall-bench-${process.pid}`) },
    out: { type: 'string' },
  },
});
const say = (line: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
const world = worldOf(Number(values.events), Number(values.chunk));
const without = values.without.split(',');
const peers = [posthog, openpanel, plausible, rybbit, umami].filter(({ name }) => !without.includes(name.toLowerCase()));
const asked = questions.filter(({ key }) => !values.only || values.only.split(',').includes(key));

mkdirSync(values.folder, { recursive: true });
const store = await openStore(values.folder);
let wrong = 0;
try {
  const filled = await fillOurs(store, world, say);
  const settledMegabytes = store.peakMegabytes();
  say(
    `settled ${filled.received} events in ${filled.seconds.toFixed(1)} s; who is who ${filled.identitySeconds.toFixed(1)} s, erasure ${filled.eraseSeconds.toFixed(1)} s`,
  );
  await store.command(plainTable);
  for (const statement of fillPlain(world)) await store.command(statement);
  const [{ n: stored } = { n: 0 }] = (await store.ask('SELECT count() AS n FROM plain WHERE ws = 1')).rows;
  for (const { name, tables, fill } of peers) {
    const startedAt = performance.now();
    for (const statement of [...tables, ...fill]) await store.command(statement);
    say(`${name}: filled in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
  const parquet = join(values.folder, 'events.parquet');
  await store.command(`INSERT INTO FUNCTION file('${parquet}', 'Parquet') SELECT * FROM plain`);
  const duckFile = join(values.folder, 'events.duckdb');
  const duckdb = without.includes('duckdb') ? undefined : await openDuckdb(parquet, duckFile);
  await rest(store, 120);

  const results = new Map<string, Map<string, Figure>>();
  for (const { key, title, plain } of asked) {
    const truth = (await store.ask(plain)).rows;
    const askings: Asking[] = [{ who: 'Landfall', ask: () => store.askOurs({ sql: ours[key]! }) }];
    for (const { name, queries } of peers) if (queries[key]) askings.push({ who: name, ask: () => store.ask(queries[key]!) });
    if (duckdb)
      askings.push({
        who: 'DuckDB',
        ask: async () => {
          const startedAt = performance.now();
          const rows = await duckdb.ask(duckdbQueries[key]!);
          return { rows, milliseconds: performance.now() - startedAt, readRows: 0, readBytes: 0 };
        },
      });
    const figures = await measure(askings, textOf(truth), Number(values.runs));
    results.set(key, figures);
    for (const [who, { equal }] of figures) {
      const may = peers.find(({ name }) => name === who)?.otherwise?.[key];
      if (equal || may) continue;
      wrong++;
      say(`NOT EQUAL: ${key}, ${who}`);
      const answer = await askings.find((one) => one.who === who)!.ask();
      say(`  plain ${textOf(truth).slice(0, 300)}\n  ${who} ${textOf(answer.rows).slice(0, 300)}`);
    }
    say(`${title}: ${[...figures].map(([who, { milliseconds }]) => `${who} ${milliseconds.toFixed(0)}`).join(', ')}`);
  }
  const disk = { ours: await oursOnDisk(store), peers: await peersOnDisk(store), duckdb: duckdb ? statSync(duckFile).size : 0 };
  const text = report({ world, stored: Number(stored), filled, settledMegabytes, results, disk, peers });
  process.stdout.write(text);
  if (values.out) writePage(values.out, page(world, text));
  duckdb?.close();
} finally {
  await store.close();
  rmSync(values.folder, { recursive: true, force: true });
}
process.exitCode = wrong > 0 ? 1 : 0;
