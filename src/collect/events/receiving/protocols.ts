import { type CallKind } from '../schema.ts';
import type { Received, Sender } from './arrivals.ts';
import { readBody } from './bodies.ts';
import { headerToken, segmentToken } from './credentials.ts';
import { unwrapForm } from './forms.ts';
import type { Body } from './json.ts';
import { posthogToken, receivePosthog } from './posthog.ts';
import { receiveSegment, segmentCalls } from './segment.ts';

/** What is asked besides the body. */
export type Asked = { call: string; authorization: string | undefined; query: Record<string, string> };

/** How a family of clients speaks; the door over HTTP is the same for all. */
export type Protocol = {
  /** Paths, to be served with and without a slash at the end. `:call` is what is asked. */
  paths: readonly string[];
  isCall: (call: string) => boolean;
  mostBytes: (call: string) => number;
  /** The key, where it stands outside the body. */
  token: (asked: Asked) => string | undefined;
  read: (bytes: Buffer, asked: Asked) => Promise<Body>;
  tokenInside: (body: Body) => string | undefined;
  receive: (body: Body, asked: Asked, sender: Sender) => Received;
  success: Record<string, unknown>;
  /** A client of these throws events away when it is told 429: it must be 503. */
  dropsTooMany: boolean;
};

const segmentBytes = 512_000;

const segment: Protocol = {
  paths: ['/v1/:call'],
  isCall: (call) => Object.hasOwn(segmentCalls, call),
  mostBytes: () => segmentBytes,
  token: ({ authorization }) => {
    // A bearer may be somebody else's; then the key stands in the body.
    const token = headerToken(authorization);
    return token?.startsWith('lw_') || /^Basic/i.test(authorization ?? '') ? token : undefined;
  },
  read: (bytes) => readBody(bytes, segmentBytes),
  tokenInside: segmentToken,
  receive: (body, { call }, sender) => receiveSegment(body, segmentCalls[call] as CallKind | 'batch', sender),
  success: { success: true },
  dropsTooMany: false,
};

const posthogBytes: Record<string, number> = {
  e: 2 * 1024 ** 2,
  capture: 2 * 1024 ** 2,
  track: 2 * 1024 ** 2,
  engage: 2 * 1024 ** 2,
  batch: 20 * 1024 ** 2,
};

const posthog: Protocol = {
  paths: ['/:call', '/i/v0/:call'],
  isCall: (call) => Object.hasOwn(posthogBytes, call),
  mostBytes: (call) => posthogBytes[call]!,
  token: () => undefined,
  read: (bytes, { call, query }) => readBody(bytes, posthogBytes[call]!, (content) => unwrapForm(content, query.compression)),
  tokenInside: posthogToken,
  receive: (body, { query }, sender) => receivePosthog(body, query._ ? Number(query._) : undefined, sender),
  success: { status: 'Ok' },
  dropsTooMany: true, // posthog-js tries again after 5xx only
};

export const protocols: readonly Protocol[] = [segment, posthog];
