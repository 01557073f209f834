import { z } from 'zod';
import { memberRole } from '../members/schema.ts';
import { workspace } from '../workspaces/schema.ts';

export const signIn = z.object({
  email: z.string().trim().min(1).max(254),
  password: z.string().min(1).max(1000),
});

/** Who is signed in, and where. Everything is null for a visitor. */
export const currentSession = z.object({
  member: z.object({ id: z.uuid(), name: z.string(), email: z.string(), locale: z.string().nullable() }).nullable(),
  role: memberRole.nullable(),
  workspace: workspace.omit({ createdAt: true }).nullable(),
  workspaces: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export type CurrentSession = z.output<typeof currentSession>;
