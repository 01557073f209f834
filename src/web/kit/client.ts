import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { RouterClient } from '@orpc/server';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import type { catalogue } from '../../catalogue.ts';
import { callHeaders } from './call-headers.ts';
import { toFailure } from './failure.ts';

export type Client = RouterClient<typeof catalogue>;

/** Pages that a visitor without a session may see. */
const open = ['/sign-in', '/welcome', '/invitations/', '/shared/', '/status/'];

const link = new RPCLink({
  url: () => `${location.origin}/api/rpc`,
  headers: callHeaders,
  fetch: async (request, init) => {
    const response = await fetch(request, { ...init, credentials: 'same-origin' });
    if (!response.ok) await refuseEarly(response.clone());
    return response;
  },
});

/** Refusals from before an operation is reached (a rate limit, a foreign origin) come in the REST shape. */
async function refuseEarly(response: Response): Promise<void> {
  const body = (await response.json().catch(() => null)) as { error?: { code: string; message: string; details?: unknown } } | null;
  if (body?.error) throw new ORPCError(body.error.code, { message: body.error.message, data: body.error.details });
  if (body === null) throw new ORPCError('unavailable', { message: '' });
}

/** Every operation of Landfall, typed: `await client.launches.list({})`. What it throws, `toFailure` reads. */
export const client: Client = createORPCClient(link);

/** The same operations as options for TanStack Query: `useQuery(api.launches.list.queryOptions({ input: {} }))`. */
export const api = createTanstackQueryUtils(client);

function worthRetrying(count: number, error: unknown): boolean {
  return count < 2 && ['unreachable', 'unavailable'].includes(toFailure(error).code);
}

function leaveWhenSignedOut(error: unknown): void {
  if (toFailure(error).code !== 'unauthenticated' || open.some((path) => location.pathname.startsWith(path))) return;
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
}

export function makeQueryClient(): QueryClient {
  const queryClient = new QueryClient({
    defaultOptions: { queries: { staleTime: 30_000, retry: worthRetrying, refetchOnWindowFocus: true } },
  });
  queryClient.getQueryCache().config.onError = leaveWhenSignedOut;
  queryClient.getMutationCache().config.onError = leaveWhenSignedOut;
  return queryClient;
}
