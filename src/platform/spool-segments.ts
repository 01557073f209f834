import { createReadStream, readdirSync } from 'node:fs';
import { type FileHandle, open, readFile, rename, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** One file of the spool. Its number grows over time; `lines` and `bytes` are what was acknowledged. */
export type Segment = { chunk: number; path: string; lines: number; bytes: number };

export type OpenSegment = {
  chunk: number;
  /** What is on disk for sure. */
  size: () => { lines: number; bytes: number };
  /** Appends and syncs; when it rejects, nothing of it counts and the segment must be sealed. */
  write: (groups: readonly (readonly string[])[]) => Promise<void>;
  /** Cuts off what was written in part, and closes; nothing when it holds no line. */
  seal: () => Promise<Segment | undefined>;
};

const nameOf = (chunk: number, state: 'open' | 'jsonl') => `${chunk}.${state}`;
const prefixOf = (chunk: number, receipt: number) => `{"chunk":${chunk},"receipt":${receipt},`;

/** A new name in a folder survives a power cut only when the folder was synced, too. */
const syncFolder = async (folder: string) => {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
};

const writeAll = async (file: FileHandle, bytes: Uint8Array, position: number) => {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
};

const createFile = async (folder: string, path: string) => {
  const file = await open(path, 'wx', 0o600);
  try {
    await syncFolder(folder);
    return file;
  } catch (error) {
    await file.close();
    await unlink(path);
    throw error;
  }
};

export const openSegment = async (folder: string, chunk: number): Promise<OpenSegment> => {
  const path = join(folder, nameOf(chunk, 'open'));
  const file = await createFile(folder, path);
  let lines = 0;
  let bytes = 0;
  return {
    chunk,
    size: () => ({ lines, bytes }),
    write: async (groups) => {
      let receipt = lines;
      let text = '';
      for (const group of groups) for (const line of group) text += `${prefixOf(chunk, receipt++)}${line.slice(1)}\n`;
      const content = Buffer.from(text);
      await writeAll(file, content, bytes);
      await file.datasync();
      bytes += content.length;
      lines = receipt;
    },
    seal: async () => {
      await file.truncate(bytes);
      await file.close().catch(() => {}); // synced before
      if (lines === 0) return unlink(path).then(() => undefined);
      const done = join(folder, nameOf(chunk, 'jsonl'));
      const renamed = await rename(path, done).then(
        () => done,
        () => path,
      );
      return { chunk, path: renamed, lines, bytes };
    },
  };
};

const isWhole = (line: string, prefix: string) => {
  if (!line.startsWith(prefix)) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};

/** What a process left that ended in the middle: cut off after the last whole line. What is cut was never acknowledged. */
const recover = async (folder: string, chunk: number): Promise<Segment | undefined> => {
  const path = join(folder, nameOf(chunk, 'open'));
  const content = await readFile(path);
  let bytes = 0;
  let lines = 0;
  for (let end = content.indexOf(10); end >= 0; end = content.indexOf(10, bytes)) {
    if (!isWhole(content.toString('utf8', bytes, end), prefixOf(chunk, lines))) break;
    bytes = end + 1;
    lines++;
  }
  if (lines === 0) return unlink(path).then(() => undefined);
  await truncate(path, bytes);
  const done = join(folder, nameOf(chunk, 'jsonl'));
  await rename(path, done);
  return { chunk, path: done, lines, bytes };
};

const measure = async (folder: string, chunk: number): Promise<Segment> => {
  const path = join(folder, nameOf(chunk, 'jsonl'));
  let lines = 0;
  let bytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1024 ** 2 }) as AsyncIterable<Buffer>) {
    bytes += piece.length;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, end + 1)) lines++;
  }
  return { chunk, path, lines, bytes };
};

/** The segments that lie in the folder, oldest first. */
export const readSegments = async (folder: string): Promise<Segment[]> => {
  const segments: Segment[] = [];
  for (const name of readdirSync(folder)) {
    const [, chunk, state] = /^(\d+)\.(open|jsonl)$/.exec(name) ?? [];
    if (!chunk) continue;
    const segment = await (state === 'open' ? recover : measure)(folder, Number(chunk));
    if (segment) segments.push(segment);
  }
  return segments.toSorted((one, other) => one.chunk - other.chunk);
};
