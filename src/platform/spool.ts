import { mkdirSync } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { type OpenSegment, openSegment, readSegments, type Segment } from './spool-segments.ts';

export type { Segment } from './spool-segments.ts';

export type Spool = {
  /** Each line is the text of a JSON object that is not empty. Resolves when all of them are on disk; rejects when none counts. */
  append: (lines: readonly string[]) => Promise<void>;
  /** The segments that nothing is added to any more, oldest first. The current one is among them when it was begun longer ago than this. */
  sealed: (olderThanMilliseconds?: number) => Promise<Segment[]>;
  remove: (chunk: number) => Promise<void>;
  stats: () => { bytes: number; segments: number; oldestAt: number | null };
  /** Throws when so many bytes of lines would be refused now. */
  room: (bytes: number) => void;
  /** How long the oldest of the lines that are not on disk yet has waited, in milliseconds. */
  delay: () => number;
  /** Rejects when lines could not be appended now. */
  check: () => Promise<void>;
  close: () => Promise<void>;
};

type Options = { maxBytes: number; segmentBytes?: number; segmentLines?: number };
type Waiting = { lines: readonly string[]; size: number; since: number; resolve: () => void; reject: (error: Failure) => void };

const again = { retryAfterSeconds: 30 };
const cannotWrite = (error: unknown) =>
  new Failure('unavailable', `The spool cannot be written (${(error as Error).message}). Nothing was kept: send it again.`, again);
const isFull = () =>
  new Failure('too_many', 'The spool is full, because the event store is behind. Nothing was kept: send it again.', again);
const isStopping = () => new Failure('unavailable', 'This server is stopping. Nothing was kept: send it again.', { retryAfterSeconds: 5 });

// Chunks of rows that come by another way than a spool take the lower half of a millisecond's numbers.
const chunkOf = (milliseconds: number) => milliseconds * 1000 + 500 + Math.floor(Math.random() * 500);

const oneAfterTheOther = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(run: () => Promise<T>): Promise<T> => {
    const mine = last.then(run);
    last = mine.catch(() => {});
    return mine;
  };
};

const tryToWrite = async (folder: string) => {
  const path = join(folder, 'probe');
  const file = await open(path, 'w', 0o600);
  try {
    await file.write(Buffer.alloc(4096));
    await file.datasync();
  } finally {
    await file.close();
    await unlink(path);
  }
};

/** The segments of a folder: sealed ones and at most one that is open. Its calls must not overlap. */
const openLog = async (folder: string, { segmentBytes = 16 * 1024 ** 2, segmentLines = 50_000 }: Options) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const sealed = await readSegments(folder);
  let sealedBytes = sealed.reduce((sum, { bytes }) => sum + bytes, 0);
  let lastChunk = sealed.at(-1)?.chunk ?? 0;
  let current: OpenSegment | undefined;
  let isHurt = false;
  let begunAt = 0;

  const seal = async () => {
    const done = await current?.seal();
    [current, isHurt] = [undefined, false];
    if (!done) return;
    sealed.push(done);
    sealedBytes += done.bytes;
  };
  const begin = async () => {
    lastChunk = Math.max(lastChunk + 1, chunkOf(Date.now()));
    begunAt = performance.now();
    return openSegment(folder, lastChunk);
  };
  return {
    segmentBytes,
    bytes: () => sealedBytes + (current?.size().bytes ?? 0),
    chunks: () => [...sealed, ...(current ? [current] : [])].map(({ chunk }) => chunk),
    write: async (groups: readonly (readonly string[])[]) => {
      if (isHurt) await seal();
      current ??= await begin();
      try {
        await current.write(groups);
      } catch (error) {
        // After a failed sync nobody knows what a later one is worth: what follows goes to another file.
        isHurt = true;
        await seal().catch(() => {});
        throw error;
      }
      const { bytes, lines } = current.size();
      if (bytes >= segmentBytes || lines >= segmentLines) await seal().catch(() => (isHurt = true));
    },
    sealed: async (olderThanMilliseconds: number) => {
      if (current && performance.now() - begunAt >= olderThanMilliseconds) await seal();
      return [...sealed];
    },
    remove: async (chunk: number) => {
      const place = sealed.findIndex((each) => each.chunk === chunk);
      if (place < 0) return;
      await unlink(sealed[place]!.path);
      sealedBytes -= sealed.splice(place, 1)[0]!.bytes;
    },
  };
};

/**
 * A log that lines are appended to until somebody has taken them elsewhere. All appends that wait are written and synced together, so that
 * the price of the disk is paid once. Each line begins with the number of its segment (the chunk) and its own within it (the receipt);
 * chunks grow over time, also over restarts.
 */
export const openSpool = async (folder: string, options: Options): Promise<Spool> => {
  const log = await openLog(folder, options);
  const inTurn = oneAfterTheOther();
  const waiting: Waiting[] = [];
  let waitingBytes = 0;
  let isFlushing = false;
  let flushing: Waiting | undefined;
  let isClosed = false;

  const take = () => {
    const taken: Waiting[] = [];
    for (let size = 0; waiting.length > 0 && size < log.segmentBytes; size += taken.at(-1)!.size) taken.push(waiting.shift()!);
    return taken;
  };
  const flush = async (): Promise<void> => {
    const group = take();
    flushing = group[0];
    const settle = await log.write(group.map(({ lines }) => lines)).then(
      () => (each: Waiting) => each.resolve(),
      (error: unknown) => (each: Waiting) => each.reject(cannotWrite(error)),
    );
    for (const each of group) {
      waitingBytes -= each.size;
      settle(each);
    }
    flushing = undefined;
    // Others have their turn between two groups.
    isFlushing = waiting.length > 0;
    if (isFlushing) void inTurn(flush);
  };
  const room = (bytes: number) => {
    if (isClosed) throw isStopping();
    if (log.bytes() + waitingBytes + bytes > options.maxBytes) throw isFull();
  };
  const append = (lines: readonly string[]) =>
    new Promise<void>((resolve, reject) => {
      const size = lines.reduce((sum, line) => sum + line.length + 48, 0);
      room(size);
      if (lines.length === 0) return resolve();
      waiting.push({ lines, size, since: performance.now(), resolve, reject });
      waitingBytes += size;
      if (!isFlushing) void inTurn(flush);
      isFlushing = true;
    });

  return {
    append,
    room,
    sealed: (olderThanMilliseconds = 500) => inTurn(() => log.sealed(olderThanMilliseconds)),
    remove: (chunk) => inTurn(() => log.remove(chunk)),
    stats: () => {
      const [oldest, ...others] = log.chunks();
      return { bytes: log.bytes(), segments: oldest ? others.length + 1 : 0, oldestAt: oldest ? Math.floor(oldest / 1000) : null };
    },
    delay: () => {
      const oldest = flushing ?? waiting[0];
      return oldest ? performance.now() - oldest.since : 0;
    },
    check: async () => {
      room(1);
      await tryToWrite(folder).catch((error: unknown) => Promise.reject(cannotWrite(error)));
    },
    close: async () => {
      isClosed = true;
      while (isFlushing) await inTurn(async () => {});
      await inTurn(() => log.sealed(0));
    },
  };
};
