import { z } from 'zod';
import { memberRole } from '../members/schema.ts';
import { said } from '../../platform/language.ts';

/** The zone's name as the IANA list spells it, or undefined. */
const zoneName = (text: string): string | undefined => {
  if (!/^[A-Za-z]/.test(text)) return undefined; // offsets such as +05:00 know no summer time
  try {
    const resolved = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
    if (resolved.toLowerCase() === text.toLowerCase()) return resolved;
    // A second name, such as Asia/Kolkata for Asia/Calcutta: kept, if spelt as the list does.
    return /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
};

export const timeZone = z
  .string()
  .trim()
  .max(64)
  .transform((text, context) => {
    const name = zoneName(text);
    if (name) return name;
    context.addIssue({
      code: 'custom',
      message: said({ en: 'is not a time zone; write it as in Europe/Berlin', zh: '不是时区；请写成 Europe/Berlin 的形式' }),
    });
    return z.NEVER;
  });

const currencies = new Set(Intl.supportedValuesOf('currency'));
export const currency = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => currencies.has(code), {
    error: said({ en: 'is not an ISO 4217 currency; write it as in EUR', zh: '不是 ISO 4217 货币；请写成 EUR 的形式' }),
  });

export const workspaceFields = z.object({
  name: z.string().trim().min(1).max(120),
  timeZone: timeZone.default('UTC').describe('IANA name; days in reports begin and end in it'),
  currency: currency.default('USD').describe('ISO 4217 code; amounts are reported in it'),
});

export const workspace = z.object({
  id: z.uuid(),
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  isExample: z.boolean().describe('Holds the invented example company'),
  createdAt: z.iso.datetime(),
});
export type Workspace = z.output<typeof workspace>;

export const ownWorkspace = workspace.extend({
  role: memberRole,
  deletedAt: z.iso.datetime().nullable().describe('Set when it was deleted; it can be restored for 30 days'),
});
export type OwnWorkspace = z.output<typeof ownWorkspace>;
