import { isAscii } from 'node:buffer';
import { refuse } from './limits.ts';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'gb18030'] as const;
export type Encoding = (typeof encodings)[number];
export type DecodingTally = { encoding: Encoding; replaced: number };

const replacement = '\uFFFD';

/** Text of the bytes. UTF-8 unless the bytes say otherwise; what is not UTF-8 is read as windows-1252 (a superset of Latin-1). */
export async function* decoded(source: AsyncIterable<Buffer>, tally: DecodingTally, asked?: Encoding): AsyncGenerator<string> {
  let decode: ((chunk: Buffer | null) => string) | null = null;
  let held: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const chunk of source) {
    if (decode) {
      yield cleaned(decode(chunk), tally);
      continue;
    }
    held = held.length ? Buffer.concat([held, chunk]) : chunk;
    const encoding = asked ?? decide(held, first, false);
    first = false;
    if (encoding) {
      tally.encoding = encoding;
      decode = decoder(encoding);
      yield cleaned(decode(held), tally);
    } else if (isAscii(held)) {
      yield cleaned(held.toString('latin1'), tally);
      held = Buffer.alloc(0);
    }
  }
  if (!decode) {
    tally.encoding = asked ?? decide(held, first, true) ?? 'utf-8';
    decode = decoder(tally.encoding);
    yield cleaned(decode(held), tally);
  }
  yield cleaned(decode(null), tally);
}

/** Null while only ASCII was seen, or too little after the first other byte to judge. */
function decide(bytes: Buffer, first: boolean, end: boolean): Encoding | null {
  if (first) {
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
    const wide = wideWithoutMark(bytes.subarray(0, 4096));
    if (wide) return wide;
  }
  const start = bytes.findIndex((byte) => byte > 127);
  if (start < 0 || (!end && bytes.length - start < 4096)) return null;
  const { sound, broken } = weighUtf8(bytes.subarray(start), end);
  return broken > sound ? 'windows-1252' : 'utf-8';
}

/** UTF-16 without a mark: nearly every other byte of Western text is zero. */
function wideWithoutMark(bytes: Buffer): Encoding | null {
  const zeros = [0, 0];
  bytes.forEach((byte, index) => {
    if (byte === 0) zeros[index & 1]!++;
  });
  const half = bytes.length / 2;
  if (half < 2) return null;
  if (zeros[1]! > half * 0.4 && zeros[0]! < half * 0.1) return 'utf-16le';
  if (zeros[0]! > half * 0.4 && zeros[1]! < half * 0.1) return 'utf-16be';
  return null;
}

function weighUtf8(bytes: Buffer, end: boolean): { sound: number; broken: number } {
  let sound = 0;
  let broken = 0;
  for (let index = 0; index < bytes.length;) {
    const byte = bytes[index]!;
    const length =
      byte < 0x80 ? 1 : byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
    if (length > 1 && index + length > bytes.length && !end) break;
    const whole = length > 0 && [1, 2, 3].slice(0, length - 1).every((step) => ((bytes[index + step] ?? 0) & 0xc0) === 0x80);
    if (length !== 1 && whole) sound++;
    if (!whole) broken++;
    index += whole ? length : 1;
  }
  return { sound, broken };
}

function decoder(encoding: Encoding): (chunk: Buffer | null) => string {
  if (encoding === 'windows-1252') return (chunk) => (chunk ? windows1252(chunk) : '');
  try {
    const text = new TextDecoder(encoding);
    return (chunk) => (chunk ? text.decode(chunk, { stream: true }) : text.decode());
  } catch {
    throw refuse('unknown_encoding', {
      en: `This Node was built without ${encoding}. Convert the file to UTF-8 and import it again.`,
      zh: `此 Node 不支持 ${encoding}。请将文件转换为 UTF-8 后重新导入。`,
    });
  }
}

// Node 20 reads windows-1252 as Latin-1, so that the euro sign and curly quotes are lost: the 32 places that differ are set here.
const upper = '€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ';
function windows1252(chunk: Buffer): string {
  return chunk.toString('latin1').replace(/[\u0080-\u009f]/g, (character) => upper[character.charCodeAt(0) - 0x80]!);
}

/** NUL and lone halves of a character pair can be stored by neither database: they become U+FFFD and are counted. */
export function cleaned(text: string, tally: { replaced: number }): string {
  let clean = text;
  if (clean.includes('\0')) clean = clean.replaceAll('\0', replacement);
  if (!clean.isWellFormed()) clean = clean.toWellFormed();
  if (clean.includes(replacement)) tally.replaced += clean.split(replacement).length - 1;
  return clean;
}
