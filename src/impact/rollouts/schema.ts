import { z } from 'zod';
import { answerFacts, propertyFilter, step } from '../questions/schema.ts';

const names = z.array(z.string().trim().min(1).max(200)).max(50).default([]);
const day = z.iso.date();

export const lots = ['simple', 'stratified', 'pairs', 'stepped_wedge'] as const;
export const mostAccounts = 50_000;

export const rolloutPlan = z.object({
  plans: names.describe('Only accounts of these plans; empty: every plan'),
  segments: names.describe('Only accounts of these segments; empty: every segment'),
  only: z.array(propertyFilter).max(10).default([]).describe('Only accounts of which this is true'),
  lot: z
    .enum(lots)
    .default('stratified')
    .describe('simple; stratified by plan or segment; pairs of like recent use; stepped_wedge: in waves, in the end everybody has it'),
  treatedShare: z.number().gt(0).lt(1).default(0.5).describe('Share that gets it; in pairs always a half, in a stepped wedge everybody'),
  waves: z.int().min(2).max(12).default(4).describe('Of a stepped wedge'),
  by: z.enum(['plan', 'segment']).default('plan').describe('What the strata are'),
  outcome: step.extend({ event: z.string().min(1).max(200) }).describe('What the goal counts: accounts that do it at least once'),
  days: z.int().min(1).max(180).default(28).describe('In so many days'),
  worthHaving: z.number().gt(0).lt(1).default(0.05).describe('Smallest change of that share worth having: 0.05 is five points'),
  seed: z.int().min(0).max(2_147_483_647).default(1).describe('The same accounts and seed give the same lot'),
});
export type RolloutPlan = z.output<typeof rolloutPlan>;

const arm = z.object({
  wave: z.int().describe('0: held out; 1 and up: gets it, in this order'),
  accounts: z.int(),
  did: z.int().describe('How many of them did it in the days before the lot was drawn'),
});
export type Arm = z.output<typeof arm>;

export const reasons = ['no_eligible', 'too_few', 'no_events', 'no_variation', 'change_too_small'] as const;

/** What a lot can tell, before anything has happened. */
export const basis = z.object({
  eligible: z.int(),
  leftOut: z.int().describe('Eligible, but in no pair'),
  arms: z.array(arm),
  strata: z.array(z.object({ name: z.string(), treated: z.int(), held: z.int() })).describe('Only of a stratified lot'),
  base: z
    .object({ count: z.int(), of: z.int(), share: z.number(), low: z.number(), high: z.number(), from: day, to: day })
    .nullable()
    .describe('Share of the eligible that did it in the days before, with its 95% interval'),
  likeness: z.number().nullable().describe('How much two periods of the same account go together, from 0 to 1; for a stepped wedge'),
  detectable: z.number().nullable().describe('Smallest change of the share that shows with a power of 80%, two-sided at 5%'),
  needed: z.int().nullable().describe('Accounts in each half that would show the smallest change worth having'),
  answerable: z.enum(['yes', 'no']),
  why: z.enum(reasons).nullable(),
});
export type Basis = z.output<typeof basis>;

export const preview = basis.extend({ facts: answerFacts });

export const deviation = z.object({
  id: z.uuid(),
  account: z.string(),
  name: z.string(),
  wave: z.int().describe('As drawn'),
  got: z.boolean().describe('Whether it got it, in spite of the lot'),
  day,
  note: z.string(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type Deviation = z.output<typeof deviation>;

export const rolloutName = z.string().trim().min(1).max(120);

export const rollout = z.object({
  id: z.uuid(),
  name: rolloutName,
  plan: rolloutPlan,
  basis,
  deviations: z.array(deviation).describe('The newest first; the comparison goes by the lot all the same'),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type Rollout = z.output<typeof rollout>;

export const assigned = z.object({
  account: z.string(),
  sourceId: z.string().describe('As the system that the account came from names it'),
  name: z.string(),
  wave: z.int(),
  stratum: z.string(),
  did: z.boolean(),
});
export type Assigned = z.output<typeof assigned>;
