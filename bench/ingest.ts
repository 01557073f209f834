// Events acknowledged in a second, each on disk before it is: npx tsx bench/ingest.ts [seconds] [callers] [events in a batch]
// The server and the sender are processes of their own; the event store takes the events out of the spool meanwhile.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [seconds, callers, size] = [process.argv[2] ?? 10, process.argv[3] ?? 20, process.argv[4] ?? 50].map(Number) as [
  number,
  number,
  number,
];
const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'start'], {
  env: {
    ...process.env,
    LANDFALL_DATA: folder,
    LANDFALL_PORT: '0',
    LANDFALL_LOG_LEVEL: 'error',
    LANDFALL_INGEST_REQUESTS_PER_SECOND: '1000000',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const url = await new Promise<string>((resolve) => {
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
    const found = /ready: (http:\S+)/.exec(said)?.[1];
    if (found) resolve(found.replace('localhost', '127.0.0.1'));
  });
});

let cookie = '';
const operate = async <Output>(path: string, input: object): Promise<Output> => {
  const headers = { 'Content-Type': 'application/json', Cookie: cookie, Origin: url };
  const answer = await fetch(`${url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(input) });
  cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
  return (await answer.json()) as Output;
};
const maya = { name: 'Maya', email: 'maya@weftwork.example', password: 'correct horse battery staple' };
await operate('/welcome', { ...maya, workspace: { name: 'Bench' } });
const { token } = await operate<{ token: string }>('/keys', { name: 'Bench', kind: 'write' });

let sent = 0;
// As @segment/analytics-node sends them: about 550 bytes each.
const event = () => ({
  type: 'track',
  event: ['Exported', 'Shared', 'Invited'][sent % 3],
  messageId: `node-next-${randomUUID()}`,
  userId: `u${sent++ % 5000}`,
  timestamp: new Date().toISOString(),
  properties: { plan: 'Pro', rows: sent % 100, format: 'csv', path: '/reports/weekly', duration: 12.5, workspace: 'acme' },
  context: { library: { name: '@segment/analytics-node', version: '3.1.0' }, groupId: `g${sent % 300}` },
  integrations: {},
  _metadata: { nodeVersion: '20.20.0', jsRuntime: 'node' },
});
const agent = new Agent({ keepAlive: true, maxSockets: callers });
const headers = { Authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}`, 'Content-Type': 'application/json' };
const post = (body: string) =>
  new Promise<number>((resolve, reject) => {
    const asked = request(
      `${url}/v1/batch`,
      { method: 'POST', agent, headers: { ...headers, 'Content-Length': Buffer.byteLength(body) } },
      (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    asked.once('error', reject).end(body);
  });

const milliseconds: number[] = [];
let refused = 0;
const until = performance.now() + seconds * 1000;
const call = async () => {
  while (performance.now() < until) {
    const body = JSON.stringify({ batch: Array.from({ length: size }, event), sentAt: new Date().toISOString() });
    const startedAt = performance.now();
    const status = await post(body);
    milliseconds.push(performance.now() - startedAt);
    if (status !== 200) refused++;
  }
};
await Promise.all(Array.from({ length: callers }, call));
milliseconds.sort((one, other) => one - other);
const at = (share: number) => milliseconds[Math.floor(milliseconds.length * share)]!.toFixed(1);
const acknowledged = (milliseconds.length - refused) * size;
console.log(
  `${Math.round(acknowledged / seconds)} events/s acknowledged, ${callers} callers, batches of ${size}, ${seconds} s; ${refused} requests refused`,
);
console.log(`answer: median ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, n ${milliseconds.length}`);
const metrics = await (await fetch(`${url}/metrics`)).text();
console.log(
  metrics
    .split('\n')
    .filter((line) => /^(landfall_ingest|landfall_spool|process_resident)/.test(line))
    .join('\n'),
);
await new Promise((resolve) => child.once('exit', resolve) && child.kill('SIGTERM'));
rmSync(folder, { recursive: true, force: true });
process.exit(0);
