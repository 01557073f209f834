import { z } from 'zod';
import { Failure } from '../failure.ts';
import { damaged, type Entry, readArchive, sha256Of } from './archive.ts';

const table = z.object({ rows: z.int(), checksum: z.string(), columns: z.array(z.string()) });
export type TableSummary = z.output<typeof table>;
const migrations = z.array(z.object({ name: z.string(), checksum: z.string() }));

/** What a backup says about itself; its last entry but one. */
const manifest = z.object({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  instance: z.uuid(),
  records: z.object({ migrations, tables: z.record(z.string(), table), sequences: z.record(z.string(), z.string()) }),
  events: z.object({ migrations, tables: z.record(z.string(), table) }),
  entries: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
});
export type Manifest = z.output<typeof manifest>;

export const manifestName = 'manifest.json';
export const sealName = 'manifest.sha256';

const parseManifest = (text: Buffer, file: string): Manifest => {
  const given = JSON.parse(text.toString('utf8')) as { format?: unknown };
  if (typeof given.format === 'number' && given.format > 1)
    throw new Failure('conflict', `${file} was written by a newer Landfall. Install that version to restore it.`);
  return manifest.parse(given);
};

const checkEntries = (found: Entry[], listed: Entry[], file: string): void => {
  if (found.length !== listed.length) throw damaged(file, `${listed.length} entries were written and ${found.length} are there`);
  for (const [index, { name, bytes, sha256 }] of listed.entries()) {
    const here = found[index]!;
    if (here.name !== name || here.bytes !== bytes || here.sha256 !== sha256)
      throw damaged(file, `${name} was changed after it was written`);
  }
};

/** Reads a backup from end to end and answers what is in it; a Failure unless every byte is as it was written. */
export const verifyBackup = async (file: string): Promise<Manifest> => {
  const found: Entry[] = [];
  let text: Buffer | undefined;
  let seal: string | undefined;
  for await (const { name, content } of readArchive(file)) {
    if (name === manifestName) text = Buffer.from(content);
    else if (name === sealName) seal = content.toString('utf8');
    else found.push({ name, bytes: content.length, sha256: sha256Of(content) });
  }
  if (!text || !seal) throw damaged(file, 'its list of contents is missing');
  if (sha256Of(text) !== seal) throw damaged(file, 'its list of contents was changed');
  const read = parseManifest(text, file);
  checkEntries(found, read.entries, file);
  return read;
};
