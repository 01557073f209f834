import { z } from 'zod';
import { watchOperation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { change } from './schema.ts';
import { watchWrites } from './watching.ts';

export const watchChanges = watchOperation({
  summary: 'Watch what is changed in the workspace, as it is changed: what, and by whom, not the content',
  path: '/changes',
  who: everyone,
  input: z.object({}),
  row: change,
  run: watchWrites,
});
