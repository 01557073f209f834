import { z } from 'zod';
import { categories } from '../announcements/schema.ts';
import { gateStage } from '../gates/schema.ts';
import { launch } from '../launches/schema.ts';
import { runStep } from '../run-steps/schema.ts';

export const statusPage = z.object({ id: z.uuid(), createdBy: z.string(), createdAt: z.iso.datetime() });
export type StatusPage = z.output<typeof statusPage>;

/** What anybody with the address reads: dates, stages, steps and what was published. No member, no reason, no money, nothing of another launch. */
export const launchStatus = z.object({
  launch: launch.pick({ name: true, stage: true, state: true, readyDate: true, marketDate: true }),
  timeZone: z.string(),
  today: z.iso.date(),
  gates: z.array(z.object({ stage: gateStage, passedAt: z.iso.datetime().nullable() })),
  deliverables: z
    .object({ finished: z.int(), of: z.int() })
    .describe('Of those without which the launch is not ready: approved or shipped'),
  steps: z.array(runStep.pick({ id: true, dayOffset: true, day: true, atTime: true, at: true, text: true, state: true, checkedAt: true })),
  announcements: z.array(
    z.object({ title: z.string(), category: z.enum(categories), publishedAt: z.iso.datetime(), url: z.url().nullable() }),
  ),
  changedAt: z.iso.datetime(),
});
export type LaunchStatus = z.output<typeof launchStatus>;
