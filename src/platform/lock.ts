import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { Failure } from './failure.ts';

/**
 * Takes the kernel's lock on the data folder; the kernel frees it when the process ends, however it ends.
 * (PGlite has none of its own: two processes on one folder silently lose commits.)
 */
export const lockDataFolder = (folder: string): { release: () => void } => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'lock');
  const descriptor = openSync(file, 'a+', 0o600);
  if (!tryLock(descriptor)) {
    const holder = readFileSync(file, 'utf8').trim() || 'unknown';
    closeSync(descriptor);
    throw new Failure(
      'conflict',
      `The data folder ${folder} is in use by process ${holder}. Stop that process, or choose another folder with LANDFALL_DATA.`,
      { holder: Number(holder) || null },
    );
  }
  ftruncateSync(descriptor, 0);
  writeSync(descriptor, `${process.pid}\n`);
  return { release: () => closeSync(descriptor) };
};
