import {
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  originValidationResponse,
} from '@modelcontextprotocol/server';
import type { Application, Context, DoorContext } from '../platform/context.ts';
import { Failure } from '../platform/failure.ts';
import { makeMcpServer, throughMcp } from './server.ts';

/** Sent by `landfall mcp` without --write, and by whoever else wants to be sure that nothing changes. */
export const readOnlyHeader = 'x-landfall-read-only';

const hostsOf = ({ LANDFALL_PUBLIC_URL, LANDFALL_HOST }: Application['config']): string[] => [
  ...localhostAllowedHostnames(),
  LANDFALL_HOST,
  ...(LANDFALL_PUBLIC_URL ? [new URL(LANDFALL_PUBLIC_URL).hostname] : []),
];

/**
 * The protocol over HTTP, for the server to mount at /mcp. It asks for a bearer key, so that no browser can be led to call
 * it with a session's cookie, and for the names under which this Landfall is known (DNS rebinding).
 */
export const createMcpFetch = (application: Application): ((request: Request, caller: DoorContext | Context) => Promise<Response>) => {
  const hosts = hostsOf(application.config);
  return async (request, caller) => {
    const refused = hostHeaderValidationResponse(request, hosts) ?? originValidationResponse(request, hosts);
    if (refused) return refused;
    if (!/^Bearer\s+\S/i.test(request.headers.get('authorization') ?? ''))
      throw new Failure('unauthenticated', {
        en: 'Send an API key as "Authorization: Bearer <key>". Make one under Settings, Keys.',
        zh: '请以 "Authorization: Bearer <key>" 发送 API 密钥。可在“设置 → 密钥”中创建。',
      });
    const readOnly = request.headers.get(readOnlyHeader) !== null;
    const context = throughMcp(caller, readOnly);
    const handler = createMcpHandler(() => makeMcpServer(context, readOnly), {
      onerror: (error) => application.log.warn({ err: error }, 'mcp'),
    });
    return handler.fetch(request);
  };
};
