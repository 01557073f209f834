import { and, desc, eq, gte, lt } from 'drizzle-orm';
import type { z } from 'zod';
import { audit } from '../../platform/audit.ts';
import type { Transaction } from '../../platform/records/store.ts';
import type { AuditEntry, auditFilter } from './schema.ts';

type Asked = z.output<typeof auditFilter> & { olderThan?: number; limit: number };

const asEntry = (row: typeof audit.$inferSelect): AuditEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
  door: row.door,
  requestId: row.requestId,
  operation: row.operation,
  subject: row.subject,
  subjectId: row.subjectId,
  before: row.before,
  after: row.after,
});

/** Rows of the trail, the newest first. */
export const readAudit = async (transaction: Transaction, asked: Asked): Promise<AuditEntry[]> => {
  const rows = await transaction
    .select()
    .from(audit)
    .where(
      and(
        asked.subject ? eq(audit.subject, asked.subject) : undefined,
        asked.subjectId ? eq(audit.subjectId, asked.subjectId) : undefined,
        asked.actor ? eq(audit.actorId, asked.actor) : undefined,
        asked.operation ? eq(audit.operation, asked.operation) : undefined,
        asked.from ? gte(audit.at, new Date(asked.from)) : undefined,
        asked.until ? lt(audit.at, new Date(asked.until)) : undefined,
        asked.olderThan ? lt(audit.id, asked.olderThan) : undefined,
      ),
    )
    .orderBy(desc(audit.id))
    .limit(asked.limit);
  return rows.map(asEntry);
};

/** Who wrote, and what was written: the choices of the filter. */
export const readAuditChoices = async (transaction: Transaction) => {
  const actors = await transaction
    .selectDistinctOn([audit.actorId], { id: audit.actorId, name: audit.actorName, kind: audit.actorKind })
    .from(audit);
  const subjects = await transaction.selectDistinct({ subject: audit.subject }).from(audit).orderBy(audit.subject);
  return { actors: actors.toSorted((a, b) => a.name.localeCompare(b.name)), subjects: subjects.map(({ subject }) => subject) };
};
