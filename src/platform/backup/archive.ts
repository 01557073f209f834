import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Failure } from '../failure.ts';

// A backup is a gzipped tar (ustar): any machine can look inside with `tar tzf`, and sizes are known before each entry,
// because rows are cut into entries of a few megabytes.
const block = 512;
const largestEntryBytes = 1024 ** 3;

export type Entry = { name: string; bytes: number; sha256: string };

export const sha256Of = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;

const headerOf = (name: string, bytes: number): Buffer => {
  const header = Buffer.alloc(block);
  if (Buffer.byteLength(name) > 100) throw new Error(`The name of an entry is too long: ${name}`);
  header.write(name, 0);
  header.write(octal(0o600, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(bytes, 12), 124);
  header.write(octal(0, 12), 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
};

/** Writes entries to `file`, which exists only once all of them are on the disk. */
export const createArchive = async (file: string) => {
  const partial = `${file}.partial`;
  await rm(partial, { force: true });
  const target = createWriteStream(partial, { mode: 0o600, flags: 'wx' });
  await once(target, 'open').catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      'invalid',
      `${partial} could not be written (${error.code}). Choose a folder that exists and that Landfall may write to.`,
    );
  });
  const gzip = createGzip({ level: 4 });
  gzip.pipe(target);
  const broken = new Promise<never>((_, reject) => {
    target.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Failure('unavailable', `The backup could not be written (${error.code}). Make room on the disk and run it again.`)),
    );
  });
  broken.catch(() => {});
  const entries: Entry[] = [];
  const send = async (bytes: Buffer) => {
    if (!gzip.write(bytes)) await Promise.race([once(gzip, 'drain'), broken]);
  };
  const add = async (name: string, text: Buffer | string) => {
    const content = Buffer.from(text);
    await send(headerOf(name, content.length));
    await send(content);
    await send(Buffer.alloc((block - (content.length % block)) % block));
    entries.push({ name, bytes: content.length, sha256: sha256Of(content) });
  };
  const finish = async () => {
    gzip.end(Buffer.alloc(block * 2));
    await Promise.race([finished(target), broken]);
    await syncPath(partial);
    await rename(partial, file);
    await syncPath(dirname(file));
  };
  const abandon = async () => {
    gzip.destroy();
    target.destroy();
    await rm(partial, { force: true });
  };
  return { entries, add, finish, abandon };
};

/** Brings a file, or the names in a folder, to the disk. */
export const syncPath = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const damaged = (file: string, why: string) =>
  new Failure(
    'invalid',
    `${file} is not a whole backup: ${why}. Nothing was restored. Use another copy of the file, or an earlier backup.`,
  );

const numberAt = (header: Buffer, from: number, to: number) => Number.parseInt(header.toString('latin1', from, to), 8);

const readHeader = (header: Buffer, file: string): { name: string; bytes: number } => {
  const blanked = Buffer.from(header);
  blanked.write('        ', 148);
  const sum = blanked.reduce((total, byte) => total + byte, 0);
  const bytes = numberAt(header, 124, 135);
  if (sum !== numberAt(header, 148, 154) || !(bytes >= 0 && bytes <= largestEntryBytes)) throw damaged(file, 'an entry cannot be read');
  return { name: header.toString('utf8', 0, 100).replace(/\0.*$/s, ''), bytes };
};

/** Reads the entries of an archive in order; a Failure when it is cut off or damaged. */
export const readArchive = async function* (file: string): AsyncGenerator<{ name: string; content: Buffer }> {
  const source = createReadStream(file);
  const unpacked = source.on('error', (error) => unpacked.destroy(error)).pipe(createGunzip());
  const chunks = unpacked[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let held: Buffer[] = [];
  let size = 0;
  const take = async (bytes: number): Promise<Buffer | undefined> => {
    while (size < bytes) {
      const next = await chunks.next();
      if (next.done) return undefined;
      held.push(next.value);
      size += next.value.length;
    }
    const all = Buffer.concat(held);
    held = [all.subarray(bytes)];
    size -= bytes;
    return all.subarray(0, bytes);
  };
  try {
    for (;;) {
      const header = await take(block);
      if (!header) throw damaged(file, 'its end is missing');
      if (header.every((byte) => byte === 0)) {
        while (!(await chunks.next()).done); // the checksum of the whole comes last
        return;
      }
      const { name, bytes } = readHeader(header, file);
      const content = await take(bytes);
      const padding = await take((block - (bytes % block)) % block);
      if (!content || !padding) throw damaged(file, 'its end is missing');
      yield { name, content };
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Failure('not_found', `There is no file ${file}. Check the path.`);
    throw damaged(file, message);
  } finally {
    source.destroy();
    unpacked.destroy();
  }
};

export { damaged };
