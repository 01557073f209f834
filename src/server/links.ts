import { type Context as HonoContext, Hono } from 'hono';
import { followLink } from '../catalogue.ts';
import type { Application } from '../platform/context.ts';
import { limit } from './limits.ts';

const visitsPerMinute = 300;

/** Short links: no sign-in, no cookie, and to nowhere but where a member said. */
export const makeLinks = (application: Application, address: (request: HonoContext) => string): Hono => {
  const app = new Hono();
  app.get('/l/:code', limit(visitsPerMinute, 60, address), async (request) => {
    request.header('Cache-Control', 'no-store');
    request.header('X-Robots-Tag', 'noindex, nofollow');
    const to = await followLink(application, {
      code: request.req.param('code'),
      userAgent: request.req.header('user-agent') ?? '',
      purpose: `${request.req.header('sec-purpose') ?? ''} ${request.req.header('purpose') ?? ''}`,
      follows: request.req.method === 'GET',
    });
    // Whoever stands before a poster reads this, not a program.
    if (to === null)
      return request.text('This link leads nowhere: it was mistyped, or it is over.\n此链接无效：可能输入有误，或已停用。\n', 404);
    return request.redirect(to, 302);
  });
  return app;
};
