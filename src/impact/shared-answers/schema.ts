import { z } from 'zod';
import { questionKinds } from '../questions/schema.ts';

export const sharedAnswer = z.object({
  id: z.uuid(),
  question: z.uuid(),
  name: z.string(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type SharedAnswer = z.output<typeof sharedAnswer>;

/** What whoever has the link sees: the answer as it was when it was shared. */
export const openedAnswer = z.object({
  name: z.string(),
  workspace: z.string(),
  kind: z.enum(questionKinds),
  asked: z.record(z.string(), z.unknown()),
  answer: z.record(z.string(), z.unknown()),
  sharedBy: z.string(),
  sharedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  dataChangedSince: z.boolean().describe('Whether events or imports came since the answer was shared; it stands as it was'),
});
export type OpenedAnswer = z.output<typeof openedAnswer>;
