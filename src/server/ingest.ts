import type { HttpBindings } from '@hono/node-server';
import { type Context as HonoContext, Hono } from 'hono';
import {
  type Asked,
  feedLive,
  openWriteKeys,
  posthogConfig,
  posthogConfigScript,
  posthogFlags,
  type Protocol,
  protocols,
  segmentSettings,
} from '../catalogue.ts';
import type { Application } from '../platform/context.ts';
import { Failure, failureCodes } from '../platform/failure.ts';
import { asFailure } from '../platform/operation.ts';
import type { CountEvents } from './health.ts';
import { openIntake, openRate } from './ingest-intake.ts';
import { ingestRoots } from './ingest-paths.ts';
import type { Queue } from './ingest-queue.ts';

type Request = HonoContext<{ Bindings: HttpBindings }>;
type Options = { application: Application; count: CountEvents; queue: Queue };

const withSlash = (paths: readonly string[]) => paths.flatMap((path) => [path, `${path}/`]);

/** Pages of any site may send events. They carry a key, never a cookie. */
const openToAll = (request: Request) => {
  request.header('Access-Control-Allow-Origin', '*');
  request.header('Access-Control-Expose-Headers', 'Retry-After, X-RateLimit-Reset');
  request.header('Cross-Origin-Resource-Policy', 'cross-origin');
  request.header('X-Content-Type-Options', 'nosniff');
  request.header('Cache-Control', 'no-store');
};

const answerOptions = (request: Request) => {
  const asked = request.req.header('access-control-request-headers') ?? '';
  request.header('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
  request.header(
    'Access-Control-Allow-Headers',
    /^[\w\-, ]+$/.test(asked) ? asked : 'authorization, content-type, content-encoding, x-retry-count',
  );
  request.header('Access-Control-Max-Age', '86400');
  if (request.req.header('access-control-request-private-network')) request.header('Access-Control-Allow-Private-Network', 'true');
  return request.body(null, 204);
};

/** What clients understand: they drop events on most of 4xx, so what will pass is 429 or 503 and says when. */
const refuse = (request: Request, { code, message, details }: Failure) => {
  const { retryAfterSeconds, resetAt } = (details ?? {}) as { retryAfterSeconds?: number; resetAt?: number };
  const status = failureCodes[code].status;
  if (status === 429 || status === 503) request.header('Retry-After', String(retryAfterSeconds ?? 5));
  if (resetAt) request.header('X-RateLimit-Reset', String(resetAt));
  return request.json({ success: false, error: { code, message } }, status);
};

/** The same refusal as its clients must hear it. */
const asHeardBy =
  ({ dropsTooMany }: Protocol) =>
  (error: unknown): never => {
    if (dropsTooMany && error instanceof Failure && error.code === 'too_many') throw new Failure('unavailable', error.said, error.details);
    throw error;
  };

const passing = () =>
  new Failure('unavailable', 'Something went wrong here. Nothing was kept: send it again. The log of the server has the details.');

const askedOf = (request: Request, call: string): Asked => ({
  call,
  authorization: request.req.header('authorization'),
  query: request.req.query(),
});

/** Takes events in: nothing is acknowledged before it is on disk. */
const openReceiver = ({ application, count, queue }: Options) => {
  const writeKeys = openWriteKeys(application);
  const intake = openIntake();
  const live = feedLive(application);
  const spend = openRate(application.config.LANDFALL_INGEST_REQUESTS_PER_SECOND);
  const findSender = async (token: string | undefined) => {
    const found = await writeKeys.find(token);
    spend(found.key);
    return found;
  };
  return async (protocol: Protocol, request: Request, asked: Asked) => {
    application.spool.room(Number(request.req.header('content-length') ?? 0));
    const token = protocol.token(asked);
    let sender = token === undefined ? undefined : await findSender(token);
    const { bytes, release } = await intake.take(request.env.incoming, protocol.mostBytes(asked.call));
    try {
      const receivedAt = application.now().getTime();
      const body = await queue.goOn(() => protocol.read(bytes, asked));
      sender ??= await findSender(protocol.tokenInside(body));
      const { lines, failed } = protocol.receive(body, asked, { ...sender, receivedAt });
      await application.spool.append(lines);
      count('received', lines.length);
      live.arrived(sender.workspace, receivedAt, lines);
      return request.json({ ...protocol.success, accepted: lines.length - failed.length, ...(failed.length > 0 && { failed }) });
    } finally {
      release();
    }
  };
};

const mountStartAnswers = (door: Hono<{ Bindings: HttpBindings }>, publicUrl: string | undefined) => {
  const urlOf = (request: Request) => publicUrl ?? new URL(request.req.url).origin;
  for (const path of withSlash(['/v1/projects/:key/settings']))
    door.get(path, (request) => request.json(segmentSettings(request.req.param('key') ?? '', urlOf(request))));
  for (const path of withSlash(['/v1/m'])) door.post(path, (request) => request.json({ success: true }));
  for (const path of withSlash(['/array/:token/config']))
    door.get(path, (request) => request.json(posthogConfig(request.req.param('token') ?? '')));
  door.get('/array/:token/config.js', (request) =>
    request.body(posthogConfigScript(request.req.param('token')), 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  for (const path of withSlash(['/flags', '/decide'])) door.post(path, (request) => request.json(posthogFlags));
  // The client itself comes from its own package; its further parts are for what is switched off here.
  door.get('/static/array.js', (request) => request.text('// Load posthog-js from its package: Landfall does not serve it.', 404));
  door.get('/static/*', (request) => request.body('', 200, { 'Content-Type': 'text/javascript; charset=utf-8' }));
};

/** The door for events. It comes before everything that is made for people: no cookie, no page, no redirect. */
export const makeIngest = (options: Options) => {
  const door = new Hono<{ Bindings: HttpBindings }>();
  const { application, count } = options;
  const receive = openReceiver(options);
  const isOurs = new Set(ingestRoots);
  const all = ingestRoots.flatMap((root) => [`/${root}`, `/${root}/*`]);
  door.on('OPTIONS', all, (request) => (openToAll(request), answerOptions(request)));
  for (const path of all)
    door.use(path, async (request, next) => {
      openToAll(request);
      await next();
    });
  door.onError((error, request) => {
    const failure = asFailure(error);
    if (!failure) application.log.error({ err: error, requestId: request.get('requestId' as never) }, 'events were not taken');
    count('refused', 1);
    return refuse(request, failure ?? passing());
  });
  mountStartAnswers(door, application.config.LANDFALL_PUBLIC_URL);
  for (const protocol of protocols)
    for (const path of withSlash(protocol.paths))
      door.post(path, (request, next) => {
        const call = request.req.param('call') ?? '';
        return protocol.isCall(call) ? receive(protocol, request, askedOf(request, call)).catch(asHeardBy(protocol)) : next();
      });
  door.all('*', (request, next) => {
    if (!isOurs.has(request.req.path.split('/')[1] ?? '')) return next();
    return request.json(
      { success: false, error: { code: 'not_found', message: `There is no ${request.req.method} ${request.req.path}.` } },
      404,
    );
  });
  return door;
};
