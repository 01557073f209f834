import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

const statusOf = (pid: string | number) => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
};

/** A server in a process of its own with an empty folder, or the one of LANDFALL_DATA, and a member who works in it. */
export const startBenchServer = async (environment: Record<string, string> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'start'], {
    env: { ...process.env, LANDFALL_DATA: join(folder, 'data'), LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const url = await new Promise<string>((resolve) => {
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      const found = /ready: (http:\S+)/.exec(said)?.[1];
      if (found) resolve(found.replace('localhost', '127.0.0.1'));
    });
  });
  let cookie = '';
  const call = async <Output>(method: string, path: string, input?: object): Promise<Output> => {
    const isStream = input instanceof Readable;
    const headers = { 'Content-Type': isStream ? 'application/octet-stream' : 'application/json', Cookie: cookie, Origin: url };
    const body = isStream ? input : input && JSON.stringify(input);
    const answer = await fetch(`${url}/api${path}`, { method, headers, body, ...(isStream && { duplex: 'half' }) } as RequestInit);
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Output;
  };
  const maya = { name: 'Maya', email: 'maya@weftwork.example', password: 'correct horse battery staple' };
  if (environment.LANDFALL_DATA) await call('POST', '/session', maya);
  else await call('POST', '/welcome', { ...maya, workspace: { name: 'Bench' } });
  const { token } = await call<{ token: string }>('POST', '/keys', { name: 'Bench', kind: 'write' });

  const isEngine = (pid: string) =>
    new RegExp(`^PPid:\\s${child.pid}$`, 'm').test(statusOf(pid)) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('chdb');
  const engine = readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && isEngine(pid))!;
  const processes = { server: child.pid!, engine: Number(engine) };
  /** The most memory that each has held, in megabytes. */
  const peaks = () =>
    Object.entries(processes)
      .map(([name, pid]) => `${name} ${Math.round(Number(/^VmHWM:\s+(\d+)/m.exec(statusOf(pid))?.[1] ?? 0) / 1024)} MB`)
      .join(', ');
  /** Seconds of the processors that each has taken. */
  const processorSeconds = () =>
    Object.values(processes).map((pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    }) as [server: number, engine: number];
  const metric = async (name: string) =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await (await fetch(`${url}/metrics`)).text())?.[1] ?? Number.NaN);
  const close = async () => {
    await new Promise((resolve) => child.once('exit', resolve) && child.kill('SIGTERM'));
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, url, token, call, peaks, processorSeconds, metric, close };
};
export type BenchServer = Awaited<ReturnType<typeof startBenchServer>>;
