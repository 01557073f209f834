import { createHash } from 'node:crypto';
import { type Context as HonoContext, Hono } from 'hono';
import { publicStyleHash, type Served, serveChangelog } from '../catalogue.ts';
import type { Application } from '../platform/context.ts';
import { publicUrlOf } from './callers.ts';
import { limit } from './limits.ts';

const visitsPerMinute = 300;

const types = {
  page: 'text/html; charset=utf-8',
  embed: 'text/html; charset=utf-8',
  gone: 'text/html; charset=utf-8',
  feed: 'application/atom+xml; charset=utf-8',
  widget: 'text/javascript; charset=utf-8',
} as const;

const policy = (frames: string[]): string =>
  [
    "default-src 'none'",
    `style-src ${publicStyleHash}`,
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${frames.length > 0 ? frames.join(' ') : "'none'"}`,
  ].join('; ');

const partsOf = (path: string): string[] | undefined => {
  try {
    return path
      .replace(/^\/changelog\/?/, '')
      .split('/')
      .filter(Boolean)
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
};

const isSame = (asked: string | undefined, tag: string): boolean =>
  (asked ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === tag || each.trim() === '*');

const answer = (request: HonoContext, served: Served): Response => {
  request.header('X-Content-Type-Options', 'nosniff');
  request.header('Referrer-Policy', 'strict-origin-when-cross-origin');
  if (served.kind === 'redirect') {
    request.header('Cache-Control', 'no-store');
    return request.redirect(served.to, 302);
  }
  const { kind, body, frames } = served;
  const isEmbedded = kind === 'embed' || kind === 'widget';
  request.header('Content-Security-Policy', policy(frames));
  request.header('Content-Type', types[kind]);
  request.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()');
  request.header('Cross-Origin-Resource-Policy', isEmbedded ? 'cross-origin' : 'same-origin');
  if (!isEmbedded) request.header('Cross-Origin-Opener-Policy', 'same-origin');
  if (kind === 'gone') {
    request.header('Cache-Control', 'no-store');
    return request.body(body, 404);
  }
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  request.header('ETag', tag);
  // Pages are asked about each time, so that what is taken back is gone at once and looks are counted; the answer is mostly "as before".
  request.header('Cache-Control', kind === 'widget' || kind === 'feed' ? 'public, max-age=300' : 'no-cache');
  return isSame(request.req.header('if-none-match'), tag) ? request.body(null, 304) : request.body(body);
};

/** The public changelogs: no sign-in, no cookie, no script but the widget's, and nothing that is not published. */
export const makeChangelog = (application: Application, address: (request: HonoContext) => string): Hono => {
  const pages = new Hono();
  pages.use('/changelog/*', limit(visitsPerMinute, 60, address));
  pages.get('/changelog/*', async (request) => {
    const path = partsOf(new URL(request.req.url).pathname);
    const served = await serveChangelog(application, {
      path: path ?? [],
      query: request.req.query(),
      publicUrl: publicUrlOf(request, application.config.LANDFALL_PUBLIC_URL),
      userAgent: request.req.header('user-agent') ?? '',
      purpose: `${request.req.header('sec-purpose') ?? ''} ${request.req.header('purpose') ?? ''}`,
      looks: request.req.method === 'GET',
    });
    return answer(request, served);
  });
  return pages;
};
