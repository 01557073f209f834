import { z } from 'zod';
import { said } from '../../platform/language.ts';

export const prompts = ['unaided', 'aided'] as const;
export type Prompt = (typeof prompts)[number];
export const lots = ['people', 'places', 'none'] as const;
export type Lot = (typeof lots)[number];
export const moments = ['before', 'during', 'after'] as const;
export type Moment = (typeof moments)[number];
export const groups = ['exposed', 'notExposed'] as const;
export type Group = (typeof groups)[number];

/** Under so many asked the count is shown and no share. */
export const fewestAsked = 20;
export const mostWaves = 60;
export const mostSurveys = 500;

const words = (most: number) => z.string().trim().min(1).max(most);
const day = z.iso.date();

export const surveyFields = z.object({
  question: words(500).describe('What was asked, word for word, such as "Which tools for handing over work do you know?"'),
  prompt: z.enum(prompts).default('unaided').describe('unaided: they name it themselves; aided: they are shown or read the name'),
  askedOf: words(1000).describe('Who was asked: population, panel or way of drawing, and method, in words'),
  exposure: words(1000).describe('How it was established who was exposed, in words'),
  lot: z
    .enum(lots)
    .default('none')
    .describe(
      'What chance decided: which people were exposed, which places were, or nothing. Only with people is a difference more than an association',
    ),
  samePeople: z.boolean().default(false).describe('Whether the same people are asked again in each wave; else others are'),
});
export type SurveyFields = z.output<typeof surveyFields>;

const counted = z
  .object({ asked: z.int().min(1).max(10_000_000), recalled: z.int().min(0).max(10_000_000).describe('How many of these recalled it') })
  .refine(({ asked, recalled }) => recalled <= asked, {
    path: ['recalled'],
    error: said({ en: 'more recalled it than were asked; check both counts', zh: '回忆人数多于受访人数；请核对两个数字' }),
  });
export type CountedRecall = z.output<typeof counted>;

export const waveFields = z.object({
  moment: z.enum(moments).describe('Asked before, during or after the program'),
  startsOn: day.describe('The first day on which people were asked'),
  endsOn: day.nullish().describe('The last day; the first if not given'),
  exposed: counted.nullish().describe('Those exposed to the program, or who will be'),
  notExposed: counted.nullish().describe('Those who are not'),
});
export type WaveFields = z.output<typeof waveFields>;

export const recallWave = waveFields.extend({
  id: z.uuid(),
  endsOn: day,
  exposed: counted.nullable(),
  notExposed: counted.nullable(),
  version: z.int().describe('Send it back with a change'),
  createdBy: z.string(),
});
export type RecallWave = z.output<typeof recallWave>;

export const targetMeasures = ['recall', 'difference', 'difference_in_differences'] as const;
/** The change among the exposed alone is described where nobody else was asked, and never judged. */
export const measures = [...targetMeasures, 'change'] as const;
export type RecallMeasure = (typeof measures)[number];

export const targetFields = z.object({
  measure: z
    .enum(targetMeasures)
    .describe(
      'recall: share of the exposed; difference: exposed less not exposed; difference_in_differences: how much further recall rose among the exposed. Each in the first wave after the program, the last one against the last wave before it',
    ),
  atLeast: z.number().gt(0).max(1).describe('The share or the difference to reach, between 0 and 1: 0.05 is five points'),
});
export type TargetFields = z.output<typeof targetFields>;

export const registeredTarget = targetFields.extend({
  at: z.iso.datetime(),
  by: z.string(),
  words: surveyFields.describe('The survey as it was when the target was registered'),
});
export type RegisteredTarget = z.output<typeof registeredTarget>;

export const groupRecall = z.object({
  asked: z.int(),
  recalled: z.int(),
  share: z.number().nullable().describe(`Null under ${fewestAsked} asked`),
  low: z.number().nullable().describe('Lower end of the 95% interval'),
  high: z.number().nullable(),
});
export type GroupRecall = z.output<typeof groupRecall>;

