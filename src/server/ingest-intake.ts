import type { IncomingMessage } from 'node:http';
import { Failure } from '../platform/failure.ts';
import { overloaded } from './ingest-queue.ts';

const mostBytesInFlight = 64 * 1024 ** 2;

const tooLarge = (mostBytes: number) =>
  new Failure('too_large', `The body has more than ${mostBytes} bytes. Nothing was kept: send fewer events at once.`);

export type Held = { bytes: Buffer; release: () => void };

/** Takes bodies in as long as all of them together stay within bounds; what goes beyond is refused before it is read. */
export const openIntake = (most = mostBytesInFlight) => {
  let inFlight = 0;
  return {
    inFlight: () => inFlight,
    take: async (incoming: IncomingMessage, mostBytes: number): Promise<Held> => {
      const declared = Number(incoming.headers['content-length'] ?? 0);
      if (declared > mostBytes) throw tooLarge(mostBytes);
      if (inFlight + declared > most) throw overloaded();
      const pieces: Buffer[] = [];
      let size = 0;
      const release = () => void (inFlight -= size);
      try {
        // Left early, the socket must stay open: the refusal is still to be said on it.
        for await (const piece of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          size += piece.length;
          inFlight += piece.length;
          if (size > mostBytes) throw tooLarge(mostBytes);
          if (inFlight > most) throw overloaded();
          pieces.push(piece);
        }
      } catch (error) {
        release();
        if (error instanceof Failure) throw error;
        throw new Failure('invalid', 'The body ended early.');
      }
      return { bytes: pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces), release: () => release() };
    },
  };
};

/** At most so many requests of one key in one second; each server counts for itself. */
export const openRate = (mostPerSecond: number) => {
  let second = 0;
  const counts = new Map<string, number>();
  return (key: string) => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) {
      counts.clear();
      second = now;
    }
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > mostPerSecond)
      throw new Failure('too_many', `More than ${mostPerSecond} requests with this key in a second. Send more events in one request.`, {
        retryAfterSeconds: 1,
        resetAt: second + 1,
      });
  };
};
