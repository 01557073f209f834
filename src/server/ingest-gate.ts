import { createServer, type IncomingMessage, type RequestListener, type ServerOptions, type ServerResponse } from 'node:http';
import { protocols } from '../catalogue.ts';
import { overloadedMessage, type Queue, retryAfterSeconds } from './ingest-queue.ts';

// Larger bodies, and those that do not say how large they are, are refused further in, where what is read off of them is bounded.
const mostReadOff = 1024 ** 2;

const prefixes = protocols.flatMap(({ paths, isCall }) => paths.map((path) => ({ prefix: path.replace(':call', ''), isCall })));

const isWithEvents = ({ method, url = '' }: IncomingMessage) => {
  if (method !== 'POST') return false;
  const path = url.split('?', 1)[0]!.replace(/\/$/, '');
  return prefixes.some(({ prefix, isCall }) => path.startsWith(prefix) && isCall(path.slice(prefix.length)));
};

const body = JSON.stringify({ success: false, error: { code: 'unavailable', message: overloadedMessage } });
const headers = {
  'Content-Type': 'application/json',
  'Content-Length': Buffer.byteLength(body),
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Retry-After, X-RateLimit-Reset',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};
// Node reads off what comes of a body that nobody reads, so the connection is good for the next request.
const refuse = (outgoing: ServerResponse) => outgoing.writeHead(503, { ...headers, 'Retry-After': String(retryAfterSeconds()) }).end(body);

/** Makes servers that refuse events before anything else is done for them, while the queue is behind: it must cost next to nothing. */
export const createGate = (queue: Queue, onRefused: () => void) =>
  ((options: ServerOptions, listener: RequestListener) =>
    createServer(options, (incoming, outgoing) => {
      if (!isWithEvents(incoming) || !(Number(incoming.headers['content-length']) <= mostReadOff) || !queue.isBehind())
        return listener(incoming, outgoing);
      onRefused();
      refuse(outgoing);
    })) as typeof createServer;
