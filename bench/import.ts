// Events of a file, from its first byte to the moment from which they are seen: npx tsx bench/import.ts [rows] [jsonl|parquet]
// The file is written first. Then the server, a process of its own, reads it, looks at its columns, makes the dry run, and commits.
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { startBenchServer } from './server.ts';

const rows = Number(process.argv[2] ?? 500_000);
const kind = process.argv[3] === 'parquet' ? 'parquet' : 'jsonl';
const lookMilliseconds = 500; // asking how far it is costs processor time, too
const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
const file = join(folder, `events.${kind}`);

// What a history export of a product looks like: 1 event in 20 people, 200 accounts, four properties.
const connection = await (await DuckDBInstance.create()).connect();
await connection.run(`COPY (SELECT 'track' AS type, uuid()::VARCHAR AS "messageId", 'u' || (hash(i) % greatest(1, ${rows} // 20)) AS "userId",
    ['Exported', 'Shared', 'Invited', 'Opened'][1 + (hash(i, 1) % 4)::INT] AS event,
    strftime(TIMESTAMP '2025-11-01' + to_seconds((i * 31536000) // ${rows}), '%Y-%m-%dT%H:%M:%S.000Z') AS timestamp,
    'g' || (hash(hash(i) % greatest(1, ${rows} // 20)) % 200) AS "groupId",
    ['Free', 'Team', 'Pro'][1 + (hash(i, 2) % 3)::INT] AS plan, (hash(i, 3) % 100)::INT AS rows, ['csv', 'pdf'][1 + (hash(i, 4) % 2)::INT] AS format, '/reports/' || (hash(i, 5) % 50) AS path
  FROM range(${rows}) AS t(i)) TO '${file}' (FORMAT ${kind === 'parquet' ? 'PARQUET' : 'JSON'})`);
connection.closeSync();

const server = await startBenchServer();
const { call } = server;
type Import = { id: string; state: string; progress: { phase?: string }; report: unknown; problem: unknown };

type Spent = { seconds: number; server: number; engine: number };
const spent = new Map<string, Spent>();
let phase = '';
let since = performance.now();
let used = server.processorSeconds();
const enter = (next: string) => {
  const [now, using] = [performance.now(), server.processorSeconds()];
  const { seconds: before, ...both } = spent.get(phase) ?? { seconds: 0, server: 0, engine: 0 };
  if (phase)
    spent.set(phase, {
      seconds: before + (now - since) / 1000,
      server: both.server + using[0] - used[0],
      engine: both.engine + using[1] - used[1],
    });
  [phase, since, used] = [next, now, using];
};
let isDone = false;
const watching = (async () => {
  while (!isDone) {
    const { imports } = await call<{ imports: Import[] }>('GET', '/imports');
    const at = imports[0] && (await call<Import>('GET', `/imports/${imports[0].id}`)).progress.phase;
    if (at && at !== phase && !['done'].includes(at)) enter(at);
    await pause(lookMilliseconds);
  }
})();
const startedAt = performance.now();
enter('reading');
let found = await call<Import>('POST', `/imports?fileName=events.${kind}`, createReadStream(file));
enter('checking');
const until = async (path: string) => {
  found = await call<Import>('POST', path, { waitSeconds: 60 });
  while (['checking', 'committing'].includes(found.state)) {
    await pause(lookMilliseconds);
    found = await call<Import>('GET', `/imports/${found.id}`);
  }
  if (found.problem) throw new Error(JSON.stringify(found.problem));
};
await until(`/imports/${found.id}/check`);
enter('writing');
await until(`/imports/${found.id}/commit`);
enter('');
isDone = true;
await watching;
const seconds = (performance.now() - startedAt) / 1000;
const megabytes = statSync(file).size / 1024 ** 2;
console.log(
  `${rows} events in ${kind} of ${megabytes.toFixed(0)} MB: ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} events/s; ${found.state}`,
);
const words = ([name, { seconds: took, server: own, engine }]: [string, Spent]) =>
  `${name} ${took.toFixed(1)} s (processors: server ${own.toFixed(1)} s, engine ${engine.toFixed(1)} s)`;
console.log([...spent].map(words).join('\n'));
console.log(`peak memory: ${server.peaks()}`);
console.log(JSON.stringify(found.report).slice(0, 300));
await server.close();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