export const refusals = ['too_few', 'no_exposed', 'no_not_exposed', 'no_before_wave'] as const;

export const comparedRecall = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('estimate'),
    value: z.number().describe('Difference of shares; 0.1 is ten points'),
    low: z.number().describe('Lower end of the 95% interval'),
    high: z.number(),
  }),
  z.object({
    kind: z.literal('refused'),
    why: z.enum(refusals),
    asked: z.int().nullable().describe('Of the smallest group, where it is too few'),
    needed: z.int().nullable(),
  }),
]);
export type ComparedRecall = z.output<typeof comparedRecall>;

export const answeredWave = recallWave.omit({ exposed: true, notExposed: true }).extend({
  exposed: groupRecall.nullable(),
  notExposed: groupRecall.nullable(),
  difference: comparedRecall.describe('Exposed less not exposed (Newcombe)'),
  detectable: z.number().nullable().describe('The difference that so many asked would show in 8 of 10'),
});
export type AnsweredWave = z.output<typeof answeredWave>;

export const recallStep = z.object({
  from: z.uuid().describe('Id of the earlier wave'),
  to: z.uuid(),
  exposed: comparedRecall.describe('Change among the exposed (Newcombe)'),
  notExposed: comparedRecall,
  differenceInDifferences: comparedRecall.describe('How much further recall rose among the exposed'),
});
export type RecallStep = z.output<typeof recallStep>;

export const verdicts = ['met', 'missed', 'cannot_tell', 'described', 'not_yet'] as const;
export const whys = [...refusals, 'no_after_wave', 'no_target', 'late', 'holds_none', 'holds_target'] as const;

export const recallFinding = z.object({
  verdict: z
    .enum(verdicts)
    .describe(
      'met and missed only against a target that was registered before the first wave after the program; described: no such target',
    ),
  why: z.enum(whys).nullable(),
  measure: z.enum(measures).nullable().describe('What is judged or described; null while no wave after the program is there'),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  asked: z.int().nullable().describe('People behind the figure, in all the samples it rests on'),
  needed: z.int().nullable().describe('What each sample needs, where one is too small'),
  wave: z.uuid().nullable().describe('The first wave after the program'),
  baseline: z.uuid().nullable().describe('The last wave before it, where the figure rests on one'),
  reading: z
    .enum(['effect', 'association', 'description'])
    .nullable()
    .describe('effect: chance decided which people were exposed; association: it did not; description: nobody stands beside them'),
});
export type RecallFinding = z.output<typeof recallFinding>;

export const caveats = [
  'not_by_lot',
  'lot_of_places',
  'same_people',
  'aided',
  'before_in_program',
  'after_in_program',
  'late_target',
] as const;
export type Caveat = (typeof caveats)[number];

const named = z.object({ id: z.uuid(), key: z.string(), name: z.string() });

/** What a survey says, without its waves. */
export const recallEvidence = surveyFields.extend({
  id: z.uuid(),
  program: named,
  target: registeredTarget.nullable(),
  finding: recallFinding,
  caveats: z.array(z.enum(caveats)),
});
export type RecallEvidence = z.output<typeof recallEvidence>;

export const recallSurvey = recallEvidence.extend({
  waves: z.array(answeredWave).describe('The earliest first'),
  steps: z.array(recallStep).describe('From each wave to the next, and from the last one before the program to each after it'),
  version: z.int().describe('Send it back with a change; a change made meanwhile is refused, not overwritten'),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type RecallSurvey = z.output<typeof recallSurvey>;

export const importedWaves = z.object({
  done: z.boolean().describe('Whether it was written; false for a dry run, and while a row cannot be taken'),
  created: z.int(),
  changed: z.int().describe('Waves that began on the same day and say something else'),
  unchanged: z.int(),
  faults: z.array(z.object({ line: z.int(), message: z.string() })).describe('Rows that cannot be taken; with one, nothing is written'),
});
export type ImportedWaves = z.output<typeof importedWaves>;
