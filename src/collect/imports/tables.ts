import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Said } from '../../platform/language.ts';
import type { ImportColumn, ImportFile, ImportMapping, ImportProgress, ImportReport, ImportState } from './schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });
/** Why it failed. What was stored before Landfall spoke two languages is one text. */
export type ImportProblem = { code: string; message: Said | string; details: unknown };

export const imports = pgTable('import', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  number: integer('number').notNull(),
  version: bigint('version', { mode: 'number' }),
  state: text('state').$type<ImportState>().notNull(),
  fileName: text('file_name').notNull(),
  file: jsonb('file').$type<ImportFile>(),
  columns: jsonb('columns').$type<ImportColumn[]>(),
  signature: text('signature'),
  mapping: jsonb('mapping').$type<ImportMapping>(),
  answers: jsonb('answers').$type<Record<string, string>>().notNull().default({}),
  progress: jsonb('progress').$type<ImportProgress>().notNull().default({}),
  report: jsonb('report').$type<ImportReport>(),
  problem: jsonb('problem').$type<ImportProblem>(),
  checkedAgainst: text('checked_against'),
  cancelAsked: boolean('cancel_asked').notNull().default(false),
  leaseUntil: moment('lease_until'),
  createdBy: text('created_by').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  committedAt: moment('committed_at'),
  undoneAt: moment('undone_at'),
});
export type ImportRow = typeof imports.$inferSelect;

export const importMappings = pgTable(
  'import_mapping',
  {
    workspaceId: uuid('workspace_id').notNull(),
    signature: text('signature').notNull(),
    mapping: jsonb('mapping').$type<ImportMapping>().notNull(),
    answers: jsonb('answers').$type<Record<string, string>>().notNull(),
    usedAt: moment('used_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.signature] })],
);
