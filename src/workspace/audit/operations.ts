import { z } from 'zod';
import { toCsv } from '../../platform/csv.ts';
import { operation } from '../../platform/operation.ts';
import { owners } from '../../platform/roles.ts';
import { readAudit, readAuditChoices } from './queries.ts';
import { auditEntry, auditFilter, type AuditEntry } from './schema.ts';

export const listAudit = operation({
  summary: 'List who changed what, the newest first',
  method: 'GET',
  path: '/audit',
  who: owners,
  input: auditFilter.extend({
    olderThan: z.coerce.number().int().positive().optional().describe('Id of the last entry of the page before'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ entries: z.array(auditEntry), next: z.int().nullable().describe('Send it as olderThan for the next page') }),
  run: async (context, input) => {
    const entries = await context.read((transaction) => readAudit(transaction, { ...input, limit: input.limit + 1 }));
    const page = entries.slice(0, input.limit);
    return { entries: page, next: entries.length > page.length ? page.at(-1)!.id : null };
  },
});

export const listAuditChoices = operation({
  summary: 'List who and what occurs in the audit trail, to filter by',
  method: 'GET',
  path: '/audit/choices',
  who: owners,
  input: z.object({}),
  output: z.object({
    actors: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string() })),
    subjects: z.array(z.string()),
  }),
  run: (context) => context.read(readAuditChoices),
});

const mostRowsInFile = 100_000;
const head = [
  'id',
  'at',
  'actor_kind',
  'actor_id',
  'actor_name',
  'door',
  'request_id',
  'operation',
  'subject',
  'subject_id',
  'before',
  'after',
];
const json = (value: unknown) => (value == null ? null : JSON.stringify(value));

const cellsOf = ({ actor, ...entry }: AuditEntry) => [
  entry.id,
  entry.at,
  actor.kind,
  actor.id,
  actor.name,
  entry.door,
  entry.requestId,
  entry.operation,
  entry.subject,
  entry.subjectId,
  json(entry.before),
  json(entry.after),
];

export const exportAudit = operation({
  summary: 'Export the audit trail as CSV, the newest first',
  method: 'GET',
  path: '/audit.csv',
  who: owners,
  input: auditFilter,
  output: z.object({
    fileName: z.string(),
    csv: z.string(),
    truncated: z.boolean().describe(`There are more entries than the file holds (${mostRowsInFile}); narrow the filter`),
  }),
  run: async (context, input) => {
    const entries = await context.read((transaction) => readAudit(transaction, { ...input, limit: mostRowsInFile + 1 }));
    const kept = entries.slice(0, mostRowsInFile);
    const fileName = `audit-${context.now().toISOString().slice(0, 10)}.csv`;
    return { fileName, csv: toCsv([head, ...kept.map(cellsOf)]), truncated: entries.length > kept.length };
  },
});
