import { z } from 'zod';
import { memberRef } from '../charters/schema.ts';
import { usedFeature } from '../features/schema.ts';

export const stages = ['concept', 'alpha', 'beta', 'ga', 'deprecated'] as const;
export const horizons = [30, 60, 90] as const;

const names = z.array(z.string().trim().min(1).max(120)).max(50);

/**
 * Who of the base of the feature this launch is for: accounts that were there on the market date, of these plans and segments (empty
 * means all that the base holds).
 */
export const eligibility = z.object({
  plans: names.default([]).describe('Plans whose accounts are eligible; empty means every plan of the base of the feature'),
  segments: names.default([]).describe('Segments whose accounts are eligible; empty means every segment of the base of the feature'),
  createdBeforeMarketDate: z.boolean().default(true).describe('Leave out accounts that came after the market date'),
});
export type Eligibility = z.output<typeof eligibility>;

const share = z.number().gt(0).max(1);

/** The adoption that the launch is judged by. Registered before the market date, or marked as registered late. */
export const adoptionGoal = z.object({
  unit: z.enum(['account', 'person']).default('account'),
  target: share.describe('Share of the eligible base that adopts by the horizon, between 0 and 1'),
  horizonDays: z.literal(horizons).default(90),
  marks: z
    .object({ day30: share.nullish(), day60: share.nullish() })
    .default({})
    .describe('Where adoption should be on the way, shown beside the curve'),
  minimumSample: z.int().min(5).max(10_000).default(20).describe('With fewer eligible, the verdict is "cannot tell"'),
});
export type AdoptionGoal = z.output<typeof adoptionGoal>;

const date = z.iso.date();

const line = z.string().trim().min(1).max(120);

export const launchFields = z.object({
  name: z.string().trim().min(1).max(120),
  tier: z.int().min(1).max(3).default(2).describe('1 is the largest'),
  stage: z.enum(stages).default('concept'),
  readyDate: date.nullish().describe('Owned by product'),
  marketDate: date.describe('Owned by product marketing; adoption is counted from this day, in the time zone of the workspace'),
  featureId: z.uuid().nullish(),
  featureVersion: z.int().min(1).nullish().describe('Version of the feature by which the goal is judged; the newest if not given'),
  eligibility: eligibility.default({ plans: [], segments: [], createdBeforeMarketDate: true }),
  goal: adoptionGoal.nullish().describe('A goal on the adoption of the feature, registered at once; goals.create makes drafts of any kind'),
  moreFeatureIds: z.array(z.uuid()).max(50).default([]).describe('Other features that go out with it'),
  personas: z.array(line).max(50).default([]).describe('Who of the buyers and users it is for'),
  job: z.string().trim().max(2000).default('').describe('The job to be done that it serves'),
  languages: z.array(line).max(50).default([]),
  regions: z.array(line).max(50).default([]),
  productOwnerId: z.uuid().nullish().describe('Member who answers for the ready date'),
  marketingOwnerId: z.uuid().nullish().describe('Member who answers for the market date'),
  brief: z.string().max(20_000).default('').describe('Markdown'),
});

export const states = ['planned', 'cancelled'] as const;

export const move = z.object({ from: date, to: date, reason: z.string(), by: z.string(), at: z.iso.datetime() });

export type Move = z.output<typeof move>;

export const launch = z.object({
  id: z.uuid(),
  key: z.string().describe('Short name in addresses and on the command line'),
  name: z.string(),
  tier: z.int(),
  stage: z.enum(stages),
  readyDate: date.nullable(),
  marketDate: date,
  feature: usedFeature.nullable().describe('In the version that the goal was registered with; without a goal in the newest'),
  eligibility,
  goal: adoptionGoal.nullable().describe('The first of its goals on the adoption of the feature, as it was registered; a draft if none is'),
  goalRegisteredAt: z.iso.datetime().nullable().describe('When that one was registered; null while it is a draft'),
  state: z.enum(states),
  stateReason: z.string().describe('Why it was cancelled'),
  moreFeatures: z.array(z.object({ id: z.uuid(), name: z.string() })).describe('Other features that go out with it'),
  personas: z.array(z.string()),
  job: z.string(),
  languages: z.array(z.string()),
  regions: z.array(z.string()),
  productOwner: memberRef.nullable(),
  marketingOwner: memberRef.nullable(),
  template: z.object({ key: z.string(), version: z.int() }).nullable().describe('What its bill of materials was made from'),
  splitFrom: z.uuid().nullable(),
  brief: z.string(),
  version: z.int().describe('Send it back with a change; a change made meanwhile is refused, not overwritten'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Launch = z.output<typeof launch>;

const choice = z.object({ value: z.string(), accounts: z.int() });
export const choices = z.object({ plans: z.array(choice), segments: z.array(choice) });
export type Choices = z.output<typeof choices>;
