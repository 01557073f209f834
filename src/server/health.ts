import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { type Context as HonoContext, Hono, type MiddlewareHandler } from 'hono';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { automaticFolder, listAutomatic } from '../platform/backup/automatic.ts';
import type { Application } from '../platform/context.ts';
import { longWork } from '../platform/unhurried.ts';
import { ingestRoots } from './ingest-paths.ts';

const patienceMilliseconds = 800;

export type CountEvents = (result: 'received' | 'refused' | 'stored' | 'duplicate' | 'failed', count: number) => void;
export type Health = ReturnType<typeof makeHealth>;

const within = (check: Promise<unknown>): Promise<'ok' | 'down'> => {
  const tooLate = new Promise<never>((_, reject) => setTimeout(reject, patienceMilliseconds, new Error('too late')).unref());
  return Promise.race([check, tooLate]).then(
    () => 'ok' as const,
    () => 'down' as const,
  );
};

const checkStores = async ({ records, events, spool, config }: Application) => {
  const [postgres, clickhouse, written, disk] = await Promise.all([
    within(records.unbounded((transaction) => transaction.execute(sql`SELECT 1`))),
    within(events.client.query({ query: 'SELECT 1', format: 'JSONEachRow' }).then((result) => result.text())),
    within(spool.check()),
    within(
      statfs(config.LANDFALL_DATA).then(({ bavail, blocks }) => {
        if (bavail / blocks < 0.05) throw new Error('disk is full');
      }),
    ),
  ]);
  return { postgres, events: clickhouse, spool: written, disk };
};

/** What the machine asks: is the process alive, may traffic come, how does it fare. */
export const makeHealth = (application: Application, isDraining: () => boolean) => {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const requests = new Counter({
    name: 'landfall_http_requests_total',
    help: 'Requests answered, by route and status code.',
    labelNames: ['route', 'code'],
    registers: [register],
  });
  const seconds = new Histogram({
    name: 'landfall_http_request_seconds',
    help: 'Time to answer a request.',
    labelNames: ['route'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [register],
  });
  const up = new Gauge({
    name: 'landfall_store_up',
    help: '1 when the store answers.',
    labelNames: ['store'],
    registers: [register],
    async collect() {
      const checks = await checkStores(application);
      this.set({ store: 'postgres' }, checks.postgres === 'ok' ? 1 : 0);
      this.set({ store: 'events' }, checks.events === 'ok' ? 1 : 0);
    },
  });
  const free = new Gauge({
    name: 'landfall_disk_free_bytes',
    help: 'Free bytes on the disk of the data folder.',
    registers: [register],
    async collect() {
      const { bavail, bsize } = await statfs(application.config.LANDFALL_DATA);
      this.set(bavail * bsize);
    },
  });
  const backedUp = new Gauge({
    name: 'landfall_backup_last_success_timestamp_seconds',
    help: 'When the newest automatic backup was finished; 0 when there is none.',
    registers: [register],
    collect() {
      const folder = automaticFolder(application.config.LANDFALL_DATA);
      const [newest] = listAutomatic(folder);
      this.set(newest ? statSync(join(folder, newest)).mtimeMs / 1000 : 0);
    },
  });
  const spoolBytes = new Gauge({
    name: 'landfall_spool_bytes',
    help: 'Bytes of events that are acknowledged and not yet in the event store.',
    registers: [register],
    collect() {
      this.set(application.spool.stats().bytes);
    },
  });
  const spoolAge = new Gauge({
    name: 'landfall_spool_oldest_seconds',
    help: 'How long the oldest of them has been waiting; 0 when there is none.',
    registers: [register],
    collect() {
      const { oldestAt } = application.spool.stats();
      this.set(oldestAt === null ? 0 : Math.max(0, Date.now() - oldestAt) / 1000);
    },
  });
  const working = new Gauge({
    name: 'landfall_long_work_under_way',
    help: 'Long computations that go on now: lifts and attribution.',
    registers: [register],
    collect() {
      this.set(longWork.underWay);
    },
  });
  const ended = new Counter({
    name: 'landfall_long_work_stopped_total',
    help: 'Long computations that were ended since whoever asked had gone.',
    registers: [register],
    collect() {
      this.reset();
      this.inc(longWork.stopped);
    },
  });
  void [up, free, backedUp, spoolBytes, spoolAge, working, ended];
  const ingested = new Counter({
    name: 'landfall_ingest_events_total',
    help: 'Events received at the door; of these stored, duplicate and failed (kept apart with the reason), counted when they are settled; requests with events that were refused.',
    labelNames: ['result'],
    registers: [register],
  });
  const count: CountEvents = (result, events) => ingested.inc({ result }, events);
  const flushed = new Histogram({
    name: 'landfall_flush_seconds',
    help: 'Time to take one file of the spool into the event store.',
    buckets: [0.1, 0.5, 1, 2, 5, 10, 30],
    registers: [register],
  });
  const settled = ({ seconds: took, ...counts }: { stored: number; duplicate: number; failed: number; seconds: number }) => {
    flushed.observe(took);
    for (const result of ['stored', 'duplicate', 'failed'] as const) count(result, counts[result]);
  };

  /** Counts by the group of the path, never by the path: ids and names are no labels. */
  const measure: MiddlewareHandler = async (request, next) => {
    const root = request.req.path.split('/')[1] ?? '';
    const route = `/${ingestRoots.includes(root) ? 'v1' : root}`;
    const known = ['/v1', '/api', '/assets', '/mcp', '/auth', '/livez', '/readyz', '/healthz', '/metrics'].includes(route) ? route : 'page';
    const stop = seconds.startTimer({ route: known });
    await next();
    stop();
    requests.inc({ route: known, code: request.res.status });
  };

  /** What is refused before it comes to `measure`. */
  const shed = () => {
    requests.inc({ route: '/v1', code: 503 });
    count('refused', 1);
  };

  const mayRead = (request: HonoContext, address: string) =>
    application.config.LANDFALL_METRICS === 'public' ||
    (application.config.LANDFALL_METRICS === 'local' &&
      !request.req.header('x-forwarded-for') &&
      /^(127\.|::1$|::ffff:127\.)/.test(address));

  const routes = (addressOf: (request: HonoContext) => string) => {
    const health = new Hono();
    const live = (request: HonoContext) => request.text('ok', 200, { 'Cache-Control': 'no-store' });
    health.get('/livez', live).get('/healthz', live);
    health.get('/readyz', async (request) => {
      const checks = await checkStores(application);
      const down = isDraining() || Object.values(checks).includes('down');
      return request.json({ status: down ? 'down' : 'ready', checks }, down ? 503 : 200, { 'Cache-Control': 'no-store' });
    });
    health.get('/metrics', async (request) =>
      mayRead(request, addressOf(request))
        ? request.body(await register.metrics(), 200, {
            'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
            'Cache-Control': 'no-store',
          })
        : request.notFound(),
    );
    return health;
  };
  return { measure, shed, routes, count, settled };
};
