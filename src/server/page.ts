import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context as HonoContext, Hono } from 'hono';

/** The web app: files with a hash in their name for ever, the page itself never kept, its nonce new each time. */
export const makePage = (folder: string): Hono => {
  const page = new Hono();
  const index = existsSync(join(folder, 'index.html')) ? readFileSync(join(folder, 'index.html'), 'utf8') : undefined;
  const root = relative(process.cwd(), folder) || '.';
  page.use(
    '/assets/*',
    serveStatic({
      root,
      precompressed: true,
      onFound: (_, request) => request.header('Cache-Control', 'public, max-age=31536000, immutable'),
    }),
  );
  page.get('/assets/*', (request) => request.text('There is no such file. Reload the page.', 404));
  page.use('/icon.svg', serveStatic({ root, path: 'icon.svg' }));
  // What is behind a secret address is for those who have it, not for search engines.
  for (const path of ['/shared/*', '/status/*'])
    page.use(path, (request, next) => {
      request.header('X-Robots-Tag', 'noindex');
      return next();
    });
  page.get('*', (request: HonoContext) => {
    if (!index) return request.text('The web app is not built. Run "npm run build".', 503);
    return request.html(index.replaceAll('__CSP_NONCE__', request.get('nonce')), 200, { 'Cache-Control': 'no-store' });
  });
  return page;
};
