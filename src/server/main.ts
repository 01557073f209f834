import { rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { openApplication, type RunningApplication } from '../platform/application.ts';
import { keepBackups } from '../platform/backup/automatic.ts';
import type { Config } from '../platform/config.ts';
import { Failure } from '../platform/failure.ts';
import { endLive, eraseAgain, keepCountingClicks, keepCountingLooks, keepSettling } from '../catalogue.ts';
import { makeApp } from './app.ts';
import { makeLocalAccess } from './callers.ts';
import { makeHealth } from './health.ts';
import { keepDoingChores } from './chores.ts';
import { createGate } from './ingest-gate.ts';
import { openQueue } from './ingest-queue.ts';
import { listen } from './listen.ts';
import { keepErasing, resumeWork } from './resume.ts';

export type RunningServer = { url: string; application: RunningApplication; close: () => Promise<void> };

const drainMilliseconds = 6000;

/** Stops taking calls, lets those under way finish for a while, then ends what is left. */
const drain = async (server: Server) => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that is kept open becomes idle when its call is answered.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const last = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
  await closed;
  clearInterval(idle);
  clearTimeout(last);
};

/** Opens the stores and listens; resolves when the first call would be answered. `now` is the clock that it goes by. */
export const startServer = async (config: Config, now?: () => Date): Promise<RunningServer> => {
  const application = await openApplication(config, { now });
  const local = makeLocalAccess();
  let draining = false;
  const webFolder = fileURLToPath(new URL(import.meta.url.includes('/dist/') ? './web' : '../../dist/web', import.meta.url));
  const isDraining = () => draining;
  const health = makeHealth(application, isDraining);
  const queue = openQueue({ spoolDelay: application.spool.delay });
  const { fetch } = makeApp({ application, local, webFolder, isDraining, health, queue });
  const createServer = createGate(queue, health.shed);
  // Before anybody is answered: stores that were restored may hold people who were erased since.
  const { server, port } = await eraseAgain(application)
    .then(() => listen({ fetch, createServer, port: config.LANDFALL_PORT, host: config.LANDFALL_HOST }))
    .catch(async (error: unknown) => {
      await application.close();
      throw error;
    });
  keepSettling(application, { onSettled: health.settled });
  keepCountingLooks(application);
  keepCountingClicks(application);
  keepBackups(application);
  resumeWork(application);
  keepErasing(application);
  keepDoingChores(application);
  const isEverywhere = ['127.0.0.1', '0.0.0.0', '::'].includes(config.LANDFALL_HOST);
  const url = `http://${isEverywhere ? 'localhost' : config.LANDFALL_HOST}:${port}`;
  const note = join(config.LANDFALL_DATA, 'server.json');
  writeFileSync(note, JSON.stringify({ pid: process.pid, url: isEverywhere ? `http://127.0.0.1:${port}` : url, secret: local.secret }), {
    mode: 0o600,
  });
  return {
    url,
    application,
    close: async () => {
      draining = true;
      application.stopTasks();
      rmSync(note, { force: true });
      endLive(application);
      await drain(server);
      await application.close();
    },
  };
};

/** Until the first visit, whoever comes becomes the owner: said when others than this machine can come. */
const warnOfFirstVisit = async ({ application }: RunningServer) => {
  const { config, records } = application;
  if (['127.0.0.1', 'localhost', '::1'].includes(config.LANDFALL_HOST)) return;
  const { rows } = await records.unbounded((transaction) => transaction.execute(sql`SELECT 1 FROM member LIMIT 1`));
  if (rows.length === 0)
    process.stdout.write(
      'Nobody owns this Landfall yet: whoever opens it first becomes the owner. Open it now, before you let others reach it.\n',
    );
};

/** Runs until it is told to stop, then leaves nothing half done. */
export const runServer = async (config: Config): Promise<void> => {
  const server = await startServer(config).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  process.stdout.write(`Landfall is ready: ${config.LANDFALL_PUBLIC_URL ?? server.url}\n`);
  await warnOfFirstVisit(server);
  if (server.application.records.kind === 'pglite')
    server.application.log.info(
      'The in-process Postgres does not wait for the disk: a power cut can take what was written since the last backup, 15 minutes at most. See docs/backup.md.',
    );
  const stop = (signal: string) => {
    server.application.log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), 9500).unref();
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
};
