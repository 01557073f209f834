import type { Context as HonoContext, Hono } from 'hono';
import type { Application } from '../platform/context.ts';
import type { ServerVariables } from './app.ts';

/** Single sign-on; filled in when the workspace slice offers it. */
export const mountSignOn = (
  _app: Hono<ServerVariables>,
  _application: Application,
  _caller: (request: HonoContext, door: 'web') => Promise<unknown>,
) => {};
