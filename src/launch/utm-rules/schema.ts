import { z } from 'zod';
import { said } from '../../platform/language.ts';

/** What may stand in a UTM parameter that a rule names: one spelling, so that a report never shows Email beside email. */
export const utmWord = z
  .string()
  .trim()
  .regex(/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}._-]{0,79}$/u, {
    error: said({
      en: 'takes small letters, digits, points, hyphens and underscores only, 80 at most',
      zh: '只能是小写字母、数字、点、连字符和下划线，最多 80 个',
    }),
  });

const words = z
  .array(utmWord)
  .max(100)
  .transform((given) => [...new Set(given)]);

export const placeholders = ['{program-slug}', '{kind}', '{launch}', '{year}', '{month}'] as const;

const pattern = z
  .string()
  .trim()
  .toLowerCase()
  .max(120)
  .refine((text) => text.includes('{program-slug}'), {
    error: said({
      en: 'must hold {program-slug}, so that no two programs share a name',
      zh: '须包含 {program-slug}，使两个营销项目不会同名',
    }),
  })
  .refine((text) => /^[a-z0-9._-]*$/.test(placeholders.reduce((left, each) => left.replaceAll(each, ''), text)), {
    error: said({
      en: `takes small letters, digits, points, hyphens, underscores and ${placeholders.join(' ')}`,
      zh: `只能是小写字母、数字、点、连字符、下划线和 ${placeholders.join(' ')}`,
    }),
  });

export const utmRuleFields = z.object({
  campaign: pattern.describe(`How utm_campaign is named, such as {year}-{program-slug}. Placeholders: ${placeholders.join(' ')}`),
  sources: words.describe('Which utm_source may be used; empty means any that is written in small letters'),
  media: words.describe('Which utm_medium may be used; empty means any that is written in small letters'),
});

export const utmRule = z.object({
  campaign: z.string(),
  sources: z.array(z.string()),
  media: z.array(z.string()),
  version: z.int().describe('0 before the first change; send it back with a change'),
});
export type UtmRule = z.output<typeof utmRule>;

export const usualUtmRule: UtmRule = { campaign: '{program-slug}', sources: [], media: [], version: 0 };
