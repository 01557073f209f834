import { z } from 'zod';
import { comparisons as registeredComparisons, designKinds } from '../../launch/goals/schema.ts';
import { answerFacts, propertyFilter, step } from '../questions/schema.ts';
import { groupKinds } from '../trends/schema.ts';
import { matchedDesign, matchedPart } from './matched/schema.ts';
import { seriesDesigns, seriesOutcomes, seriesPart } from './series/schema.ts';

/**
 * Whose outcome is counted: the units are those that the lot was drawn for, never the events of one. A subject is one line among others. A case is
 * one of a number that is known only as a number: e-mails sent, impressions served.
 */
export const objectUnits = ['account', 'person', 'opportunity'] as const;
export const liftUnits = [...objectUnits, 'subject', 'case'] as const;

const day = z.iso.date();
const property = z.string().trim().min(1).max(200);

const arm = z.array(z.string().min(1).max(500)).min(1).max(50);

/** Who got it and who did not, by a property of the unit that was written when the lot was drawn. */
export const holdout = z.object({
  kind: z.literal('holdout'),
  property: property
    .default('subject')
    .describe(
      'Property or field of the unit that says its arm; as assigned, whatever came of it. Of cases always the subject of their figures',
    ),
  treated: arm.describe('Values that mean "got it"'),
  control: arm.describe('Values that mean "held out"'),
  treatedShare: z.number().gt(0).lt(1).default(0.5).describe('Share of the units that the lot should have sent to the treated arm'),
  looks: z
    .enum(['once', 'any'])
    .default('once')
    .describe('once: read on one day that was fixed before. any: looked at on any day, with an interval made for that'),
  decideOn: day.nullish().describe('Day on which the verdict is read; before it there is none'),
});

export const staged = z.object({
  kind: z.literal('staged'),
  property: property.describe('Property of the account that holds the day on which it got the feature; without a value it never did'),
  by: z.enum(['week', 'month']).default('month').describe('Length of a period'),
});

export const beforeAfter = z.object({
  kind: z.literal('before_after'),
  on: day.describe('The day that parts before from after'),
});

/** With whom it is compared. */
export const design = z.discriminatedUnion('kind', [
  holdout,
  staged,
  matchedDesign,
  seriesDesigns.synthetic,
  seriesDesigns.structural,
  beforeAfter,
]);
export type Design = z.output<typeof design>;

const done = step.extend({ event: z.string().min(1).max(200) });
const values = z.array(z.string().max(500)).min(1).max(50);
const metric = z.string().trim().min(1).max(200);

/** What is counted of each unit: a share that reached it, or a number. */
export const outcome = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('won') }).describe('Of opportunities that are closed: won'),
    z.object({ kind: z.literal('amount'), currency: z.string().length(3) }).describe('Amount won of closed opportunities, in one currency'),
    z.object({ kind: z.literal('property_is'), property, values }).describe('A property of the unit holds one of these values'),
    z
      .object({ kind: z.literal('property_number'), property, currency: z.string().length(3).nullish() })
      .describe('The number in a property; 0 where it is empty'),
    z.object({ kind: z.literal('did'), behaviour: done, from: day, to: day }).describe('Share that did it at least once in these days'),
    z.object({ kind: z.literal('times'), behaviour: done, from: day, to: day }).describe('How often it was done in these days'),
    z
      .object({ kind: z.literal('share_of'), reached: metric, of: metric })
      .describe(
        'Of cases: figures of one metric, such as clicks, as a share of those of another, such as impressions, both as measurements.list names them',
      ),
    seriesOutcomes.measured,
    seriesOutcomes.done_by,
  ])
  .describe(
    'A share (won, property_is, did, share_of) or a number (amount, property_number, times) of each unit, or one series for each subject (measured, done_by)',
  );
export type Outcome = z.output<typeof outcome>;

export type OutcomeKind = Outcome['kind'];

const shares: readonly OutcomeKind[] = ['won', 'property_is', 'did', 'share_of'];
/** Whether it is a share of the units, and not a number of each. */
export const isShare = ({ outcome: { kind } }: { outcome: { kind: OutcomeKind } }): boolean => shares.includes(kind);

const ofObjects = { account: ['did', 'times'], person: ['did', 'times'], opportunity: ['won', 'amount'] } as const;
const ofProperties = ['property_is', 'property_number'] as const;

/** What can be counted of which units in each comparison. */
export const fits: Record<Design['kind'], Partial<Record<LiftUnit, readonly OutcomeKind[]>>> = {
  holdout: {
    account: [...ofObjects.account, ...ofProperties],
    person: [...ofObjects.person, ...ofProperties],
    opportunity: [...ofObjects.opportunity, ...ofProperties],
    case: ['share_of'],
  },
  staged: { account: ['times'] },
  matched: { account: [...ofObjects.account, ...ofProperties] },
  synthetic: { subject: ['measured', 'done_by'] },
  structural: { subject: ['measured', 'done_by'] },
  before_after: ofObjects,
};
export type LiftUnit = (typeof liftUnits)[number];

/** Whether more of it is better, or less of it: churn, complaints, days to a signature. */
export const directions = ['more', 'less'] as const;

