import { setTimeout as wait } from 'node:timers/promises';
import { desc, gt } from 'drizzle-orm';
import { audit } from '../../platform/audit.ts';
import type { Application, Context } from '../../platform/context.ts';
import type { Lasting } from '../../platform/operation.ts';
import type { Change } from './schema.ts';

/** How often the audit trail of a watched workspace is looked at, whoever wrote to it through whichever server. */
const lookMilliseconds = 1000;
/** The longest without a message, so that a reader knows that it is still there. */
const quietMilliseconds = 5000;
/** Who was taken out sees nothing more after that. */
const askAgainMilliseconds = 5000;
const mostRows = 200;
/** A write that began earlier may be committed later: so many numbers back are looked at again. */
const overlap = 50;

type Row = { id: number; change: Change };
type News = { rows: Change[]; received: number; leftOut: number };
type Watcher = { waiting: Change[]; wake: () => void; isOver: boolean };
type Room = { watchers: Set<Watcher>; from: number; seen: Set<number> };

const rooms = new WeakMap<Application, Map<string, Room>>();

const readAfter = (context: Context, id: number): Promise<Row[]> =>
  context.read(async (transaction) => {
    const rows = await transaction
      .select({
        id: audit.id,
        operation: audit.operation,
        subject: audit.subject,
        subjectId: audit.subjectId,
        by: audit.actorName,
        at: audit.at,
      })
      .from(audit)
      .where(gt(audit.id, id))
      .orderBy(desc(audit.id))
      .limit(mostRows);
    return rows.toReversed().map(({ id: number, at, ...row }) => ({ id: number, change: { ...row, at: at.toISOString() } }));
  });

/** What was written since the last look. */
const look = async (context: Context, room: Room): Promise<Change[]> => {
  const found = await readAfter(context, Math.max(0, room.from - overlap));
  const fresh = found.filter(({ id }) => !room.seen.has(id));
  room.seen = new Set(found.map(({ id }) => id));
  room.from = Math.max(room.from, ...room.seen);
  return fresh.map(({ change }) => change);
};

/** Looks for all who watch one workspace, until nobody does or the server stops. */
const keepLooking = async (context: Context, room: Room, signal: AbortSignal): Promise<void> => {
  while (room.watchers.size > 0 && !signal.aborted) {
    await wait(lookMilliseconds, undefined, { signal, ref: false }).catch(() => {});
    if (signal.aborted) break;
    const fresh = await look(context, room).catch((error: unknown) => {
      context.application.log.warn({ err: error }, 'the audit trail could not be looked at; it is tried again');
      return [];
    });
    for (const watcher of room.watchers) {
      watcher.waiting = [...watcher.waiting, ...fresh].slice(-mostRows);
      watcher.wake();
    }
  }
  rooms.get(context.application)?.delete(context.workspace.id);
  for (const watcher of room.watchers) {
    watcher.isOver = true;
    watcher.wake();
  }
};

const enter = async (context: Context, watcher: Watcher): Promise<Room> => {
  const { application, workspace } = context;
  const ours = rooms.get(application) ?? new Map<string, Room>();
  rooms.set(application, ours);
  const found = ours.get(workspace.id);
  if (found) {
    found.watchers.add(watcher);
    return found;
  }
  const room: Room = { watchers: new Set([watcher]), from: 0, seen: new Set() };
  ours.set(workspace.id, room);
  await look(context, room); // what was there before is no news
  application.background('watch changes', (signal) => keepLooking(context, room, signal));
  return room;
};

/** Messages with what is written, until either side ends it. The first says that the watch has begun. */
export const watchWrites = async (context: Context, _: unknown, lasting: Lasting): Promise<AsyncIterator<News, undefined, undefined>> => {
  const watcher: Watcher = { waiting: [], wake: () => {}, isOver: false };
  const room = await enter(context, watcher);
  let [sentAt, askedAt] = [0, performance.now()];
  const end = () => {
    watcher.isOver = true;
    room.watchers.delete(watcher);
    watcher.wake();
  };
  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      watcher.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const next = async () => {
    while (!watcher.isOver) {
      const now = performance.now();
      if (now - askedAt >= askAgainMilliseconds) {
        await lasting.stillMay();
        askedAt = performance.now();
      }
      if (sentAt === 0 || watcher.waiting.length > 0 || now - sentAt >= quietMilliseconds) {
        const rows = watcher.waiting;
        watcher.waiting = [];
        sentAt = now;
        return { done: false as const, value: { rows, received: rows.length, leftOut: 0 } };
      }
      await sleep(quietMilliseconds - (now - sentAt));
    }
    return { done: true as const, value: undefined };
  };
  return {
    next: () =>
      next().catch((error: unknown) => {
        end();
        throw error;
      }),
    return: async () => {
      end();
      return { done: true as const, value: undefined };
    },
  };
};
