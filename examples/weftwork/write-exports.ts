import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportFiles } from './exports.ts';
import { weftwork } from './generate.ts';

/** Writes the export files of Weftwork's tools into a folder, to try the import with; gives back their paths. */
export async function writeExports(folder: string, seed?: number): Promise<string[]> {
  const written: string[] = [];
  for (const { path, text } of exportFiles(weftwork(seed))) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    await pipeline(Readable.from(pieces(text)), createWriteStream(target));
    written.push(target);
  }
  return written;
}

/** Joins lines into pieces of about 64 kB: a write for each line would take most of the time. */
function* pieces(lines: Iterable<string>): Generator<string> {
  let held = '';
  for (const line of lines) {
    held += line;
    if (held.length < 65_536) continue;
    yield held;
    held = '';
  }
  if (held) yield held;
}
