import { z } from 'zod';

export const erasureStates = ['running', 'done', 'failed'] as const;
export type ErasureState = (typeof erasureStates)[number];

export const erasure = z.object({
  id: z.uuid(),
  number: z.int().describe('Counted up within the workspace'),
  state: z.enum(erasureStates),
  hash: z.string().nullable().describe('Salted SHA-256 of the id of the person; nothing else of them is kept'),
  found: z
    .record(z.string(), z.int())
    .nullable()
    .describe('By table: how many rows were taken away, or held something of the person that was written over'),
  problem: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  doneAt: z.iso.datetime().nullable(),
  readmittedAt: z.iso.datetime().nullable().describe('Since when what comes of the person is stored again'),
});
export type Erasure = z.output<typeof erasure>;
