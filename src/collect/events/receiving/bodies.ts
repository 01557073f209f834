import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Failure } from '../../../platform/failure.ts';
import { type Body, readJson } from './json.ts';

const unzip = promisify(gunzip);
export const tooLarge = (mostBytes: number) =>
  new Failure('too_large', `The body has more than ${mostBytes} bytes after unpacking. Nothing was kept: send fewer events at once.`);

/** Bytes that begin as gzip are unpacked, whatever the headers say of them: clients and proxies do not agree. */
const unpack = async (bytes: Buffer, mostBytes: number): Promise<Buffer> => {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await unzip(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(mostBytes);
    throw new Failure('invalid', `The gzip of the body is broken (${(error as Error).message}).`);
  }
};

/** Unpacks and reads a body; memory stays within the limit, however small it was packed. */
export const readBody = async (bytes: Buffer, mostBytes: number, unwrap?: (bytes: Buffer) => Buffer): Promise<Body> => {
  let content = await unpack(bytes, mostBytes);
  if (unwrap) content = await unpack(unwrap(content), mostBytes);
  if (content.length > mostBytes) throw tooLarge(mostBytes);
  return readJson(content);
};
