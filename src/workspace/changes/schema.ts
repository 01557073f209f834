import { z } from 'zod';

export const change = z.object({
  operation: z.string(),
  subject: z.string().describe('The noun that was changed: launch, deliverable, gate'),
  subjectId: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type Change = z.output<typeof change>;
