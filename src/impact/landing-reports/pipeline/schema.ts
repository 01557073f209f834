import { z } from 'zod';
import { acceleration, amount, touchRule, winRate } from '../../pipelines/schema.ts';

const count = z.int().min(0);
const day = z.iso.date().nullable();

export const launchParts = ['sourced', 'influenced', 'undated', 'named'] as const;
export type LaunchPart = (typeof launchParts)[number];

const side = z.object({
  deals: count,
  open: count,
  won: count,
  lost: count,
  unpriced: count.describe('Deals without an amount'),
  amounts: z.array(amount).describe('By currency; amounts of different currencies are never added'),
});
export type LaunchSide = z.output<typeof side>;

/** Deals that the launch has to do with. A deal stands once in sourced, influenced or undated, and may stand in named as well. */
export const launchPipeline = z.object({
  programs: z
    .array(z.object({ id: z.string(), key: z.string(), name: z.string() }))
    .describe('Programs of the launch, with those that are parts of them'),
  campaigns: z.array(z.string()).describe('Names in touches that mean these programs'),
  features: z.array(z.string()).describe('Its features: a deal whose product is called so names the launch'),
  rule: touchRule.extend({ version: z.int() }),
  sourced: side.describe('The first touch in the look-back before the deal was created is of the launch'),
  influenced: side.describe('Touched by the launch before it closed, and not sourced by it'),
  undated: side.describe('Touched by the launch, but a date is missing to tell which'),
  named: side.describe('The product of the deal is called like a feature of the launch, touched or not'),
  from: day.describe('On which the first of these deals was created'),
  to: day,
  winRate: winRate.describe('Of deals that the launch touched'),
  difference: z
    .object({ points: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('Win rate of touched deals against all others; an association'),
  acceleration: acceleration.describe('Of deals that the launch touched after they were created, against deals that it did not touch'),
  onRecord: z.object({
    deals: count,
    won: count,
    wonWithoutPerson: count.describe('Won deals that name no contact: what is influenced is a lower bound'),
  }),
});
export type LaunchPipeline = z.output<typeof launchPipeline>;
