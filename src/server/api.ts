import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { SmartCoercionPlugin } from '@orpc/json-schema';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { call, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fetch';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { type Context as HonoContext, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { catalogue } from '../catalogue.ts';
import type { Application, Door, DoorContext } from '../platform/context.ts';
import { Failure, somethingWrong } from '../platform/failure.ts';
import { listOperations } from '../platform/operations.ts';
import { asFailure } from '../platform/operation.ts';
import { answerError, answerFailure } from './failures.ts';
import { jsonOnly } from './security.ts';

type CallerOf = (request: HonoContext, door: Door) => Promise<DoorContext>;

const largestJsonBytes = 1024 * 1024;
const schemaConverters = [new ZodToJsonSchemaConverter()];

const tooLarge = () => {
  throw new Failure('too_large', {
    en: 'The input is larger than 1 MB. Send less at once, or import a file.',
    zh: '输入超过 1 MB。请一次少发送一些，或导入文件。',
  });
};

/** Unknown errors are logged here and go out without their insides. */
const hideInsides =
  (application: Application) =>
  async <Result>({ next, context }: { next: () => Promise<Result>; context: DoorContext }): Promise<Result> => {
    try {
      return await next();
    } catch (error) {
      if (asFailure(error) || (error instanceof ORPCError && error.status < 500)) throw error;
      application.log.error({ err: error }, 'operation failed');
      throw new ORPCError('INTERNAL_SERVER_ERROR', { message: somethingWrong[context.language] });
    }
  };

/** The document that describes the REST API, made from the catalogue. */
export const describeApi = (publicUrl: string) =>
  new OpenAPIGenerator({ schemaConverters }).generate(catalogue, {
    info: {
      title: 'Landfall',
      version: '0.1.0',
      description: 'Everything that Landfall can do, over HTTP.',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: `${publicUrl}/api` }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key, made under Settings, Keys.' } } },
  });

/** Operations whose body is a stream (a file): path and query are the input. */
const mountStreams = (api: Hono, callerOf: CallerOf) => {
  for (const { procedure, method, path, meta } of listOperations(catalogue)) {
    if (!meta.stream) continue;
    api.on(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), async (request) => {
      const context = await callerOf(request, 'api');
      const source = request.req.raw.body as NodeReadableStream | null;
      const body = source ? Readable.fromWeb(source) : Readable.from([]);
      const input = { ...request.req.query(), ...request.req.param() };
      return request.json(await call(procedure, input, { context: { ...context, body } }));
    });
  }
};

/** What clients and proxies read: when a refusal will pass, and that what goes on must not be held back. */
const sayHow = async (request: HonoContext, response: Response) => {
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) request.header('X-Accel-Buffering', 'no');
  if (response.status !== 429 && response.status !== 503) return;
  const seconds = /"retryAfterSeconds":(\d+)/.exec(await response.clone().text())?.[1];
  request.header('Retry-After', seconds ?? (response.status === 429 ? '60' : '5'));
};

/** A file is to be kept, never to be shown: what somebody attached must not become a page of this origin. */
const keepOnly = (response: Response): void => {
  const disposition = response.headers.get('content-disposition');
  if (disposition?.startsWith('inline')) response.headers.set('content-disposition', disposition.replace('inline', 'attachment'));
};

/** REST at /api, the same operations for our own page at /api/rpc. */
export const makeApi = (application: Application, callerOf: CallerOf): Hono => {
  const api = new Hono();
  api.onError(answerError(application.log));
  mountStreams(api, callerOf);
  api.use(bodyLimit({ maxSize: largestJsonBytes, onError: tooLarge }));
  api.use(jsonOnly);

  const rpc = new RPCHandler(catalogue, { interceptors: [hideInsides(application)] });
  api.post('/rpc/*', async (request) => {
    const context = await callerOf(request, 'web');
    const { response } = await rpc.handle(request.req.raw, { prefix: '/api/rpc', context });
    if (response) {
      keepOnly(response);
      await sayHow(request, response);
      return request.newResponse(response.body, response);
    }
    throw new Failure('not_found', { en: 'There is no such operation.', zh: '没有这个操作。' });
  });

  api.get('/openapi.json', async (request) => request.json(await describeApi(new URL(request.req.url).origin)));

  const rest = new OpenAPIHandler(catalogue, {
    plugins: [new SmartCoercionPlugin({ schemaConverters })],
    interceptors: [hideInsides(application)],
    customErrorResponseBodyEncoder: (error) => ({
      error: {
        code: asFailure(error) ? error.code : 'internal',
        message: error.message,
        ...(error.data !== undefined && { details: error.data }),
      },
    }),
  });
  api.all('*', async (request) => {
    const context = await callerOf(request, 'api');
    const { response } = await rest.handle(request.req.raw, { prefix: '/api', context });
    if (response) {
      keepOnly(response);
      await sayHow(request, response);
      return request.newResponse(response.body, response);
    }
    return answerFailure(
      request,
      new Failure('not_found', {
        en: `There is no ${request.req.method} ${request.req.path}. /api/docs lists what there is.`,
        zh: `没有 ${request.req.method} ${request.req.path}。/api/docs 列出了现有的内容。`,
      }),
    );
  });
  return api;
};
