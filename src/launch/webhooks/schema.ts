import { z } from 'zod';
import { noticeKind } from '../notices/schema.ts';
import { said } from '../../platform/language.ts';

export const webhookFormats = ['standard', 'slack', 'teams'] as const;
export type WebhookFormat = (typeof webhookFormats)[number];

const address = z
  .string()
  .trim()
  .max(2000)
  .pipe(
    z.url({ protocol: /^https?$/, error: said({ en: 'must be an address that begins with https://', zh: '须为以 https:// 开头的地址' }) }),
  );

export const webhookFields = z.object({
  name: z.string().trim().min(1).max(120).describe('Who is told, in words'),
  url: address.describe('Where it is sent; https, and no address of a private network unless this Landfall allows it'),
  kinds: z.array(noticeKind).min(1).max(10).describe('What is told'),
  format: z
    .enum(webhookFormats)
    .default('standard')
    .describe('standard: signed JSON (Standard Webhooks); slack, teams: a message as those take it'),
  locale: z.enum(['en', 'zh']).default('en').describe('The language of messages'),
});

export const webhook = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  kinds: z.array(noticeKind),
  format: z.enum(webhookFormats),
  locale: z.enum(['en', 'zh']),
  disabledAt: z.iso.datetime().nullable().describe('Nothing is sent since'),
  disabledReason: z.string(),
  waiting: z.int().describe('How many deliveries wait'),
  failed: z.int().describe('How many were given up in the last 30 days'),
  lastSentAt: z.iso.datetime().nullable(),
  version: z.int().describe('Send it back with a change'),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type Webhook = z.output<typeof webhook>;
