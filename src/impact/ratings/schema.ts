import { z } from 'zod';
import { said } from '../../platform/language.ts';
import { answerFacts, breakdown, rangeInput, step } from '../questions/schema.ts';
import { groupKinds, periods } from '../trends/schema.ts';

const scale = z
  .object({ from: z.int().min(0).max(1), to: z.int().min(1).max(10) })
  .refine(({ from, to }) => to > from, said({ en: 'the scale ends above where it begins', zh: '量表的终点须高于起点' }));

/** Ratings that people gave with an event: one of each person, the newest. */
export const ratingsAsked = z.object({
  answer: step.extend({ event: z.string().min(1).max(200) }).describe('The event with which somebody answers'),
  property: z.string().trim().min(1).max(200).describe('The property of the event that holds the rating, a whole number'),
  scale: scale.default({ from: 1, to: 5 }).describe('The lowest and the highest rating that can be given, such as 1 to 5 stars or 0 to 10'),
  invitation: step
    .extend({ event: z.string().min(1).max(200) })
    .nullish()
    .describe('The event with which people were asked; gives the share that answered'),
  range: rangeInput,
  by: z.enum(periods).default('month'),
  breakdown: breakdown.nullish(),
});
export type RatingsAsked = z.output<typeof ratingsAsked>;

const later = step.extend({ event: z.string().max(200) });
/** The question while it is being put together: what nobody has chosen yet is ''. */
export const ratingsAddress = ratingsAsked.extend({ answer: later, property: z.string().max(200), invitation: later.nullish() });
export type RatingsAddress = z.output<typeof ratingsAddress>;

const interval = { low: z.number(), high: z.number() };
const mean = z
  .object({ mean: z.number(), ...interval })
  .nullable()
  .describe('With a 95% interval; null without an answer');

export const ratings = z.object({
  scale: z.object({ from: z.int(), to: z.int() }),
  answers: z.int().describe('People who answered; of several answers of one person the newest counts'),
  accounts: z.int().describe('From so many accounts they come; a person without one counts as one'),
  mean,
  isFew: z.boolean().describe('Fewer than 20 answers'),
  stars: z.array(z.object({ star: z.int(), count: z.int(), share: z.number(), ...interval })),
  periods: z.array(z.object({ at: z.iso.date(), answers: z.int(), mean, incomplete: z.boolean() })),
  groups: z.array(
    z.object({
      kind: z.enum(groupKinds),
      name: z.string(),
      answers: z.int(),
      mean,
      isFew: z.boolean(),
      forRanking: z
        .number()
        .nullable()
        .describe('Pulled towards the mean of all, the more the fewer answers there are; null where nothing can be ranked'),
    }),
  ),
  ranking: z
    .enum(['ranked', 'too_few_groups', 'no_spread_within', 'no_difference_seen'])
    .nullable()
    .describe('Whether the groups can be ranked at all; null without a breakdown'),
  response: z
    .object({ asked: z.int(), answered: z.int(), share: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() })
    .nullable()
    .describe('Of those asked in the period, who answered in it, then or later; null when nobody says who was asked'),
  outside: z.int().describe('Answers that are no whole number of the scale; they are left out'),
  withoutPerson: z.int().describe('Answers of which nobody knows whose they are; they are left out'),
  repeated: z.int().describe('Earlier answers of people who answered again'),
  facts: answerFacts,
});
export type Ratings = z.output<typeof ratings>;

export const ratingRowsAsked = ratingsAsked.extend({
  star: z.coerce.number().int().min(0).max(10).optional().describe('Those who gave this rating; all if not given'),
});
export type RatingRowsAsked = z.output<typeof ratingRowsAsked>;
