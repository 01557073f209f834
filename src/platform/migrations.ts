import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.ts';

export type Migration = { name: string; text: string; checksum: string };

/** The migrations of a folder, in order. */
export const readMigrations = (folder: string): Migration[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    });

/** The migrations still to apply; refuses a store that a newer Landfall wrote, or whose history was edited. */
export const pendingMigrations = (all: Migration[], applied: { name: string; checksum: string }[]): Migration[] => {
  const known = new Map(all.map((migration) => [migration.name, migration]));
  for (const { name, checksum } of applied) {
    const migration = known.get(name);
    if (!migration)
      throw new Failure('conflict', `The store was written by a newer Landfall (it has ${name}). Start that version, or restore a backup.`);
    if (migration.checksum !== checksum)
      throw new Failure('conflict', `Migration ${name} was changed after it was applied. Restore the file as it was released.`);
  }
  const done = new Set(applied.map(({ name }) => name));
  return all.filter(({ name }) => !done.has(name));
};
