import type { Context as HonoContext } from 'hono';
import type { Logger } from 'pino';
import { type Failure, failureCodes } from '../platform/failure.ts';
import { type Language, languageOf } from '../platform/language.ts';
import { asFailure } from '../platform/operation.ts';

const body = ({ code, said, details }: Failure, language: Language) => ({
  error: { code, message: said[language], ...(details !== undefined && { details }) },
});

const retryAfter = ({ code, details }: Failure): number | undefined => {
  const seconds = (details as { retryAfterSeconds?: number } | undefined)?.retryAfterSeconds;
  return seconds ?? (code === 'unavailable' ? 5 : code === 'too_many' ? 60 : undefined);
};

/** The one error shape of every door over HTTP. */
export const answerFailure = (request: HonoContext, failure: Failure): Response => {
  const seconds = retryAfter(failure);
  if (seconds) request.header('Retry-After', String(seconds));
  // What was not read of the body must not be taken for the next request.
  if (failure.code === 'too_large') request.header('Connection', 'close');
  return request.json(body(failure, languageOf(request.req.header('accept-language'))), failureCodes[failure.code].status);
};

/** What went wrong inside is logged, not told. */
export const answerError = (log: Logger) => (error: unknown, request: HonoContext) => {
  const failure = asFailure(error);
  if (failure) return answerFailure(request, failure);
  log.error({ err: error, requestId: request.get('requestId') }, 'request failed');
  const id = String(request.get('requestId'));
  const said = {
    en: `Something went wrong here. The log of the server has it under request ${id}.`,
    zh: `这里出了问题。服务器日志中的请求编号为 ${id}。`,
  };
  const message = said[languageOf(request.req.header('accept-language'))];
  return request.json({ error: { code: 'internal', message } }, 500);
};
