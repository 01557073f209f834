import { z } from 'zod';
import { email, newPassword, personName } from '../members/schema.ts';
import { workspaceFields } from '../workspaces/schema.ts';

export const welcome = z.object({
  hasOwner: z.boolean().describe('False on the first visit: whoever comes now becomes the owner'),
  singleSignOn: z.boolean().describe('Whether members may sign in through OpenID Connect, at /auth/oidc'),
  hasExample: z.boolean().describe('Whether the example company is loaded'),
});

export const firstVisit = z.object({
  name: personName,
  email,
  password: newPassword,
  locale: z.enum(['en', 'zh']).nullish(),
  workspace: workspaceFields,
});
