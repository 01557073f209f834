import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { refuse, type ReadingLimits } from './limits.ts';

export type ByteTally = { packed: number; unpacked: number };

/** Reads until at least `bytes` are there (or the end), so that a kind can be told before anything is parsed. */
export async function peek(source: AsyncIterable<Uint8Array>, bytes: number): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  let size = 0;
  while (size < bytes) {
    const next = await iterator.next();
    if (next.done) break;
    held.push(asBuffer(next.value));
    size += next.value.length;
  }
  const head = Buffer.concat(held);
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (head.length) yield head;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield asBuffer(next.value);
    } finally {
      await iterator.return?.();
    }
  }
  return { head, all: all() };
}

export async function* counted(source: AsyncIterable<Buffer>, tally: ByteTally, which: keyof ByteTally): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    tally[which] += chunk.length;
    yield chunk;
  }
}

/** Unpacks gzip and stops as soon as the output outgrows what an honest file would hold. */
export async function* gunzipped(source: AsyncIterable<Buffer>, tally: ByteTally, limits: ReadingLimits): AsyncGenerator<Buffer> {
  const packed = Readable.from(source, { objectMode: false, highWaterMark: 64 * 1024 });
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  packed.once('error', (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      const unpacked = tally.unpacked + chunk.length;
      if (unpacked > limits.ratioFromBytes && unpacked > tally.packed * limits.ratio) {
        throw refuse('zip_bomb', {
          en: `The file unpacks to more than ${limits.ratio} times its size, which no export does. Nothing was imported. If it is genuine, unpack it and import the plain file.`,
          zh: `文件解压后超过自身大小的 ${limits.ratio} 倍，正常的导出不会如此。没有导入任何内容。如果文件无误，请解压后导入。`,
        });
      }
      yield chunk;
    }
  } catch (error) {
    throw gunzipProblem(error);
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}

export async function* bounded(source: AsyncIterable<Buffer>, tally: ByteTally, limits: ReadingLimits): AsyncGenerator<Buffer> {
  for await (const chunk of counted(source, tally, 'unpacked')) {
    if (tally.unpacked > limits.unpackedBytes) {
      throw refuse('too_large', {
        en: `The file is larger than ${Math.round(limits.unpackedBytes / 1024 ** 2)} MB unpacked. Split it and import the parts.`,
        zh: `文件解压后超过 ${Math.round(limits.unpackedBytes / 1024 ** 2)} MB。请拆分后分别导入。`,
      });
    }
    yield chunk;
  }
}

function gunzipProblem(error: unknown): unknown {
  const code = (error as { code?: string }).code;
  if (code === 'Z_BUF_ERROR')
    return refuse('truncated', {
      en: 'The packed file ends too early: it was cut off on the way. Download or export it again.',
      zh: '压缩文件不完整：传输中被截断。请重新下载或导出。',
    });
  if (code?.startsWith('Z_'))
    return refuse('damaged', {
      en: 'The packed file is damaged and cannot be unpacked. Download or export it again.',
      zh: '压缩文件已损坏，无法解压。请重新下载或导出。',
    });
  return error;
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
