import type { Context as HonoContext, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { beginOidc, finishOidc } from '../catalogue.ts';
import type { Door, DoorContext } from '../platform/context.ts';
import { asFailure } from '../platform/operation.ts';
import type { ServerVariables } from './app.ts';

const cookieName = 'landfall-sign-on';

/** Single sign-on sends the browser to the provider and takes it back; a refusal is told on the sign-in page. */
export const mountSignOn = (app: Hono<ServerVariables>, callerOf: (request: HonoContext, door: Door) => Promise<DoorContext>) => {
  const options = ({ publicUrl }: DoorContext) =>
    ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: publicUrl.startsWith('https:') }) as const;
  const backToSignIn = (request: HonoContext, error: unknown) => {
    const failure = asFailure(error);
    if (!failure) throw error;
    return request.redirect(`/sign-in?refused=${failure.code}`);
  };
  app.get('/auth/oidc', async (request) => {
    const context = await callerOf(request, 'web');
    try {
      const { redirectTo, flow, expiresAt } = await beginOidc(context, { returnTo: request.req.query('next') });
      setCookie(request, cookieName, flow, { ...options(context), expires: expiresAt });
      return request.redirect(redirectTo);
    } catch (error) {
      return backToSignIn(request, error);
    }
  });
  app.get('/auth/oidc/callback', async (request) => {
    const context = await callerOf(request, 'web');
    const flow = getCookie(request, cookieName);
    deleteCookie(request, cookieName, options(context));
    try {
      const { returnTo } = await finishOidc(context, { search: new URL(request.req.url).search, flow });
      return request.redirect(returnTo);
    } catch (error) {
      return backToSignIn(request, error);
    }
  });
};
