import { z } from 'zod';

export const categories = ['new', 'improved', 'fixed', 'changed', 'deprecated'] as const;
export type Category = (typeof categories)[number];

export const announcementStates = ['draft', 'scheduled', 'published', 'withdrawn'] as const;
export type AnnouncementState = (typeof announcementStates)[number];

export const announcementLocale = z.enum(['en', 'zh']);
export type AnnouncementLocale = z.output<typeof announcementLocale>;

const labels = z
  .array(z.string().trim().min(1).max(40))
  .max(10)
  .transform((given) => [...new Set(given)]);

export const announcementFields = z.object({
  title: z.string().trim().min(1).max(200),
  category: z.enum(categories).default('new'),
  labels: labels.default([]).describe('Shown with the entry, such as the part of the product'),
  body: z.string().max(50_000).default('').describe('Markdown; HTML in it is shown as text'),
  locale: announcementLocale.default('en').describe('The language that it is written in'),
  audience: z.string().trim().max(300).default('').describe('Whom it concerns, in words; shown with the entry'),
  launch: z.string().min(1).max(120).nullish().describe('Key or id of the launch that it belongs to'),
});

export const announcement = z.object({
  id: z.uuid(),
  slug: z.string().describe('Its name in the public address; it stays the same when the title changes'),
  title: z.string(),
  category: z.enum(categories),
  labels: z.array(z.string()),
  body: z.string(),
  locale: announcementLocale,
  audience: z.string(),
  launch: z.object({ id: z.uuid(), key: z.string(), name: z.string() }).nullable(),
  state: z.enum(announcementStates).describe('Scheduled until its moment comes, then published'),
  publishAt: z.iso.datetime().nullable().describe('When it became public, or will'),
  publishedBy: z.string().nullable(),
  withdrawnReason: z.string(),
  version: z.int().describe('Send it back with a change; a change made meanwhile is refused, not overwritten'),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Announcement = z.output<typeof announcement>;