export const liftAsked = z.object({
  unit: z.enum(liftUnits),
  design,
  outcome,
  only: z
    .array(propertyFilter)
    .max(10)
    .default([])
    .describe('Only units of which this is true; by what they were before the lot was drawn'),
  covariate: property.nullish().describe('A number known before the lot was drawn; narrows the interval of a number (CUPED)'),
  segment: property.nullish().describe('The effect also for each value of this property, corrected for how many there are'),
  worthHaving: z.number().gt(0).nullish().describe('Smallest change worth having: 0.02 is two points of a share, or so much of a number'),
  wanted: z.enum(directions).optional().describe('Whether more of it is better, or less; more if not given'),
  goal: z
    .uuid()
    .nullish()
    .describe('The launch goal that it answers; its registered comparison and smallest change worth having are what it is judged by'),
});
export type LiftAsked = z.output<typeof liftAsked>;

/** A question of one comparison, after it was seen that unit and outcome fit it. */
export type AskedOf<Kind extends Design['kind'], Of extends OutcomeKind = OutcomeKind> = Omit<LiftAsked, 'unit' | 'design' | 'outcome'> & {
  unit: (typeof objectUnits)[number];
  design: Extract<Design, { kind: Kind }>;
  outcome: Extract<Outcome, { kind: Of }>;
};

/**
 * One thing that must hold for the figure to mean what it says. `words` is plain English; pages write their own words from name and figures.
 * A failed check that `blocks` leaves no verdict.
 */
export const check = z.object({
  name: z.string(),
  passed: z.boolean().nullable().describe('Null where it cannot be checked'),
  blocks: z.boolean(),
  figures: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  words: z.string(),
});
export type Check = z.output<typeof check>;

export const refusals = [
  'no_units',
  'one_arm_only',
  'too_few',
  'no_variance',
  'too_skewed',
  'mixed_currency',
  'not_numbers',
  'not_counts',
  'no_control',
  'no_treated',
  'no_periods_before',
  'no_periods_after',
  'poor_fit',
  'descriptive_only',
  'too_few_donors',
  'too_few_periods_before',
  'no_controls',
  'too_many_controls',
  'no_variation',
  'no_overlap',
  'imbalance',
] as const;

const side = z.object({
  units: z.int(),
  total: z.number().nullable().describe('How many reached it, or the sum'),
  value: z.number().nullable().describe('Share, or mean of a unit'),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

/** What every way of comparing gives: an effect with its interval, or why there is none. */
export const effect = z.object({
  effect: z.number(),
  low: z.number(),
  high: z.number(),
  confidence: z.number(),
  p: z.number().nullable().describe('Null where the method gives none'),
  method: z.string().describe('Name of the page in docs/methods'),
});
export type Effect = z.output<typeof effect>;

export const reasons = ['check_failed', 'not_yet', 'refused', 'descriptive', 'interval_holds_both'] as const;

export const lift = z.object({
  comparison: z.enum(designKinds),
  unit: z.enum(liftUnits),
  wanted: z.enum(directions),
  scale: z.enum(['share', 'number', 'money']),
  currency: z.string().nullable(),
  observed: side.describe('Those who were to get it, whether or not they took it (intention to treat)'),
  counterfactual: side.describe('What would have happened without it, as the comparison says'),
  estimate: effect.nullable().describe('Null where it was refused'),
  adjusted: effect.nullable().describe('With what was known before taken out (CUPED)'),
  refused: z.object({ reason: z.enum(refusals), needed: z.number().nullable(), words: z.string() }).nullable(),
  outside: z.int().describe('Units of the kind that are in neither arm, and are left out'),
  checks: z.array(check),
  total: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable().describe('The effect times the units that got it'),
  worthHaving: z.number().nullable(),
  verdict: z.enum(['met', 'missed', 'cannot_tell']),
  reason: z.enum(reasons).nullable().describe('Why it cannot be told'),
  sentence: z.string().describe('The verdict in one sentence'),
  next: z
    .object({ unitsPerArm: z.int().nullable(), detectable: z.number().nullable() })
    .describe(
      'Units that each arm needs to show the smallest change worth having, and the smallest effect that these units show (power 80%)',
    ),
  path: z
    .array(
      z.object({
        at: z.string(),
        observed: z.number().nullable(),
        expected: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
      }),
    )
    .describe('Observed and expected over time, with the band of what was expected; empty without periods'),
  events: z
    .array(z.object({ period: z.int(), effect: z.number(), low: z.number(), high: z.number() }))
    .optional()
    .describe('Of a staged roll-out: the effect by periods since each got it; periods before should show none'),
  segments: z
    .array(
      z.object({
        kind: z.enum(groupKinds),
        name: z.string(),
        treated: z.int(),
        control: z.int(),
        effect: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        p: z.number().nullable().describe('Corrected for the number of segments (Benjamini-Hochberg)'),
        finding: z.boolean(),
      }),
    )
    .optional()
    .describe('Of a holdout: the effect in each value of the property that was named'),
  matched: matchedPart.optional().describe('Of matched accounts: how alike they are'),
  series: seriesPart.optional().describe('Of a synthetic control or a structural series: what it rests on'),
  facts: answerFacts,
});
export type Lift = z.output<typeof lift>;

export const liftRowsAsked = liftAsked.extend({ arm: z.enum(['treated', 'control']).optional().describe('One arm; both if not given') });
export type LiftRowsAsked = z.output<typeof liftRowsAsked>;

export const liftChoices = z.object({
  properties: z.array(
    z.object({ name: z.string(), different: z.int().describe('How many different values'), values: z.array(z.string()) }),
  ),
  goals: z
    .array(z.object({ id: z.uuid(), name: z.string(), launch: z.string(), comparison: z.enum(registeredComparisons) }))
    .describe('Registered goals'),
});
export type LiftChoices = z.output<typeof liftChoices>;
