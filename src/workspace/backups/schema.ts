import { z } from 'zod';

export const backup = z.object({
  id: z.uuid(),
  state: z.enum(['running', 'done', 'failed']),
  file: z.string(),
  progress: z.string().describe('The part that is being written'),
  tables: z
    .array(z.object({ store: z.enum(['postgres', 'clickhouse']), table: z.string(), rows: z.int() }))
    .describe('What is in the file, once it is done'),
  problem: z.string().nullable(),
});
export type Backup = z.output<typeof backup>;
