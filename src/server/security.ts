import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Config } from '../platform/config.ts';
import { Failure } from '../platform/failure.ts';
import { languageOf } from '../platform/language.ts';

const policy = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Headers of every answer; the page reads its nonce from the request's variables. */
export const headers =
  (config: Config): MiddlewareHandler =>
  async (request, next) => {
    const nonce = randomBytes(16).toString('base64');
    request.set('nonce', nonce);
    await next();
    const set = (name: string, value: string) => request.res.headers.set(name, value);
    set('Content-Security-Policy', policy(nonce));
    set('X-Content-Type-Options', 'nosniff');
    set('Referrer-Policy', 'strict-origin-when-cross-origin');
    set('Cross-Origin-Opener-Policy', 'same-origin');
    set('Cross-Origin-Resource-Policy', 'same-origin');
    set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()');
    set('X-Request-Id', request.get('requestId'));
    if (config.LANDFALL_PUBLIC_URL?.startsWith('https:')) set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  };

/**
 * A change that rests on the cookie must come from our own page: the browser says so in Origin. Callers that send a
 * bearer token carry no cookie, so nobody can send it in their name.
 */
export const sameOrigin =
  (config: Config): MiddlewareHandler =>
  async (request, next) => {
    const { method, url } = request.req;
    const safe = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
    const cookie = getCookie(request, 'landfall') ?? getCookie(request, '__Host-landfall');
    const origin = request.req.header('origin');
    const allowed = [new URL(url).origin, config.LANDFALL_PUBLIC_URL && new URL(config.LANDFALL_PUBLIC_URL).origin];
    if (!safe && (origin ? !allowed.includes(origin) : cookie))
      throw new Failure('forbidden', {
        en: 'This change did not come from a page of this Landfall, so it was refused. Reload the page and try again.',
        zh: '此改动并非来自本 Landfall 的页面，因此被拒绝。请重新载入页面后再试。',
      });
    await next();
  };

const asJson = {
  en: 'Send the input as JSON, with "Content-Type: application/json".',
  zh: '请以 JSON 发送输入，并带上 "Content-Type: application/json"。',
};

/** Operations take JSON and nothing that a foreign form could send. */
export const jsonOnly: MiddlewareHandler = async (request, next) => {
  const type = request.req.header('content-type') ?? '';
  // A DELETE without a body has a stream all the same; only these two headers say that bytes follow.
  const hasBody = Number(request.req.header('content-length') ?? 0) > 0 || request.req.header('transfer-encoding') !== undefined;
  if (hasBody && !/^application\/json\b/i.test(type))
    return request.json({ error: { code: 'invalid', message: asJson[languageOf(request.req.header('accept-language'))] } }, 415);
  return next();
};
