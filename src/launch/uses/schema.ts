import { z } from 'zod';
import { memberRef } from '../charters/schema.ts';

const count = z.int();
const day = z.iso.date();

/** How often a deliverable was used, as far as that can be seen. */
export const use = z.object({
  deliverable: z.uuid(),
  isMeasured: z.boolean().describe('It has a file, or a link that a short link of a program leads to too; of others nobody can tell'),
  countedSince: z.iso.datetime().nullable().describe('From when on; null where it is not measured, or its files were removed since'),
  downloads: count.describe('Times that a file of it was downloaded, by members other than whoever added that file'),
  clicks: count.describe('Times that short links of programs to the same addresses were followed, without bots'),
  lastOn: day.nullable().describe('The last day on which it was used; null where it never was'),
});
export type Use = z.output<typeof use>;

export const usedBy = z.object({ member: memberRef, downloads: count, lastOn: day });

export const deliverableUse = use.extend({ by: z.array(usedBy).describe('Who downloaded its files, the last one first') });
export type DeliverableUse = z.output<typeof deliverableUse>;
