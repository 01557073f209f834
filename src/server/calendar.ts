import { type Context as HonoContext, Hono } from 'hono';
import { openFeed } from '../catalogue.ts';
import type { Application } from '../platform/context.ts';
import { Failure } from '../platform/failure.ts';
import { publicUrlOf } from './callers.ts';
import { answerFailure } from './failures.ts';
import { limit } from './limits.ts';

const readsPerMinute = 120;

/** The launches for calendar programs, at secret addresses. */
export const makeCalendar = (application: Application, address: (request: HonoContext) => string): Hono => {
  const app = new Hono();
  app.get('/calendar/:file{.+\\.ics}', limit(readsPerMinute, 60, address), async (request) => {
    const token = request.req.param('file').replace(/\.ics$/, '');
    const feed = await openFeed(application, token, publicUrlOf(request, application.config.LANDFALL_PUBLIC_URL));
    if (feed === null)
      return answerFailure(
        request,
        new Failure('not_found', {
          en: 'There is no such calendar. Ask whoever gave you this address for a new one.',
          zh: '没有这个日历。请向提供此地址的人索取新的地址。',
        }),
      );
    request.header('Cache-Control', 'private, no-cache');
    request.header('X-Robots-Tag', 'noindex');
    return request.body(feed, 200, { 'Content-Type': 'text/calendar; charset=utf-8' });
  });
  return app;
};
