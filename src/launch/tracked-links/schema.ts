import { z } from 'zod';
import { utmWord } from '../utm-rules/schema.ts';
import { said } from '../../platform/language.ts';

/** How a short address ends. Letters and digits that are mistaken for each other are not drawn, but may be chosen. */
export const linkCode = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9-]{1,58}[a-z0-9])$/, {
    error: said({ en: 'takes 3 to 60 small letters, digits and hyphens', zh: '须为 3 至 60 个小写字母、数字和连字符' }),
  });

const isWebAddress = (text: string): boolean => {
  try {
    const { protocol, username, password, hostname } = new URL(text);
    return ['http:', 'https:'].includes(protocol) && hostname !== '' && username === '' && password === '';
  } catch {
    return false;
  }
};

/** Where a link leads: the web only, and no name or password that a reader would take for the site. */
export const target = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => /^https?:\/\/[^/\\]/i.test(text) && isWebAddress(text), {
    error: said({
      en: 'must be an address that begins with https:// or http://, without a name or password in it',
      zh: '须为以 https:// 或 http:// 开头的地址，其中不含用户名或密码',
    }),
  })
  .refine((text) => !isWebAddress(text) || ![...new URL(text).searchParams.keys()].some((name) => name.toLowerCase().startsWith('utm_')), {
    error: said({
      en: 'has UTM parameters of its own. Take them out; the link adds its own',
      zh: '自带 UTM 参数。请去掉，链接会添加自己的参数',
    }),
  })
  .transform((text) => (isWebAddress(text) ? new URL(text).href : text));

const optionalWord = z.union([z.literal(''), utmWord]).default('');

export const trackedLinkFields = z.object({
  name: z.string().trim().max(200).default('').describe('Where it is used, such as "Badge at the booth"'),
  target: target.describe('Where it leads; UTM parameters are added'),
  source: utmWord.describe('utm_source: where it stands, such as linkedin'),
  medium: utmWord.describe('utm_medium: which kind of place that is, such as social'),
  content: optionalWord.describe('utm_content: which of several'),
  term: optionalWord.describe('utm_term'),
});

export const trackedLink = z.object({
  id: z.uuid(),
  program: z.object({ id: z.uuid(), key: z.string(), name: z.string() }),
  code: z.string(),
  address: z.url().describe('The short address'),
  leadsTo: z.url().describe('Where it leads, with its UTM parameters'),
  name: z.string(),
  target: z.string(),
  source: z.string(),
  medium: z.string(),
  campaign: z.string().describe('utm_campaign, as the naming rule said when the link was made'),
  content: z.string(),
  term: z.string(),
  clicks: z.int().describe('Times that it was followed in the period; programs that name themselves as bots, and prefetches, are left out'),
  version: z.int().describe('Send it back with a change; a change made meanwhile is refused, not overwritten'),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type TrackedLink = z.output<typeof trackedLink>;

export const periodFields = {
  from: z.iso.date().optional().describe('First day, in the time zone of the workspace; by default 28 days with the last'),
  to: z.iso.date().optional().describe('Last day; by default today'),
};
