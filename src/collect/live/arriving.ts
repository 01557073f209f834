import { randomBytes } from 'node:crypto';
import type { Application } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Said } from '../../platform/language.ts';
import { isLarge, readLine, type Shown } from './lines.ts';
import { keptMinutes } from './schema.ts';

/** What is held at most; a character is a byte or two. */
export const most = {
  /** Of one workspace. */
  entries: 500,
  characters: 512 * 1024,
  watchers: 20,
  /** In all. */
  workspaces: 64,
  allWatchers: 100,
};

export type Entry = { number: number; receivedAt: number; size: number; line: string; shown: Shown | undefined };
export type Watcher = { wake: () => void; end: () => void };

/** The newest of what a workspace received. Entries are numbered; `next` is the number of the next. */
export type Room = { epoch: string; next: number; characters: number; entries: Entry[]; watchers: Set<Watcher> };

const makeRoom = (): Room => ({ epoch: randomBytes(6).toString('hex'), next: 0, characters: 0, entries: [], watchers: new Set() });

const drop = (room: Room, count: number) => {
  for (const { size } of room.entries.splice(0, count)) room.characters -= size;
};

const put = (room: Room, receivedAt: number, lines: readonly string[]) => {
  const first = Math.max(0, lines.length - most.entries);
  room.next += first;
  for (let index = first; index < lines.length; index++) {
    const line = lines[index]!;
    // What is large is cut at once: it would push out everything else.
    const shown = isLarge(line) ? readLine(line) : undefined;
    const size = shown ? JSON.stringify(shown).length : line.length;
    room.entries.push({ number: room.next++, receivedAt, size, line: shown ? '' : line, shown });
    room.characters += size;
  }
  drop(room, room.entries.length - most.entries);
  while (room.characters > most.characters && room.entries.length > 1) drop(room, 1);
};

const tooMany = (count: number, where: Said) =>
  new Failure(
    'too_many',
    {
      en: `${count} live views are open ${where.en}, as many as may be. Close one of them, and try again.`,
      zh: `${where.zh}已打开 ${count} 个实时视图，达到上限。请关闭一个后重试。`,
    },
    {
      retryAfterSeconds: 30,
    },
  );

/**
 * The newest of what the ingest door acknowledged, by workspace: in memory, in this process, for some minutes, within bounds. Whoever
 * watches reads from it and holds nothing; who is too slow for it misses what it does not hold any more.
 */
const makeLive = (now: () => number) => {
  const rooms = new Map<string, Room>();
  let watchers = 0;
  let state: 'not fed' | 'fed' | 'over' = 'not fed';

  const makePlace = () => {
    for (const [workspace, room] of rooms) {
      if (rooms.size < most.workspaces) return;
      if (room.watchers.size === 0) rooms.delete(workspace);
    }
  };
  /** The room of a workspace; the one that was quiet for longest makes place for a new one. */
  const roomOf = (workspace: string): Room => {
    const known = rooms.get(workspace);
    if (!known) makePlace();
    const room = known ?? makeRoom();
    rooms.delete(workspace);
    rooms.set(workspace, room);
    return room;
  };
  const isOld = ({ receivedAt }: Entry) => receivedAt < now() - keptMinutes * 60_000;
  const forgetOld = () => {
    for (const [workspace, room] of rooms) {
      const young = room.entries.findIndex((entry) => !isOld(entry));
      drop(room, young < 0 ? room.entries.length : young);
      if (room.entries.length === 0 && room.watchers.size === 0) rooms.delete(workspace);
    }
  };

  return {
    /** From now on things arrive here. */
    feed: () => void (state = state === 'over' ? state : 'fed'),
    /** Called after the events are on disk: no more than a few numbers and references are kept. */
    arrived: (workspace: string, receivedAt: number, lines: readonly string[]) => {
      if (lines.length === 0) return;
      const room = roomOf(workspace);
      put(room, receivedAt, lines);
      for (const { wake } of room.watchers) wake();
    },
    room: (workspace: string): Room => {
      if (state === 'not fed')
        throw new Failure('unavailable', {
          en: 'No server runs here, so nothing can arrive. Start it with "landfall start", and ask again.',
          zh: '这里没有运行服务器，不会收到任何内容。请用 "landfall start" 启动后重试。',
        });
      if (state === 'over')
        throw new Failure('unavailable', { en: 'The server stops. Try again in a moment.', zh: '服务器正在停止。请稍后重试。' });
      return roomOf(workspace);
    },
    /** Takes a place among those who watch; answers how to leave it. */
    enter: (room: Room, watcher: Watcher): (() => void) => {
      if (room.watchers.size >= most.watchers) throw tooMany(most.watchers, { en: 'in this workspace', zh: '此工作区' });
      if (watchers >= most.allWatchers) throw tooMany(most.allWatchers, { en: 'on this server', zh: '此服务器上' });
      watchers++;
      room.watchers.add(watcher);
      return () => {
        if (room.watchers.delete(watcher)) watchers--;
      };
    },
    /** Nothing of what a workspace received until now, or until that moment, is shown any more. */
    forget: (workspace: string, until = Infinity) => {
      const room = rooms.get(workspace);
      if (!room) return;
      const later = room.entries.findIndex(({ receivedAt }) => receivedAt > until);
      drop(room, later < 0 ? room.entries.length : later);
    },
    forgetOld,
    /** Everybody is sent away, and nobody is let in. */
    end: () => {
      state = 'over';
      for (const room of rooms.values()) for (const { end } of room.watchers) end();
    },
    held: () => ({
      workspaces: rooms.size,
      watchers,
      entries: [...rooms.values()].reduce((sum, { entries }) => sum + entries.length, 0),
    }),
  };
};

export type Live = ReturnType<typeof makeLive>;

const lives = new WeakMap<Application, Live>();

/** What arrives in this process; one for each running Landfall. */
export const liveOf = (application: Application): Live => {
  const known = lives.get(application);
  if (known) return known;
  const live = makeLive(() => application.now().getTime());
  lives.set(application, live);
  return live;
};

const sweepMilliseconds = 30_000;

/** Begins to take in what arrives, and goes on forgetting it until the end. */
export const feedLive = (application: Application): Pick<Live, 'arrived'> => {
  const live = liveOf(application);
  live.feed();
  application.background('live view', async (signal) => {
    const timer = setInterval(live.forgetOld, sweepMilliseconds).unref();
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    clearInterval(timer);
    live.end();
  });
  return {
    arrived: (...given) => {
      try {
        live.arrived(...given);
      } catch (error) {
        // What is acknowledged stays acknowledged, whatever becomes of the view.
        application.log.error({ err: error }, 'the live view missed events');
      }
    },
  };
};

export const endLive = (application: Application): void => liveOf(application).end();
