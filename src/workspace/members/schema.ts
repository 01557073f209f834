import { z } from 'zod';
import { said } from '../../platform/language.ts';

/** What a member may be in a workspace, most powerful first (the same list as platform/roles.ts; a test holds them together). */
export const memberRoles = ['owner', 'pmm', 'contributor', 'sales', 'reader'] as const;
export const memberRole = z.enum(memberRoles);

export const email = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email({ error: said({ en: 'is not an e-mail address', zh: '不是邮箱地址' }) }));
export const personName = z.string().trim().min(1).max(120);
export const locale = z.enum(['en', 'zh']);

export const passwordLength = { least: 12, most: 200 };

/** Length is what makes a password strong; nothing else is asked of it, except that it is not one key held down. */
export const newPassword = z
  .string()
  .min(passwordLength.least, {
    error: said({ en: `must have at least ${passwordLength.least} characters`, zh: `至少 ${passwordLength.least} 个字符` }),
  })
  .max(passwordLength.most)
  .refine((text) => new Set(text).size >= 5, {
    error: said({ en: 'must have at least 5 different characters', zh: '至少有 5 个不同字符' }),
  });

export const member = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: memberRole,
  joinedAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable().describe('Set while the member may not enter this workspace'),
});
export type WorkspaceMember = z.output<typeof member>;
