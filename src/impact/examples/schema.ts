import { z } from 'zod';
import { workspace } from '../../workspace/workspaces/schema.ts';

export const openedExample = workspace.extend({
  launches: z.array(z.string()).describe('Keys of the launches in it'),
  rows: z.int().describe('How many rows were written, all in one import that can be undone'),
});
