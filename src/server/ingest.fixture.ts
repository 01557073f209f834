import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openApplication } from '../platform/application.ts';
import { readConfig } from '../platform/config.ts';
import type { Arrival } from '../collect/events/schema.ts';
import { makeApp } from './app.ts';
import { makeLocalAccess } from './callers.ts';
import { makeHealth } from './health.ts';
import { createGate } from './ingest-gate.ts';
import { openQueue } from './ingest-queue.ts';
import { listen as listenOn } from './listen.ts';

const maya = { name: 'Maya Lindqvist', email: 'maya@weftwork.example', password: 'correct horse battery staple' };

type Patience = { targetMilliseconds?: number; intervalMilliseconds?: number };

/** What answers, without what goes on beside it: nothing takes the events out of the spool. */
const listen = async (folder: string, environment: Record<string, string>, patience: Patience) => {
  const application = await openApplication(
    readConfig({ LANDFALL_DATA: folder, LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'silent', ...environment }),
  );
  const state = { isDraining: false, spoolDelay: 0 };
  const isDraining = () => state.isDraining;
  const health = makeHealth(application, isDraining);
  const queue = openQueue({ spoolDelay: () => Math.max(application.spool.delay(), state.spoolDelay), ...patience });
  const { fetch } = makeApp({ application, local: makeLocalAccess(), webFolder: join(folder, 'web'), isDraining, health, queue });
  const { server, port } = await listenOn({ fetch, createServer: createGate(queue, health.shed), port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${port}`;
  const close = async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    await application.close();
  };
  return { application, state, url, close };
};

/** A server with a workspace, and ways to send events to it and to read back what it keeps of them. */
export const startIngest = async (environment: Record<string, string> = {}, patience: Patience = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-ingest-'));
  const server = await listen(folder, environment, patience);
  const call = (path: string, options: RequestInit = {}) => fetch(`${server.url}${path}`, { redirect: 'manual', ...options });
  let cookie = '';
  const operate = async <Output>(method: string, path: string, input: object, workspace = ''): Promise<Output> => {
    const headers = { 'Content-Type': 'application/json', Cookie: cookie, Origin: server.url, 'X-Landfall-Workspace': workspace };
    const answer = await call(`/api${path}`, { method, headers, body: JSON.stringify(input) });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    expect(answer.status, await answer.clone().text()).toBe(200);
    return (await answer.json()) as Output;
  };
  const { workspace } = await operate<{ workspace: string }>('POST', '/welcome', { ...maya, workspace: { name: 'Weftwork' } });
  const makeKey = async (into = workspace) => {
    const made = await operate<{ token: string; key: { id: string } }>('POST', '/keys', { name: 'Web page', kind: 'write' }, into);
    return { token: made.token, id: made.key.id };
  };
  const { token, id } = await makeKey();

  /** What was kept since the last time, in order. */
  const kept = async (): Promise<Arrival[]> => {
    const segments = await server.application.spool.sealed(0);
    const lines = segments.flatMap(({ path }) => readFileSync(path, 'utf8').trimEnd().split('\n'));
    for (const { chunk } of segments) await server.application.spool.remove(chunk);
    return lines.map((line) => JSON.parse(line) as Arrival);
  };
  const post = (path: string, body: string | Buffer | object, headers: Record<string, string> = {}) =>
    call(path, {
      method: 'POST',
      body: typeof body === 'string' || Buffer.isBuffer(body) ? (body as BodyInit) : JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', Authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}`, ...headers },
    });
  return {
    server,
    folder,
    workspace,
    token,
    key: id,
    call,
    operate,
    makeKey,
    kept,
    post,
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export type Ingest = Awaited<ReturnType<typeof startIngest>>;
