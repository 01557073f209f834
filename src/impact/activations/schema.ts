import { z } from 'zod';
import { answerFacts, behaviour, behaviourDraft, rangeInput, unit } from '../questions/schema.ts';

/** How often a behaviour has to be done to count: each event is looked at with each of these. */
export const atLeast = [1, 2, 3, 5] as const;
export const halves = ['training', 'holdOut'] as const;
export const whys = ['too_few', 'not_towards_staying', 'not_among_the_best'] as const;

const dayAfter = z.int().min(1).max(365);
const share = z.object({ share: z.number(), low: z.number(), high: z.number() });
const difference = z.object({ difference: z.number(), low: z.number(), high: z.number() });

export const searchAsked = z.object({
  range: rangeInput.describe('Days on which people or accounts were seen for the very first time'),
  unit: unit.default('people'),
  earlyDays: z
    .int()
    .min(1)
    .max(90)
    .default(7)
    .describe('Behaviour within so many days counts; the day of the first event is the first of them'),
  staying: z
    .object({
      from: dayAfter.default(15),
      to: dayAfter.default(28),
      step: behaviour.nullish().describe('What has to be done to have stayed: an event, or the use of a feature; any event if not given'),
    })
    .default({ from: 15, to: 28 })
    .describe('Stayed: active in these days after the day of the first event, both included'),
  behaviours: z
    .array(behaviour)
    .max(10)
    .default([])
    .describe('Looked at as early behaviour beside the events that most sent: uses of features, or events with filters'),
  most: z.int().min(1).max(20).default(5).describe('How many behaviours are chosen on the one half and judged on the other'),
});
export type SearchAsked = z.output<typeof searchAsked>;

const { staying } = searchAsked.shape;
/** The question while it is being put together: an event of staying that nobody has chosen yet is ''. */
export const searchAddress = searchAsked.extend({
  staying: staying.unwrap().extend({ step: behaviourDraft.nullish() }),
  behaviours: z.array(behaviourDraft).max(10),
});
export type SearchAddress = z.output<typeof searchAddress>;

const early = {
  event: z.string().describe('Name of the event, or of what was asked for'),
  behaviour: z.int().nullish().describe('Its place among the behaviours that were asked for, from 0; null: an event that many sent'),
  times: z.int().describe('Done at least so often'),
};

const counts = z.object({ didStayed: z.int(), didLeft: z.int(), notStayed: z.int(), notLeft: z.int() });

const finding = z.object({
  ...early,
  isFinding: z.boolean().describe('Corrected to 5 % or less on the hold-out half, and towards staying'),
  counts: counts.describe('Of the hold-out half'),
  stayedOfThoseWho: z.object({ did: share, didNot: share }),
  difference: difference.describe('Share that stayed of those who did it, minus that of those who did not'),
  pValue: z.number().describe("Fisher's exact test"),
  corrected: z.number().describe('Corrected for how many were chosen (Benjamini and Hochberg)'),
  reach: share.describe('Of those who stayed, the share that did it'),
  lift: z.number(),
  matthews: z.number(),
});
export type Finding = z.output<typeof finding>;

export const search = z.object({
  reading: z.literal('association').describe('What goes with staying; it does not say that the one makes the other'),
  unit,
  refused: z.enum(['too_few', 'no_candidate']).nullable(),
  needed: z.int().nullable().describe('So many who stayed and who left are needed in each half'),
  halves: z.object({ training: z.object({ stayed: z.int(), left: z.int() }), holdOut: z.object({ stayed: z.int(), left: z.int() }) }),
  accounts: z.int().describe('From so many accounts the people come; a person without one counts as one. Halves never split an account'),
  tooYoung: z.int().describe('First seen in the period, but their time to stay is not over'),
  asked: z.int().describe('How many behaviours were looked at'),
  findings: z.array(finding),
  leftOut: z.array(z.object({ ...early, why: z.enum(whys) })),
  earlyDays: z.int(),
  staying: z.object({ from: z.int(), to: z.int() }),
  lastDay: z.iso.date().nullable().describe('The last day that is over and that events cover'),
  facts: answerFacts,
});
export type Search = z.output<typeof search>;

export const searchRowsAsked = searchAsked.extend({
  event: z.string().min(1).max(200).nullish().describe('Name of the event; or name the place of a behaviour'),
  behaviour: z.int().min(0).max(9).nullish().describe('Place among the behaviours, from 0'),
  times: z.int().min(1).max(1000).default(1),
  did: z.boolean().optional().describe('Those who did it, or those who did not; both if not given'),
  stayed: z.boolean().optional(),
  half: z.enum(halves).optional().describe('The half that a figure is of; both if not given'),
});
export type SearchRowsAsked = z.output<typeof searchRowsAsked>;
