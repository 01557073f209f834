import { z } from 'zod';
import { stages } from '../schema.ts';

export const mostRows = 5000;

const problems = [
  'no_name',
  'name_too_long',
  'no_market_date',
  'bad_market_date',
  'bad_ready_date',
  'before_ready',
  'twice',
  'several_of_that_name',
  'unknown_tier',
  'unknown_stage',
  'tier_stays',
  'stage_stays',
  'unknown_owner',
  'unknown_product_owner',
  'too_long',
] as const;

export const changes = [
  'name',
  'marketDate',
  'readyDate',
  'marketingOwner',
  'productOwner',
  'personas',
  'segments',
  'languages',
  'regions',
  'job',
  'brief',
] as const;
export type Change = (typeof changes)[number];

const day = z.iso.date().nullable();

export const importRow = z.object({
  line: z.int().describe('Line of the file'),
  name: z.string(),
  key: z.string().nullable().describe('Of the launch that it is'),
  action: z.enum(['new', 'changed', 'same', 'rejected']).describe('What becomes of it'),
  changes: z.array(z.enum(changes)).describe('What is another than in the launch'),
  problems: z.array(z.enum(problems)).describe('What could not be taken from the row; the row itself is left out only when it is rejected'),
  marketDate: day,
  readyDate: day,
  tier: z.int().nullable(),
  stage: z.enum(stages).nullable(),
  owner: z.string().nullable().describe('Who answers for the market date'),
});
export type ImportRow = z.output<typeof importRow>;
export type Problem = ImportRow['problems'][number];

export const importedLaunches = z.object({
  import: z.uuid().nullable().describe('To take it back; null for a dry run, or when nothing was to be written'),
  columns: z.array(z.object({ field: z.string(), header: z.string() })).describe('Which column is taken for what'),
  dateOrderNeeded: z.boolean().describe('The dates do not tell whether day or month comes first: say so, with dateOrder'),
  counts: z.object({ new: z.int(), changed: z.int(), same: z.int(), rejected: z.int() }),
  rows: z.array(importRow),
  dryRun: z.boolean(),
});
export type ImportedLaunches = z.output<typeof importedLaunches>;

export const undoneImport = z.object({
  deleted: z.int().describe('Launches that it had brought, and that are deleted; they can be restored for 30 days'),
  putBack: z.int().describe('Launches that it had changed, and that are as they were'),
  kept: z.array(z.string()).describe('Keys of launches that were changed since: they stay as they are'),
});
