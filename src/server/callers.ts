import { randomBytes, randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context as HonoContext } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { identify } from '../catalogue.ts';
import { enterWorkspace } from '../platform/application.ts';
import type { Application, Context, Door, DoorContext } from '../platform/context.ts';
import { languageOf } from '../platform/language.ts';

/** Lets the command line of this machine in: written to a file that only the data folder's owner can read. */
export type LocalAccess = { secret: string };
export const makeLocalAccess = (): LocalAccess => ({ secret: `ll_${randomBytes(32).toString('base64url')}` });

const cookieName = (secure: boolean) => (secure ? '__Host-landfall' : 'landfall');

/** The caller's address; of the proxies in front, only as many as configured may speak for somebody else. */
export const addressOf = (request: HonoContext, proxyHops: number): string => {
  const direct = getConnInfo(request).remote.address ?? 'unknown';
  if (proxyHops === 0) return direct;
  const forwarded = (request.req.header('x-forwarded-for') ?? '').split(',').map((each) => each.trim());
  return forwarded.at(-proxyHops) || direct;
};

export const publicUrlOf = (request: HonoContext, configured: string | undefined): string =>
  (configured ?? new URL(request.req.url).origin).replace(/\/$/, '');

/** The id or name of the workspace asked for; names in other letters come percent-encoded. */
const workspaceOf = (request: HonoContext): string | undefined => {
  const asked = request.req.header('x-landfall-workspace');
  try {
    return asked && decodeURIComponent(asked);
  } catch {
    return asked;
  }
};

const bearerOf = (request: HonoContext): string | undefined => /^Bearer\s+(\S+)$/i.exec(request.req.header('authorization') ?? '')?.[1];

/** Who calls, and into which workspace: what every door hands to an operation. */
export const callerOf = async (
  application: Application,
  local: LocalAccess,
  request: HonoContext,
  door: Door,
): Promise<DoorContext | Context> => {
  const { config } = application;
  const publicUrl = publicUrlOf(request, config.LANDFALL_PUBLIC_URL);
  const secure = publicUrl.startsWith('https://');
  const bearer = bearerOf(request);
  const token = bearer ? undefined : getCookie(request, cookieName(secure));
  const found = await identify(application, {
    cookieToken: token,
    bearer,
    workspace: workspaceOf(request),
    localSecret: local.secret,
  });
  const cookie = { path: '/', secure, httpOnly: true, sameSite: 'Lax' } as const;
  const context: DoorContext = {
    application,
    door: bearer && bearer === local.secret ? 'cli' : door,
    requestId: request.get('requestId') ?? randomUUID(),
    address: addressOf(request, config.LANDFALL_PROXY_HOPS),
    publicUrl,
    language: languageOf(request.req.header('accept-language')),
    now: application.now,
    member: found.member,
    session: {
      token: token ?? null,
      set: (value, expiresAt) => setCookie(request, cookieName(secure), value, { ...cookie, expires: expiresAt }),
      clear: () => void deleteCookie(request, cookieName(secure), cookie),
    },
    connection: {
      callAgain: () => callerOf(application, local, request, door),
      drop: () => void (request.env as Partial<HttpBindings>).outgoing?.destroy(),
    },
  };
  return found.workspace && found.actor ? enterWorkspace(context, found.workspace, found.actor) : context;
};
