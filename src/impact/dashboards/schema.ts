import { z } from 'zod';
import { said } from '../../platform/language.ts';
import { question } from '../questions/schema.ts';

export const mostOnBoard = 24;

export const dashboardFields = z.object({
  name: z.string().trim().min(1).max(120),
  questions: z
    .array(z.uuid())
    .max(mostOnBoard)
    .refine((ids) => new Set(ids).size === ids.length, {
      message: said({ en: 'a question stands on a dashboard once; name it once', zh: '一个问题在看板上只出现一次，请只列一次' }),
    })
    .default([])
    .describe('Ids of kept questions, in their order on the board'),
});

export const dashboard = z.object({
  id: z.uuid(),
  name: z.string(),
  questions: z.array(question).describe('Those of them that are still there'),
  version: z.int().describe('Send it back with a change; a change made meanwhile is refused, not overwritten'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Dashboard = z.output<typeof dashboard>;

export const dashboardLine = dashboard.omit({ questions: true }).extend({ questions: z.int().describe('How many questions stand on it') });
export type DashboardLine = z.output<typeof dashboardLine>;
