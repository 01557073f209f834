import { z } from 'zod';
import { announcementLocale } from '../announcements/schema.ts';
import { said } from '../../platform/language.ts';

/** An origin as browsers send it. Checked letter by letter, since it goes into a header. */
export const origin = z
  .string()
  .trim()
  .toLowerCase()
  .max(200)
  .transform((text) => text.replace(/\/$/, ''))
  .pipe(
    z.string().regex(/^https?:\/\/(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/, {
      error: said({
        en: 'is not the origin of a page; write it as in https://www.example.com, without a path',
        zh: '不是页面的来源；请写成 https://www.example.com，不带路径',
      }),
    }),
  );

export const changelogName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9-]{1,58}[a-z0-9])$/, {
    error: said({
      en: 'takes 3 to 60 small letters, digits and hyphens, such as weftwork',
      zh: '须为 3 至 60 个小写字母、数字和连字符，例如 weftwork',
    }),
  });

export const changelogFields = z.object({
  isPublic: z.boolean().describe('Whether anybody may read it; off until somebody turns it on'),
  name: changelogName.describe('Its name in the address, /changelog/<name>; no other workspace can have the same'),
  title: z.string().trim().min(1).max(120),
  locale: announcementLocale.describe('The language of the words around the entries'),
  origins: z
    .array(origin)
    .max(50)
    .transform((given) => [...new Set(given)])
    .describe('Pages that may show the widget, such as https://www.example.com'),
});

export const changelog = z.object({
  isPublic: z.boolean(),
  name: z.string().nullable().describe('Null until it is set up'),
  title: z.string(),
  locale: announcementLocale,
  origins: z.array(z.string()),
  address: z.url().nullable().describe('Where it is read'),
  feed: z.url().nullable().describe('The same as an Atom feed'),
  widget: z.url().nullable().describe('The script that shows it on a page of yours'),
  version: z.int().describe('0 before the first change'),
});
export type Changelog = z.output<typeof changelog>;

export const announcementCount = z.object({
  announcement: z.uuid(),
  views: z.int().describe('Times that its own page was sent'),
  lists: z.int().describe('Times that it stood in the list of the changelog'),
  embeds: z.int().describe('Times that it stood in the widget when that was opened'),
  clicks: z.int().describe('Times that a link in it was followed'),
});
export type AnnouncementCount = z.output<typeof announcementCount>;
