import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';

/** The program as one file, as it is shipped, so that a start takes as long as it does for others. */
export const buildProgram = async () => {
  mkdirSync('node_modules/.cache', { recursive: true });
  const outdir = mkdtempSync('node_modules/.cache/landfall-faults-');
  await build({
    entryPoints: { landfall: 'src/cli/main.ts' },
    outdir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    splitting: true,
    packages: 'external',
    jsx: 'automatic',
    logLevel: 'silent',
    loader: { '.css': 'text' },
  });
  for (const worker of ['records/pglite-worker.mjs', 'events/chdb-child.mjs'])
    copyFileSync(join('src/platform', worker), join(outdir, worker.split('/')[1]!));
  cpSync('migrations', join(outdir, 'migrations'), { recursive: true });
  return { file: join(outdir, 'landfall.js'), remove: () => rmSync(outdir, { recursive: true, force: true }) };
};

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const parentOf = (pid: string): number => {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
};
const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};

/** The process of the in-process ClickHouse of a server. */
export const engineOf = (server: number): number | undefined => {
  const found = readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && parentOf(pid) === server && commandOf(pid).includes('chdb-child'));
  return found ? Number(found) : undefined;
};

export const signal = (pid: number | undefined, name: NodeJS.Signals) => {
  try {
    if (pid) process.kill(pid, name);
  } catch {
    // it ended by itself
  }
};

/** Kills a server that is starting, by the process that holds the data folder; answers whether one did. */
export const killStarting = (data: string): boolean => {
  const pid = Number(readFileSync(join(data, 'lock'), 'utf8'));
  if (!pid || parentOf(String(pid)) !== process.pid) return false;
  signal(pid, 'SIGKILL');
  return true;
};

export type Running = Awaited<ReturnType<typeof startProgram>>;

/** A server in a process of its own, until it says that it is ready. */
export const startProgram = async (file: string, environment: Record<string, string>) => {
  const child: ChildProcess = spawn(process.execPath, [file, 'start'], {
    env: { ...process.env, LANDFALL_LOG_LEVEL: 'silent', LANDFALL_POSTGRES_URL: '', LANDFALL_CLICKHOUSE_URL: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const state = { output: '', code: undefined as number | null | undefined };
  child.stdout!.on('data', (text: Buffer) => (state.output += text.toString()));
  child.stderr!.on('data', (text: Buffer) => (state.output += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve((state.code = code))));
  for (const until = Date.now() + 180_000; !state.output.includes('ready: '); await pause(20))
    if (state.code !== undefined || Date.now() > until) throw new Error(`The server did not start (${state.code}). ${state.output}`);
  const url = `http://127.0.0.1:${environment.LANDFALL_PORT}`;
  return {
    pid: child.pid!,
    url,
    ended,
    isRunning: () => state.code === undefined,
    output: () => state.output,
    signal: (name: NodeJS.Signals) => signal(child.pid, name),
    engine: () => engineOf(child.pid!),
  };
};

const maya = { name: 'Maya Lindqvist', email: 'maya@weftwork.example', password: 'correct horse battery staple' };

/** Somebody who works in the server through its API. */
export const openMember = async (url: string) => {
  let cookie = '';
  const call = async <Output>(method: string, path: string, input: object, workspace = ''): Promise<Output> => {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', Cookie: cookie, Origin: url, 'X-Landfall-Workspace': workspace },
      ...(method !== 'GET' && { body: JSON.stringify(input) }),
    });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Output;
  };
  const { workspace } = await call<{ workspace: string }>('POST', '/welcome', { ...maya, workspace: { name: 'Weftwork' } });
  const makeKey = async (into = workspace) => {
    const made = await call<{ token: string; key: { id: string } }>('POST', '/keys', { name: 'Server', kind: 'write' }, into);
    return { token: made.token, id: made.key.id, workspace: into };
  };
  const makeWorkspace = async (name: string) => (await call<{ id: string }>('POST', '/workspaces', { name })).id;
  return { workspace, call, makeKey, makeWorkspace };
};

export const authorization = (token: string) => `Basic ${Buffer.from(`${token}:`).toString('base64')}`;

/** Waits until all that was acknowledged is in the store, for as long as it gets less; how it fares is read as a machine reads it. */
export const untilDrained = async (url: string, patienceMilliseconds = 60_000): Promise<void> => {
  let [last, since] = ['', Date.now()];
  for (; ; await pause(200)) {
    const text = await fetch(`${url}/metrics`).then(
      (answer) => answer.text(),
      () => '',
    );
    const bytes = /^landfall_spool_bytes (\d+)$/m.exec(text)?.[1] ?? 'no answer';
    if (bytes === '0') return;
    if (bytes !== last) [last, since] = [bytes, Date.now()];
    if (Date.now() - since > patienceMilliseconds)
      throw new Error(`The spool was not emptied: ${bytes} bytes. ${/^landfall_spool_oldest.*$/m.exec(text)?.[0]}`);
  }
};
