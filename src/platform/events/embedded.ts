import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, mkdirSync, mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export type EmbeddedEvents = { socket: string; processId: () => number | undefined; close: () => Promise<void> };

const pingMilliseconds = 2000;
const patienceMilliseconds = 10_000;
const lockMilliseconds = 30_000;
const retryMilliseconds = 300;

const ping = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const call = request({ socketPath: socket, path: '/ping', timeout: patienceMilliseconds }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(false));
    call.end();
  });

const startChild = (folder: string, socket: string): Promise<ChildProcess> =>
  new Promise((resolve, reject) => {
    rmSync(socket, { force: true });
    const program = fileURLToPath(new URL('./chdb-child.mjs', import.meta.url));
    const child = spawn(process.execPath, [program, folder, socket], {
      stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
    });
    let complaint = '';
    child.stderr?.on('data', (text: Buffer) => (complaint = (complaint + text.toString()).slice(-2000)));
    child.once('message', () => resolve(child));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The in-process ClickHouse ended at start (code ${code}). ${complaint}`)));
  });

/**
 * The engine of a server that was killed takes a moment to end, and holds the files until then; it is waited for. That no other server
 * lives in the folder is said by the folder's own lock.
 */
const startFirst = async (folder: string, socket: string): Promise<ChildProcess> => {
  for (const until = Date.now() + lockMilliseconds; ;) {
    try {
      return await startChild(folder, socket);
    } catch (error) {
      if (!String(error).includes('Cannot lock file') || Date.now() > until) throw error;
      await pause(retryMilliseconds);
    }
  }
};

/** Starts the engine and keeps it alive: a crash or a hang (its crash handler may hang) ends in SIGKILL and a new start. */
export const startEmbedded = async (dataFolder: string): Promise<EmbeddedEvents> => {
  const folder = join(dataFolder, 'events');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const runtime = mkdtempSync(join(tmpdir(), 'landfall-'));
  const socket = join(runtime, 'events.sock');
  let closing = false;
  let child = await startFirst(folder, socket);
  const watch = () => child.once('exit', () => !closing && void restart());
  const restart = async (): Promise<void> => {
    try {
      child = await startChild(folder, socket);
      watch();
    } catch {
      if (!closing) setTimeout(() => void restart(), 1000).unref();
    }
  };
  watch();
  let asking = false;
  let missed = 0;
  const timer = setInterval(async () => {
    if (asking) return;
    asking = true;
    const asked = child;
    // One missed answer may be our own: a busy machine holds up this process too. Two in a row are the engine's.
    missed = (await ping(socket)) || asked !== child ? 0 : missed + 1;
    if (missed >= 2 && !closing) child.kill('SIGKILL');
    asking = false;
  }, pingMilliseconds);
  timer.unref();
  return {
    socket,
    processId: () => child.pid,
    close: async () => {
      closing = true;
      clearInterval(timer);
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await ended;
      }
      rmSync(runtime, { recursive: true, force: true, maxRetries: 3 });
    },
  };
};
