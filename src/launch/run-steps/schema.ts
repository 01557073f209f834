import { z } from 'zod';
import { memberRef } from '../charters/schema.ts';
import { said } from '../../platform/language.ts';

export const states = ['waiting', 'done', 'failed'] as const;
export const mostSteps = 200;

const url = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => /^https?:\/\/\S+$/i.test(text), {
    error: said({ en: 'must begin with https:// or http://', zh: '须以 https:// 或 http:// 开头' }),
  });

export const runStepFields = z.object({
  dayOffset: z.int().min(-30).max(60).default(0).describe('Days after the market date; 0 is the day itself'),
  atTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: said({ en: 'must be a time from 00:00 to 23:59', zh: '须为 00:00 至 23:59 的时间' }) })
    .describe('Time of day in the time zone of the workspace'),
  text: z.string().trim().min(1).max(500),
  ownerId: z.uuid().nullish(),
  url: url.nullish().describe('Where it is done, or can be seen'),
});

export const runStep = z.object({
  id: z.uuid(),
  dayOffset: z.int(),
  day: z.iso.date().describe('Worked out from the market date'),
  atTime: z.string(),
  at: z.iso.datetime().describe('The moment, in UTC'),
  text: z.string(),
  owner: memberRef.nullable(),
  url: z.string().nullable(),
  state: z.enum(states),
  note: z.string(),
  checkedBy: z.string().nullable(),
  checkedAt: z.iso.datetime().nullable(),
  version: z.int(),
});
export type RunStep = z.output<typeof runStep>;
