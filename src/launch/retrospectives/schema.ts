import { z } from 'zod';

const text = z.string().trim().max(10_000);

export const templateChange = z.object({
  item: z
    .string()
    .trim()
    .max(60)
    .nullable()
    .default(null)
    .describe('Item of the template that it is about; none for the template as a whole'),
  what: z.string().trim().min(1).max(1000).describe('What to change'),
});

export const retrospectiveFields = z.object({
  wentWell: text.default('').describe('Markdown'),
  wentBadly: text.default('').describe('Markdown'),
  learned: text.default('').describe('Markdown'),
  templateChanges: z.array(templateChange).max(100).default([]).describe('What to change in the template before it is used again'),
});
export type RetrospectiveFields = z.output<typeof retrospectiveFields>;

export const retrospective = retrospectiveFields.extend({
  launch: z.string(),
  launchName: z.string(),
  version: z.int().describe('0 while nothing is written'),
  writtenBy: z.string(),
  writtenAt: z.iso.datetime().nullable(),
});
export type Retrospective = z.output<typeof retrospective>;
