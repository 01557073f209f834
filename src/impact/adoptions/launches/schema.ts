import { z } from 'zod';
import { answerFacts, unit } from '../../questions/schema.ts';
import { adoption } from '../schema.ts';

const limit = z.number().nullable();
const curvePoint = z.object({ day: z.int(), share: z.number(), low: limit, high: limit, of: z.int() });
const mark = z.object({
  day: z.int(),
  count: z.int().describe('Adopted by the end of the day'),
  of: z
    .int()
    .describe(
      'Of those followed so long, or who adopted before; from access the share also counts the others, as far as they were followed',
    ),
  share: limit.describe('Null unless measured'),
  low: limit,
  high: limit,
  state: z.enum(['measured', 'counts_only', 'too_few', 'not_yet']).describe('not_yet: too few have had so many days'),
});

export const launchesAsked = z.object({
  launches: z
    .array(z.string().max(120))
    .max(12)
    .nullish()
    .describe('Keys of launches; the newest 8 whose market date is past if not given'),
  from: z
    .enum(['market_date', 'access'])
    .default('market_date')
    .describe("Day 1: the launch's market date for all, or for accounts that came later the day they came"),
  horizonDays: z.coerce.number().int().min(7).max(365).default(90),
  unit: unit.default('accounts').describe('From access only accounts can be counted'),
});
export type LaunchesAsked = z.output<typeof launchesAsked>;

export const launchesCompared = z.object({
  from: launchesAsked.shape.from.unwrap(),
  horizonDays: z.int(),
  unit,
  lastDay: z.iso.date().nullable(),
  launches: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      marketDate: z.iso.date(),
      feature: z.string(),
      version: z.int().describe('Of the feature'),
      eligible: z.int(),
      waiting: z.int().describe('Have neither adopted nor had the whole time yet'),
      until: z.int().describe('The last day that can be read'),
      curve: z.array(curvePoint),
      marks: z.array(mark),
      half: adoption.shape.timeToAdopt.shape.median,
    }),
  ),
  without: z.array(z.string()).describe('Launches that were asked for, without a feature or before their market date'),
  facts: answerFacts,
});
export type LaunchesCompared = z.output<typeof launchesCompared>;
