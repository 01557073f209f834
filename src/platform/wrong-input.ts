import { z } from 'zod';
import { type Said, saidAs } from './language.ts';

const localeErrors = { en: z.locales.en().localeError, zh: z.locales.zhCN().localeError };

/** What zod says of one thing that is wrong. What a schema says itself was `said` in both languages. */
export const saidOfIssue = (issue: z.core.$ZodIssue): Said => {
  const own = saidAs(issue.message);
  if (own) return own;
  const general = localeErrors.zh(issue as z.core.$ZodRawIssue);
  const zh = typeof general === 'string' ? general : (general?.message ?? issue.message);
  return { en: issue.message, zh: issue.code === 'custom' ? issue.message : zh };
};
