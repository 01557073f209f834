import { z } from 'zod';
import { answerFacts } from '../questions/schema.ts';

/** Fewer accounts on a plan say nothing about what is usual on it. */
export const fewestOnPlan = 20;

export const expansionsAsked = z.object({
  days: z.int().min(1).max(366).default(28).describe('So many days up to the last one that events cover'),
  limits: z
    .array(z.object({ plan: z.string().min(1).max(200), people: z.int().min(1).max(10_000_000) }))
    .max(50)
    .default([])
    .describe('What a plan is made for: so many active people. Without one, more than 9 in 10 accounts on the same plan have'),
  segment: z.string().max(200).nullable().default(null).describe('Only accounts of this segment'),
});
export type ExpansionsAsked = z.output<typeof expansionsAsked>;

export const expansions = z.object({
  plans: z.array(
    z.object({
      plan: z.string(),
      accounts: z.int(),
      median: z.number().describe('Active people of the account in the middle'),
      limit: z.number().nullable().describe('An account with more active people stands out; null where there is none to compare with'),
      basis: z
        .enum(['set', 'peers', 'too_few'])
        .describe('Set by who asks; 9 in 10 accounts on the plan have no more; too few accounts to say'),
      outgrown: z.int(),
    }),
  ),
  segments: z.array(z.object({ segment: z.string(), accounts: z.int(), outgrown: z.int() })),
  withoutPlan: z.int().describe('Accounts without a plan; they are left out'),
  facts: answerFacts,
});
export type Expansions = z.output<typeof expansions>;
