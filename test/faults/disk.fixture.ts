import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A small disk of its own, or undefined where this user may not mount one. */
export const mountDisk = (target: string, size: string): { unmount: () => void } | undefined => {
  mkdirSync(target, { recursive: true, mode: 0o700 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', target], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { unmount: () => void execFileSync('umount', ['-l', target]) };
};

/** Fills a disk to the last page, also while the server takes of it; answers how to free it again. */
export const fill = async (disk: string): Promise<() => void> => {
  const file = join(disk, 'filler');
  const { bavail, bsize } = statfsSync(disk);
  await writeFile(file, Buffer.alloc((bavail + 1) * bsize)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOSPC') throw error;
  });
  return () => rmSync(file);
};
