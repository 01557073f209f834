import { z } from 'zod';
import { email, locale, memberRole, newPassword, personName } from '../members/schema.ts';

export const invitationFields = z.object({ email, role: memberRole.default('contributor') });

export const invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role: memberRole,
  invitedBy: z.string().nullable().describe('Name of the member who invited'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Invitation = z.output<typeof invitation>;

export const invitationToken = z.string().min(20).max(200).describe('The last part of the link');

/** What whoever holds the link sees before accepting. */
export const openedInvitation = z.object({
  workspace: z.string(),
  invitedBy: z.string().nullable(),
  email: z.string(),
  role: memberRole,
  expiresAt: z.iso.datetime(),
  hasAccount: z.boolean().describe('Whether somebody with this e-mail already signs in here'),
  singleSignOn: z.boolean(),
});

export const newcomer = z.object({
  token: invitationToken,
  name: personName.optional().describe('Needed only without an account here'),
  password: newPassword.optional().describe('Needed only without an account here'),
  locale: locale.nullish(),
});
