import { z } from 'zod';
import { said } from '../../platform/language.ts';
import { answerFacts, step, unit } from '../questions/schema.ts';

const happening = step.extend({ event: z.string().min(1).max(200) });

export const conversions = ['event', 'won'] as const;
const conversion = z
  .discriminatedUnion('by', [
    z.object({ by: z.literal('event'), step: happening }),
    z.object({ by: z.literal('won') }).describe('An opportunity of the account or person is won'),
  ])
  .describe('What a lead is to come to');

/** A score over recent use: points for each criterion that is met, and the line from which on somebody is a lead. */
export const definition = z
  .object({
    unit: unit.default('accounts'),
    days: z.int().min(1).max(90).default(14).describe('Only what was done in so many days counts'),
    criteria: z
      .array(
        z.object({
          step: happening,
          times: z.int().min(1).max(10_000).default(1).describe('Done at least so often; of an account by all its people together'),
          points: z.int().min(1).max(100).default(1),
        }),
      )
      .min(1)
      .max(10),
    line: z.int().min(1).max(1000).describe('Points from which on somebody is a lead; all points together mean that all criteria are met'),
    conversion,
    within: z.int().min(1).max(365).default(60).describe('Days in which a lead has to convert'),
  })
  .refine(({ criteria, line }) => line <= criteria.reduce((sum, { points }) => sum + points, 0), {
    message: said({ en: 'nobody can reach the line: it is above all points together', zh: '没有人能达到分数线：它高于全部条件的合计分数' }),
    path: ['line'],
  });
export type Definition = z.output<typeof definition>;

export const pqlFields = z.object({ name: z.string().trim().min(1).max(120), definition });

const version = z.object({ version: z.int(), definition, createdBy: z.string(), createdAt: z.iso.datetime() });

export const pql = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.int().describe('Send it back with a change; a change made meanwhile is refused, not overwritten'),
  definition,
  versions: z.array(version).describe('The newest first'),
  createdAt: z.iso.datetime(),
});
export type Pql = z.output<typeof pql>;

const share = z.object({ share: z.number(), low: z.number(), high: z.number() });
const difference = z.object({ difference: z.number(), low: z.number(), high: z.number() });

export const namedPql = z.object({ pql: z.uuid() });
export const backTestAsked = namedPql.extend({
  version: z.int().optional().describe('Which version is tried; the newest if not given'),
  day: z.iso
    .date()
    .optional()
    .describe('The day on which the line is drawn; the newest for which the time to convert is over if not given'),
});
export type BackTestAsked = z.output<typeof backTestAsked>;

export const backTest = z.object({
  reading: z.literal('association').describe('Who would have converted anyway is not known'),
  version: z.int(),
  day: z.iso.date().nullable().describe('The day on which the line is drawn; null without events'),
  isAhead: z.boolean().describe('The version was written by that day; else it may have been chosen to fit what is tested'),
  scores: z.array(z.object({ score: z.int(), happened: z.int(), not: z.int() })),
  refused: z.enum(['above', 'below', 'happened', 'not', 'no_events']).nullable().describe('Of which there are too few'),
  needed: z.int().nullable(),
  result: z
    .object({
      people: z.int(),
      happened: z.int(),
      above: share,
      precision: share.describe('Of those above the line, the share that converted'),
      below: share,
      reach: share.describe('Of those who converted, the share that was above the line'),
      difference,
      lift: z.object({ lift: z.number(), low: z.number(), high: z.number().nullable().describe('Null where it is not bounded') }),
    })
    .nullable(),
  facts: answerFacts,
});
export type BackTest = z.output<typeof backTest>;

export const leadsAsked = namedPql.extend({
  day: z.iso.date().optional().describe('As of the end of this day; the last day of data if not given'),
});
