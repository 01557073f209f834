import { z } from 'zod';

export const importRow = z.object({
  line: z.int(),
  name: z.string(),
  action: z.enum(['new', 'changed', 'same', 'rejected']).describe('What becomes of it'),
  problems: z
    .array(
      z.enum([
        'no_name',
        'name_too_long',
        'twice',
        'bad_date',
        'no_date',
        'unknown_owner',
        'bad_link',
        'unknown_need',
        'not_signed',
        'ring',
      ]),
    )
    .describe('What could not be taken from the row; the row itself is left out only when it is rejected'),
  dueOn: z.iso.date().nullable(),
  status: z.string(),
  owner: z.string().nullable(),
});
export type ImportRow = z.output<typeof importRow>;

export const importedDeliverables = z.object({
  columns: z.array(z.object({ field: z.string(), header: z.string() })).describe('Which column is taken for what'),
  dateOrderNeeded: z.boolean().describe('The dates do not tell whether day or month comes first: say so, with dateOrder'),
  counts: z.object({ new: z.int(), changed: z.int(), same: z.int(), rejected: z.int() }),
  rows: z.array(importRow),
  dryRun: z.boolean(),
});
export type ImportedDeliverables = z.output<typeof importedDeliverables>;
