import { randomUUID } from 'node:crypto';
import { type Context as HonoContext, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import type { Application, Door } from '../platform/context.ts';
import { createMcpFetch } from '../mcp/http.ts';
import { Failure } from '../platform/failure.ts';
import { describeApi, makeApi } from './api.ts';
import { addressOf, callerOf, type LocalAccess } from './callers.ts';
import { renderDocs } from './docs.ts';
import { makeCalendar } from './calendar.ts';
import { makeChangelog } from './changelog.ts';
import { answerError, answerFailure } from './failures.ts';
import type { Health } from './health.ts';
import type { Queue } from './ingest-queue.ts';
import { makeIngest } from './ingest.ts';
import { limit } from './limits.ts';
import { makeLinks } from './links.ts';
import { makePage } from './page.ts';
import { mountSignOn } from './signOn.ts';
import { headers, sameOrigin } from './security.ts';

export type ServerVariables = { Variables: { requestId: string; nonce: string } };
type Options = { application: Application; local: LocalAccess; webFolder: string; isDraining: () => boolean; health: Health; queue: Queue };

const callsPerMinute = 1200;
const largestMcpBytes = 1024 * 1024;

/** Everything that the server answers. */
export const makeApp = ({ application, local, webFolder, isDraining, health, queue }: Options) => {
  const { config, log } = application;
  const app = new Hono<ServerVariables>();
  const address = (request: HonoContext) => addressOf(request, config.LANDFALL_PROXY_HOPS);
  const caller = (request: HonoContext, door: Door) => callerOf(application, local, request, door);

  app.onError(answerError(log));
  app.use(async (request, next) => {
    request.set('requestId', randomUUID());
    const startedAt = performance.now();
    await next();
    if (isDraining()) request.header('Connection', 'close');
    const milliseconds = Math.round(performance.now() - startedAt);
    log.debug({
      requestId: request.get('requestId'),
      method: request.req.method,
      path: request.req.path,
      status: request.res.status,
      milliseconds,
    });
  });
  app.use(health.measure);
  app.route('/', makeIngest({ application, count: health.count, queue }));
  app.route('/', makeChangelog(application, address));
  app.use(headers(config));
  app.route('/', makeCalendar(application, address));
  app.route('/', makeLinks(application, address));
  app.route('/', health.routes(address));
  app.use(sameOrigin(config));
  app.use('/api/*', limit(callsPerMinute, 60, address));
  app.get('/api/docs', async (request) =>
    request.html(renderDocs(await describeApi(new URL(request.req.url).origin), request.get('nonce')), 200, {
      'Cache-Control': 'no-store',
    }),
  );
  app.use('/api/*', async (request, next) => {
    await next();
    request.res.headers.set('Cache-Control', 'no-store');
  });
  app.use('/api/*', compress());
  app.route('/api', makeApi(application, caller));
  const mcp = createMcpFetch(application);
  app.use('/mcp', limit(callsPerMinute, 60, address), bodyLimit({ maxSize: largestMcpBytes }));
  app.all('/mcp', async (request) => mcp(request.req.raw, await caller(request, 'mcp')));
  mountSignOn(app, caller);
  app.all('*', async (request, next) => {
    if (request.req.method === 'GET' || request.req.method === 'HEAD') return next();
    return answerFailure(
      request,
      new Failure('not_found', {
        en: `There is no ${request.req.method} ${request.req.path}.`,
        zh: `没有 ${request.req.method} ${request.req.path}。`,
      }),
    );
  });
  app.route('/', makePage(webFolder));
  return app;
};
