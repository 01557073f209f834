import { z } from 'zod';
import { said } from '../../platform/language.ts';
import { keyTypes, objectKinds } from '../objects/schema.ts';

export const importStates = [
  'uploading',
  'mapping',
  'checking',
  'checked',
  'committing',
  'committed',
  'undone',
  'failed',
  'cancelled',
] as const;
export type ImportState = (typeof importStates)[number];

const columnIndex = z.int().min(0).max(999);

/** Where the value of a field comes from: one column, several joined by a space, one text for every row, or the number of the line. */
export const fieldSource = z
  .object({
    column: columnIndex.optional(),
    columns: z.array(columnIndex).min(2).max(5).optional(),
    constant: z.string().max(500).optional(),
    line: z
      .string()
      .max(200)
      .optional()
      .describe(
        'The number of the line with this text before it: a key for rows that have none of their own, in a file that is never sorted anew',
      ),
    by: z.enum(keyTypes).optional().describe('For a reference: by which key the object is looked up'),
    missing: z.enum(['create', 'empty']).optional().describe('For a reference: what to do when the object is not known'),
  })
  .refine((source) => [source.column, source.columns, source.constant, source.line].filter((one) => one !== undefined).length === 1, {
    message: said({ en: 'give exactly one of column, columns, constant and line', zh: 'column、columns、constant 和 line 须恰好填写一个' }),
  });
export type FieldSource = z.infer<typeof fieldSource>;

export const importTarget = z.object({
  kind: z.enum(objectKinds),
  fields: z.record(z.string(), fieldSource).describe('By field name; "id" is the id in the source, "properties" a column of JSON'),
  matchKey: z
    .enum(keyTypes)
    .optional()
    .describe('How rows are matched to what is known; logs without an id are told apart by their content'),
  onlyWhen: columnIndex.optional().describe('Only rows where this column is filled'),
  rest: z.boolean().default(false).describe('Keep the columns that no field uses as properties'),
});
export type ImportTarget = z.infer<typeof importTarget>;

export const importMapping = z.object({
  source: z
    .string()
    .regex(/^[a-z0-9_-]{1,40}$/)
    .describe('Whose ids these are, e.g. salesforce; ids of different sources never meet'),
  header: z.boolean().describe('The first row holds the names of the columns'),
  targets: z.array(importTarget).min(1).max(8),
  valueMaps: z
    .record(z.string(), z.record(z.string(), z.string()))
    .default({})
    .describe('By object kind or "state": text in the file to text that is known'),
  emptyCell: z.enum(['keep', 'clear']).default('keep').describe('An empty cell changes nothing, or clears the text'),
});
export type ImportMapping = z.infer<typeof importMapping>;

export const columnSniff = z.object({
  filled: z.number(),
  distinct: z.number(),
  longest: z.number(),
  email: z.number(),
  domain: z.number(),
  number: z.number(),
  integer: z.number(),
  dotDecimal: z.number(),
  commaDecimal: z.number(),
  unclearDecimal: z.number(),
  date: z.number(),
  dayFirst: z.number(),
  monthFirst: z.number(),
  unclearDate: z.number(),
});
export type ColumnSniff = z.infer<typeof columnSniff>;

export const importColumn = z.object({ name: z.string(), examples: z.array(z.string()), sniff: columnSniff });
export type ImportColumn = z.infer<typeof importColumn>;

export const importQuestion = z.object({
  id: z.string().describe('date:<column>, decimal:<column> or currency:<target>'),
  kind: z.enum(['date_order', 'decimal_mark', 'currency']),
  column: z.number().nullable(),
  target: z.number().nullable(),
  options: z.array(z.string()),
  suggestion: z.string().nullable(),
  examples: z.array(z.string()),
  answer: z.string().nullable(),
});
export type ImportQuestion = z.infer<typeof importQuestion>;

export const outcomes = ['new', 'changed', 'unchanged', 'rejected', 'duplicate'] as const;
export type Outcome = (typeof outcomes)[number];
const counts = z.object({ new: z.number(), changed: z.number(), unchanged: z.number(), rejected: z.number(), duplicate: z.number() });

export const missingReference = z.object({
  kind: z.enum(objectKinds),
  by: z.string(),
  rows: z.number(),
  created: z.boolean().describe('A stub is created for each; otherwise the reference stays empty'),
  distinct: z.number(),
  values: z.array(z.object({ value: z.string(), rows: z.number(), suggestion: z.string().nullable() })).describe('The most frequent 100'),
});
export type MissingReference = z.infer<typeof missingReference>;

export const stageMeaning = z.object({ value: z.string(), rows: z.number(), state: z.enum(['open', 'won', 'lost']) });
export type StageMeaning = z.infer<typeof stageMeaning>;

export const importReport = z.object({
  targets: z.array(z.object({ kind: z.enum(objectKinds), counts, reasons: z.array(z.object({ reason: z.string(), rows: z.number() })) })),
  missing: z.array(missingReference),
  stages: z.array(stageMeaning).default([]).describe('Words for stages in the file, the most frequent 50, and what each is read as'),
});
export type ImportReport = z.infer<typeof importReport>;

export const importFile = z.object({
  kind: z.enum(['delimited', 'json_lines', 'parquet']),
  gzip: z.boolean(),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  bytes: z.number(),
  rows: z.number().describe('Rows that were read, with the header row'),
  firstLine: z.number(),
  replaced: z.number().describe('Characters that no store can hold and that became U+FFFD'),
  forgotten: z.boolean().optional().describe('The rows were kept for 30 days; only the report is left'),
});
export type ImportFile = z.infer<typeof importFile>;

export const importProgress = z.object({
  phase: z.enum(['reading', 'sniffing', 'checking', 'writing', 'removing', 'done']).optional(),
  bytes: z.number().optional(),
  rows: z.number().optional(),
  of: z.number().optional(),
});
export type ImportProgress = z.infer<typeof importProgress>;

export const importView = z.object({
  id: z.string(),
  number: z.number(),
  state: z.enum(importStates),
  fileName: z.string(),
  file: importFile.nullable(),
  columns: z.array(importColumn),
  mapping: importMapping.nullable(),
  remembered: z.boolean().describe('The mapping was used before for a file with this header'),
  questions: z.array(importQuestion),
  progress: importProgress,
  report: importReport.nullable(),
  problem: z.object({ code: z.string(), message: z.string(), details: z.unknown() }).nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
  committedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
});
export type ImportView = z.infer<typeof importView>;

export const importSummary = importView.pick({
  id: true,
  number: true,
  state: true,
  fileName: true,
  report: true,
  createdBy: true,
  createdAt: true,
  committedAt: true,
  undoneAt: true,
});

export const outcomeRow = z.object({
  line: z.number(),
  outcome: z.enum(outcomes),
  reason: z.string(),
  detail: z.string().describe('The column, or what the row collides with'),
  id: z.string(),
  fields: z.record(z.string(), z.string()),
  cells: z.array(z.string()),
});
export type OutcomeRow = z.infer<typeof outcomeRow>;
