import { z } from 'zod';
import { memberStatuses } from '../../../launch/programs/schema.ts';
import { step } from '../../questions/schema.ts';

const day = z.iso.date();
const property = z.string().trim().min(1).max(200);

const treatedBy = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('property'), property, values: z.array(z.string().min(1).max(500)).min(1).max(50) }),
    z.object({ kind: z.literal('feature'), feature: z.uuid() }),
    z.object({
      kind: z.literal('program'),
      program: z.string().trim().min(1).max(120).describe('By key or id'),
      reached: z.enum(memberStatuses).default('attended').describe('How far an account had to come'),
    }),
  ])
  .describe('Who got it: accounts with these values of a property, those that first used a feature, or those that came to a program');

/** What somebody did in the days before. */
const earlier = z.object({
  behaviour: step.extend({ event: z.string().min(1).max(200) }),
  days: z.int().min(1).max(400).default(90),
});

export const matchedDesign = z.object({
  kind: z.literal('matched'),
  treatedBy,
  on: day.describe('First day on which it could be had: what accounts are matched on is of before'),
  before: day.describe('They had it before this day; from it on the outcome is counted'),
  numbers: z.array(property).max(8).default([]).describe('Numbers that were known before'),
  categories: z.array(property).max(5).default([]).describe('Properties whose value was known before; matched exactly'),
  earlier: z.array(earlier).max(5).default([]).describe('How often each did it in so many days before'),
});

const balanceLine = z.object({
  kind: z.enum(['number', 'category', 'earlier']),
  name: z.string(),
  value: z.string().nullable().describe('Of a category: the share that has this value'),
  treated: z.number().describe('Mean of those who got it'),
  others: z.number().describe('Mean of all others'),
  matched: z.number().describe('Mean of those whom they are compared with'),
  before: z.number().describe('Difference in standard deviations before matching'),
  after: z.number().describe('The same after matching; more than 0.1 either way leaves no answer'),
});

/** What a comparison with accounts alike rests on. */
export const matchedPart = z.object({
  treated: z.int(),
  matched: z.int().describe('Of those who got it, those who have somebody near enough'),
  leftOut: z.array(z.string()).describe('Names of some who have nobody near enough'),
  others: z.int(),
  used: z.int().describe('Others that stand beside somebody'),
  balance: z.array(balanceLine),
});
export type MatchedPart = z.output<typeof matchedPart>;
