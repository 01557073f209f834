import { z } from 'zod';
import { memberRole } from '../members/schema.ts';

export const keyKind = z
  .enum(['api', 'write'])
  .describe('api: calls operations. write: only sends events, and may stand in a page or an app');

export const keyFields = z.object({
  name: z.string().trim().min(1).max(120).describe('Where the key will be used'),
  kind: keyKind.default('api'),
  role: memberRole.default('reader').describe('What the key may be, at most what you are; a write key has none'),
  mayWrite: z.boolean().default(false).describe('Whether the key may change things'),
  expiresInDays: z.int().min(1).max(3650).nullish().describe('Left out, the key lasts until it is revoked'),
});

export const key = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(['api', 'write']),
  role: memberRole,
  mayWrite: z.boolean(),
  hint: z.string().describe('How the key begins and ends; the key itself is shown once, when it is made'),
  createdBy: z.string().nullable().describe('Name of the member who made it'),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable().describe('To the minute'),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type Key = z.output<typeof key>;
