import { z } from 'zod';
import { locale, newPassword, personName } from '../members/schema.ts';

export const profile = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  locale: z.string().nullable(),
  hasPassword: z.boolean(),
  singleSignOn: z.boolean().describe('Whether this member also signs in through the sign-in provider'),
});
export type Profile = z.output<typeof profile>;

export const profileChanges = z.object({ name: personName.optional(), locale: locale.nullish() });

export const passwordChange = z.object({ current: z.string().min(1).max(1000), password: newPassword });
