import { z } from 'zod';

const counts = {
  received: z.int().describe('Acknowledged: stored, duplicate, failed and on their way together'),
  stored: z.int(),
  duplicate: z.int().describe('Copies of a message that was stored before; the first copy stands'),
  failed: z.int().describe('Kept apart with the reason; see failed events'),
  waiting: z.int().describe('Acknowledged and on disk, on their way into the event store'),
};

export const periodCount = z.object({ at: z.string().describe('Start of the hour or day'), ...counts });
export const keyCount = z.object({
  key: z.uuid(),
  name: z.string().nullable().describe('Name of the write key; null for a key that is not here any more'),
  lastAt: z.iso.datetime().nullable().describe('Hour in which it last sent'),
  ...counts,
  periods: z.array(periodCount),
});
export type KeyCount = z.output<typeof keyCount>;
export type PeriodCount = z.output<typeof periodCount>;

export const eventCounts = z.object({
  ...periodCount.omit({ at: true }).shape,
  isWhole: z.boolean().describe('Whether all that waits was counted: of a long queue only its oldest 64 MB are'),
  periods: z.array(periodCount),
  keys: z.array(keyCount),
});
export type Counts = z.output<typeof eventCounts>;

export const countsAsked = z.object({
  by: z.enum(['hour', 'day']).default('day'),
  from: z.iso.date().optional().describe('First day, in the time zone of the workspace; 30 days back if not given'),
  to: z.iso.date().optional().describe('Last day'),
  key: z.uuid().optional().describe('Only of this write key'),
});
