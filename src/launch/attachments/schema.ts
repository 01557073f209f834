import { z } from 'zod';

const megabyte = 1024 * 1024;
export const largestMegabytes = 25;
export const largestBytes = largestMegabytes * megabyte;
export const mostAttachments = 50;

export const attachment = z.object({
  id: z.uuid(),
  deliverableId: z.uuid(),
  name: z.string(),
  sizeBytes: z.int(),
  sha256: z.string().describe('Of its bytes, in hexadecimal'),
  addedBy: z.string(),
  addedAt: z.iso.datetime(),
});
export type Attachment = z.output<typeof attachment>;

// What would steer a terminal or a log, or turn the reading direction so that "gpj.exe" reads as "exe.jpg".
// oxlint-disable-next-line no-control-regex
const hidden = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/** The name of a file without the folders that it lay in, and without signs that nobody sees. Empty when nothing is left. */
export const plainName = (given: string): string => {
  const name = given.toWellFormed().normalize('NFC').replaceAll(hidden, '').split(/[\\/]/).at(-1)!.trim();
  return /^\.+$/.test(name) ? '' : name;
};
