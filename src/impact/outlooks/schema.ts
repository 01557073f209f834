import { z } from 'zod';

/** Why an outlook is not told; each is an answer, with what would make it answerable. */
export const outlookStates = [
  'told',
  'no_observations',
  'too_few_periods',
  'too_many_periods',
  'falling',
  'peak_not_seen',
  'market_not_identified',
  'not_s_shaped',
  'not_converged',
  'beginning_not_seen',
  'gaps',
  'irregular',
  'own_days',
] as const;
export type OutlookState = (typeof outlookStates)[number];

const curve = z.object({
  innovation: z.number().describe('p: the rate at which they adopt by themselves, per period'),
  imitation: z.number().describe('q: the rate at which they follow others, per period'),
  peak: z.number().describe('Periods from the beginning to the most new adopters in one'),
  market: z.number().describe('m: how many there are to adopt in the end'),
  marketLow: z.number(),
  marketHigh: z.number(),
});

/** What Bass's curve through the past says of the coming periods. */
export const outlook = z.object({
  state: z.enum(outlookStates),
  periods: z.int().describe('Periods of the past that it rests on'),
  needed: z.int().nullable().describe('Periods that are needed, where there are too few'),
  curve: curve.nullable().describe("Bass's curve, with 95% limits for its market; null when nothing is told"),
  fitted: z.array(z.number()).describe('The curve at the end of each period of the past'),
  ahead: z
    .array(z.object({ period: z.int(), value: z.number(), low: z.number(), high: z.number() }))
    .describe('All by the end of each coming period, with a 95% band: it holds the doubt about the curve and the noise to come'),
});
export type Outlook = z.output<typeof outlook>;
