import { z } from 'zod';
import { programKinds, programStatuses } from '../schema.ts';

export const importProblems = [
  'no_name',
  'name_too_long',
  'twice',
  'bad_date',
  'dates_reversed',
  'bad_amount',
  'bad_currency',
  'unknown_parent',
  'ring',
] as const;

export const importRow = z.object({
  line: z.int(),
  name: z.string(),
  action: z.enum(['new', 'changed', 'same', 'rejected']).describe('What becomes of it'),
  problems: z
    .array(z.enum(importProblems))
    .describe('What could not be taken from the row; the row itself is left out only when it is rejected'),
  kind: z.enum(programKinds),
  status: z.enum(programStatuses),
  startsOn: z.iso.date().nullable(),
  endsOn: z.iso.date().nullable(),
  budget: z.number().nullable(),
  actualCost: z.number().nullable(),
  currency: z.string(),
  parent: z.string().nullable().describe('Name of the program that it is a part of'),
});
export type ImportRow = z.output<typeof importRow>;

export const importedPrograms = z.object({
  columns: z.array(z.object({ field: z.string(), header: z.string() })).describe('Which column is taken for what'),
  dateOrderNeeded: z.boolean().describe('The dates do not tell whether day or month comes first: say so, with dateOrder'),
  counts: z.object({ new: z.int(), changed: z.int(), same: z.int(), rejected: z.int() }),
  rows: z.array(importRow),
  dryRun: z.boolean(),
});
export type ImportedPrograms = z.output<typeof importedPrograms>;
