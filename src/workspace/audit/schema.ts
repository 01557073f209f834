import { z } from 'zod';

export const auditFilter = z.object({
  subject: z.string().max(60).optional().describe('What was written, such as launch or key'),
  subjectId: z.string().max(120).optional(),
  actor: z.string().max(120).optional().describe('Id of the member or key that wrote'),
  operation: z.string().max(120).optional(),
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional().describe('Up to, not including'),
});

export const auditEntry = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  door: z.string(),
  requestId: z.string(),
  operation: z.string(),
  subject: z.string(),
  subjectId: z.string(),
  before: z.unknown().describe('As it was; null for what was made'),
  after: z.unknown().describe('As it is now; null for what was deleted'),
});
export type AuditEntry = z.output<typeof auditEntry>;
