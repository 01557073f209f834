import { z } from 'zod';
import { said } from '../../platform/language.ts';

const day = z.iso.date();

export const usualCollisionDays = 14;

export const freezeFields = z
  .object({ name: z.string().trim().min(1).max(120), from: day, to: day.describe('The last day, itself frozen') })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: said({ en: 'must not be before the first day', zh: '不得早于第一天' }) });

export const freezePeriod = z.object({ id: z.uuid(), name: z.string(), from: day, to: day });
export type FreezePeriod = z.output<typeof freezePeriod>;

const calendarLaunch = z.object({
  key: z.string(),
  name: z.string(),
  tier: z.int(),
  stage: z.string(),
  readyDate: day.nullable(),
  marketDate: day,
  segments: z.array(z.string()).describe('Whom it is for; empty means everybody'),
  frozenBy: z.array(z.string()).describe('Freeze periods that its market date falls into'),
});
export type CalendarLaunch = z.output<typeof calendarLaunch>;

const named = z.object({ key: z.string(), name: z.string(), marketDate: day });

export const collision = z.object({
  first: named,
  second: named,
  daysApart: z.int(),
  segments: z.array(z.string()).describe('The audience that both are for; empty when it is everybody'),
});
export type Collision = z.output<typeof collision>;

export const calendar = z.object({
  from: day,
  to: day,
  launches: z.array(calendarLaunch).describe('Whose ready or market date falls into these days, by market date'),
  freezes: z.array(freezePeriod),
  collisions: z.array(collision).describe('Two launches for the same audience with fewer days between them than the setting says'),
  collisionDays: z.int(),
  version: z.int().describe('Of the setting; send it back with a change'),
});
export type Calendar = z.output<typeof calendar>;

export const calendarLink = z.object({ id: z.uuid(), name: z.string(), createdBy: z.string(), createdAt: z.iso.datetime() });
export type CalendarLink = z.output<typeof calendarLink>;
