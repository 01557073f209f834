import { createServer, type IncomingMessage, type RequestListener, type ServerOptions, type ServerResponse } from 'node:http';
import { protocols } from '../catalogue.ts';
import { overloadedMessage, type Queue, retryAfterSeconds } from './ingest-queue.ts';

const prefixes = protocols.flatMap(({ paths, isCall }) => paths.map((path) => ({ prefix: path.replace(':call', ''), isCall })));

const isWithEvents = ({ method, url = '' }: IncomingMessage) => {
  if (method !== 'POST') return false;
  const path = url.split('?', 1)[0]!.replace(/\/$/, '');
  return prefixes.some(({ prefix, isCall }) => path.startsWith(prefix) && isCall(path.slice(prefix.length)));
};

const answerBody = JSON.stringify({ success: false, error: { code: 'unavailable', message: overloadedMessage } });
const answerHeaders = {
  'Content-Type': 'application/json',
  'Content-Length': Buffer.byteLength(answerBody),
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Retry-After, X-RateLimit-Reset',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};
const mostReadOff = 1024 ** 2;
const restMilliseconds = 1000;
/**
 * Node reads off what comes of a body that nobody reads, so the connection is good for the next request. It rests a while first: whoever does not
 * wait as told must not cost much. A connection with much or no end to come is closed then; by that time the answer has been heard.
 */
const refuse = ({ socket, headers }: IncomingMessage, outgoing: ServerResponse) => {
  const isSmall = Number(headers['content-length']) <= mostReadOff;
  outgoing.once('finish', () => {
    socket.pause();
    setTimeout(() => (isSmall ? socket.resume() : socket.destroy()), restMilliseconds);
  });
  outgoing.writeHead(503, { ...answerHeaders, 'Retry-After': String(retryAfterSeconds()) }).end(answerBody);
};

/** Makes servers that begin requests with events as the queue says, and refuse them before anything is done for them while it is behind. */
export const createGate = (queue: Queue, onRefused: () => void) =>
  ((options: ServerOptions, listener: RequestListener) =>
    createServer(options, (incoming, outgoing) => {
      queue.come();
      if (!isWithEvents(incoming)) return listener(incoming, outgoing);
      const shed = () => {
        onRefused();
        refuse(incoming, outgoing);
      };
      if (queue.isBehind()) return shed();
      void queue
        .begin(Number(incoming.headers['content-length'] ?? 0), async () => {
          listener(incoming, outgoing); // whose end is not waited for
        })
        .catch(shed);
    }).on('connection', queue.come)) as typeof createServer;
