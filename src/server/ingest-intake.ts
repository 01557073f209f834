import type { IncomingMessage } from 'node:http';
import { Failure } from '../platform/failure.ts';
import { overloaded } from './ingest-queue.ts';

const mostBytesInFlight = 64 * 1024 ** 2;
const slowMilliseconds = 10_000;

const tooLarge = (mostBytes: number) =>
  new Failure('too_large', `The body has more than ${mostBytes} bytes. Nothing was kept: send fewer events at once.`);

export type Held = { bytes: Buffer; release: () => void };
type Coming = { since: number; size: number; giveUp: () => void };

/**
 * Takes bodies in as long as all of them together stay within bounds; what goes beyond is refused before it is read. Where there is no room,
 * bodies that have been coming for long are given up first, so that clients that are slow to send cannot keep others out.
 */
export const openIntake = (most = mostBytesInFlight, now = () => performance.now()) => {
  let inFlight = 0;
  const coming = new Set<Coming>();
  const makeRoom = (bytes: number) => {
    for (const each of coming) {
      if (inFlight + bytes <= most || now() - each.since < slowMilliseconds) return;
      each.giveUp();
    }
  };
  const take = (incoming: IncomingMessage, mostBytes: number) =>
    new Promise<Held>((resolve, reject) => {
      const declared = Number(incoming.headers['content-length'] ?? 0);
      if (declared > mostBytes) return reject(tooLarge(mostBytes));
      makeRoom(declared);
      if (inFlight + declared > most) return reject(overloaded());
      const pieces: Buffer[] = [];
      const mine: Coming = { since: now(), size: 0, giveUp: () => refuse(overloaded()) };
      const release = () => void (inFlight -= mine.size);
      const leave = () => {
        coming.delete(mine);
        incoming.off('data', onData).off('end', onEnd).off('error', onLost).off('close', onLost);
      };
      // Left early, the socket must stay open: the refusal is still to be said on it.
      const refuse = (failure: Failure) => {
        leave();
        release();
        reject(failure);
      };
      const onData = (piece: Buffer) => {
        mine.size += piece.length;
        inFlight += piece.length;
        if (mine.size > mostBytes) return refuse(tooLarge(mostBytes));
        if (inFlight > most) return refuse(overloaded());
        pieces.push(piece);
      };
      const onEnd = () => {
        leave();
        resolve({ bytes: pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces), release });
      };
      const onLost = () => refuse(new Failure('invalid', 'The body ended early.'));
      if (incoming.destroyed) return onLost();
      coming.add(mine);
      incoming.on('data', onData).on('end', onEnd).on('error', onLost).on('close', onLost);
    });
  return { take };
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
