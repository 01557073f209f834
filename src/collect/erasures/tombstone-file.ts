import { existsSync } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';

/** Hash of the id that was asked for, where it is known, and hashes of everything that the person was known by. */
const tombstone = z.object({
  workspace: z.uuid(),
  erasure: z.uuid(),
  at: z.iso.datetime(),
  salt: z.string().min(1),
  hash: z.string().nullable(),
  hashes: z.array(z.string().regex(/^[\da-f]{64}$/)).min(1),
});
const readmission = z.object({ workspace: z.uuid(), erasure: z.uuid(), readmittedAt: z.iso.datetime() });
export type Tombstone = z.output<typeof tombstone>;
export type Readmission = z.output<typeof readmission>;
export type Tombstones = { erased: Map<string, Tombstone>; readmitted: Map<string, Readmission>; unreadable: number[] };

const line = z.union([tombstone, readmission]);

/**
 * Who was erased, beside the stores: a backup that is restored takes the place of the stores and leaves this file alone, so that it stays
 * known who was erased after the backup was written.
 */
const fileIn = (folder: string): string => join(folder, 'tombstones.jsonl');

const add = (to: Tombstones, one: Tombstone | Readmission): void => {
  if ('readmittedAt' in one) return void to.readmitted.set(one.erasure, one);
  const before = to.erased.get(one.erasure);
  to.erased.set(one.erasure, before ? { ...one, hashes: [...new Set([...before.hashes, ...one.hashes])] } : one);
};

const parse = (text: string): Tombstone | Readmission | undefined => {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/** All that the file says; several lines of one erasure count together. A line that a crash cut off is told by its number. */
export const readTombstones = async (folder: string): Promise<Tombstones> => {
  const found: Tombstones = { erased: new Map(), readmitted: new Map(), unreadable: [] };
  if (!existsSync(fileIn(folder))) return found;
  for (const [index, text] of (await readFile(fileIn(folder), 'utf8')).split('\n').entries()) {
    if (text === '') continue;
    const one = parse(text);
    if (one) add(found, one);
    else found.unreadable.push(index + 1);
  }
  return found;
};

const endsWithin = async (file: FileHandle): Promise<boolean> => {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 10;
};

/** Adds lines, and answers when they are on the disk. */
export const appendTombstones = async (folder: string, lines: readonly (Tombstone | Readmission)[]): Promise<void> => {
  if (lines.length === 0) return;
  try {
    const file = await open(fileIn(folder), 'a+', 0o600);
    try {
      const text = lines.map((one) => `${JSON.stringify(one)}\n`).join('');
      await file.appendFile((await endsWithin(file)) ? `\n${text}` : text);
      await file.sync();
    } finally {
      await file.close();
    }
    const names = await open(folder, 'r');
    await names.sync().finally(() => names.close());
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure('unavailable', {
      en: `tombstones.jsonl in the data folder could not be written (${code}). Make room on the disk, or let Landfall write there.`,
      zh: `无法写入数据文件夹中的 tombstones.jsonl（${code}）。请腾出磁盘空间，或允许 Landfall 写入。`,
    });
  }
};
