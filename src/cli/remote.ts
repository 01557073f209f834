import { Readable } from 'node:stream';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { Failure, type FailureCode, failureCodes } from '../platform/failure.ts';
import { asFailure } from '../platform/operation.ts';
import type { ListedOperation } from '../platform/operations.ts';
import type { Connection } from './connection.ts';
import { pathParameters } from './fields.ts';

type Options = { url: string; bearer: string; workspace?: string };
type Verbs = Record<string, Record<string, (input: unknown) => Promise<unknown>>>;

const unreachable = (url: string, error: unknown): Failure => {
  const cause = error instanceof Error ? ((error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.message) : String(error);
  return new Failure('unavailable', `Landfall at ${url} did not answer (${cause}). Check the address, and that the server runs.`);
};

const wireFailure = (answer: unknown, status: number, url: string): Failure => {
  const { error } = (answer ?? {}) as { error?: { code?: string; message?: string; details?: unknown } };
  if (error?.code && error.code in failureCodes) return new Failure(error.code as FailureCode, error.message ?? '', error.details);
  return new Failure('unavailable', error?.message ?? `Landfall at ${url} answered with status ${status}. Its log has the details.`);
};

const isNetwork = (error: unknown): boolean => error instanceof TypeError && /fetch failed|terminated/.test(error.message);

/** An operation that takes a file: path and query are the input, the file is the body. */
const sendStream = async (
  options: Options,
  headers: Record<string, string>,
  operation: ListedOperation,
  input: Record<string, unknown>,
  body: Readable,
) => {
  const inPath = pathParameters(operation.path);
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])));
  const query = new URLSearchParams(
    Object.entries(input).flatMap(([name, value]) =>
      inPath.includes(name) || value === undefined ? [] : [[name, String(value as string | number)]],
    ),
  );
  const response = await fetch(`${options.url}/api${path}?${query}`, {
    method: operation.method,
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(body) as ReadableStream,
    duplex: 'half',
  } as RequestInit);
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw wireFailure(answer, response.status, options.url);
  return answer;
};

/** A header carries plain ASCII only; a name in other letters goes percent-encoded. */
const headerText = (text: string): string => (/^[\x20-\x7E]*$/.test(text) ? text : encodeURIComponent(text));

export const headersFor = ({ bearer, workspace }: Pick<Options, 'bearer' | 'workspace'>): Record<string, string> => ({
  authorization: `Bearer ${bearer}`,
  ...(workspace && { 'x-landfall-workspace': headerText(workspace) }),
});

/** What the server refuses before it looks for an operation (no such workspace, too many calls) comes in the shape of REST. */
const fetchOrFail = (url: string) => async (request: Request, init?: object) => {
  const response = await fetch(request, init);
  if (response.ok) return response;
  const answer = (await response
    .clone()
    .json()
    .catch(() => undefined)) as { error?: unknown } | undefined;
  if (answer?.error) throw wireFailure(answer, response.status, url);
  return response;
};

/** What goes on may still fail after it began. */
async function* goingOn(messages: AsyncIterable<unknown>, failureOf: (error: unknown) => Failure) {
  try {
    yield* messages;
  } catch (error) {
    throw failureOf(error);
  }
}

/** Calls operations over HTTP, with an API key or the secret of the server on this machine. */
export const openRemote = (options: Options): Connection => {
  const headers = headersFor(options);
  const client = createORPCClient(
    new RPCLink({ url: `${options.url}/api/rpc`, headers, fetch: fetchOrFail(options.url) }),
  ) as unknown as Verbs;
  const failureOf = (error: unknown): Failure =>
    asFailure(error) ??
    (isNetwork(error)
      ? unreachable(options.url, error)
      : new Failure('unavailable', `Landfall at ${options.url} failed: ${(error as Error).message}`));
  return {
    call: async (operation, input, body) => {
      try {
        if (body) return await sendStream(options, headers, operation, input, body);
        const answer = await client[operation.noun]![operation.verb]!(input);
        return operation.meta.watch ? goingOn(answer as AsyncIterable<unknown>, failureOf) : answer;
      } catch (error) {
        throw failureOf(error);
      }
    },
    close: async () => {},
  };
};
