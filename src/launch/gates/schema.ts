import { z } from 'zod';
import { businessFunction, memberRef } from '../charters/schema.ts';
import { evidence, type PositioningStage, positioningStage, positioningStages } from '../positionings/schema.ts';

/** Each of these stages ends with a gate. */
export const gateStages = positioningStages;
export const gateStage = positioningStage;
export type GateStage = PositioningStage;

/** Where "go" leads to. Nothing comes after the last. */
export const nextStage: Record<GateStage, GateStage | null> = { concept: 'alpha', alpha: 'beta', beta: 'ga', ga: null };

/** The gate before the market date: "go" there freezes the goals. */
export const marketStage: GateStage = 'beta';

export const criterionKinds = [
  'manual',
  'differentiator',
  'audience',
  'goals',
  'deliverables',
  'field_readiness',
  'feedback',
  'proofread',
  'support_briefed',
  'legal_cleared',
  'tier',
] as const;
export const criterionKind = z.enum(criterionKinds);
export type CriterionKind = (typeof criterionKinds)[number];

/** These check themselves from what Landfall holds; nobody sets them by hand. */
export const selfChecking: readonly CriterionKind[] = ['differentiator', 'audience', 'goals', 'deliverables', 'feedback', 'tier'];

const leadDays = z.int().min(-365).max(730).describe('Days before the market date; below zero, after it');
const threshold = z.number().gt(0).max(1).nullable().describe('The least share that is enough, between 0 and 1; of those to be certified');

export const criterionPlan = z.object({
  kind: criterionKind,
  function: businessFunction.describe('Which function answers for it'),
  text: z.string().trim().max(300).default('').describe('In words; empty takes the usual words of its kind'),
  required: z.boolean().default(true),
  leadDays,
  threshold: threshold.default(null),
});
export type CriterionPlan = z.output<typeof criterionPlan>;

export const gatePlan = z.object({ stage: gateStage, leadDays, criteria: z.array(criterionPlan).max(50) });
export type GatePlan = z.output<typeof gatePlan>;

export const criterionStates = ['ready', 'at_risk', 'not_ready'] as const;
export type CriterionState = (typeof criterionStates)[number];

/** What was found, to be put into words where it is shown. */
export const checkCodes = [
  'not_set',
  'set',
  'no_positioning',
  'no_differentiator',
  'no_evidence',
  'evidence_stale',
  'differentiator_proven',
  'no_persona',
  'no_segment',
  'segments_empty',
  'audience_sized',
  'no_goal',
  'no_baseline',
  'goals_registered',
  'no_required_deliverable',
  'deliverables_dropped',
  'deliverables_unsigned',
  'deliverables_signed',
  'not_counted',
  'too_few_certified',
  'count_stale',
  'enough_certified',
  'no_feedback',
  'feedback_unread',
  'feedback_reviewed',
  'tier_unapproved',
  'tier_approved',
  'tier_needs_none',
] as const;

export const checkResult = z.object({
  state: z.enum(criterionStates),
  code: z.enum(checkCodes).describe('What was found'),
  have: z.int().nullable().describe('How many there are: signed deliverables, accounts, statements taken in, people certified'),
  need: z.int().nullable().describe('Of how many, or how many are needed'),
  names: z
    .array(z.string())
    .describe(
      'What is missing, by name: deliverables, segments without accounts, stages without feedback, functions that have not approved',
    ),
});
export type CheckResult = z.output<typeof checkResult>;

export const waiver = z.object({
  reason: z.string(),
  by: z.string(),
  role: z.string(),
  at: z.iso.datetime(),
});
export type Waiver = z.output<typeof waiver>;

export const standings = ['ready', 'waits', 'fails', 'waived'] as const;

export const criterion = z.object({
  id: z.uuid(),
  kind: criterionKind,
  function: businessFunction,
  text: z.string().describe('Empty: the usual words of its kind'),
  required: z.boolean(),
  leadDays: z.int(),
  fixedDay: z.iso.date().nullable().describe('Due on this day, whatever becomes of the market date'),
  dueOn: z.iso.date(),
  owner: memberRef.nullable(),
  needsOwner: z.boolean().describe('Nobody owns it, or its owner is no longer here'),
  threshold: z.number().nullable(),
  counted: z.int().nullable(),
  countedOf: z.int().nullable(),
  evidence: z.array(evidence),
  result: checkResult,
  standing: z.enum(standings).describe('"waits": at risk, or nobody has said anything yet and it is not due yet'),
  checksItself: z.boolean(),
  waiver: waiver.nullable(),
  setBy: z.string().nullable(),
  setAt: z.iso.datetime().nullable(),
  version: z.int(),
});
export type Criterion = z.output<typeof criterion>;

/** How a criterion stood when somebody decided. */
export const decidedCriterion = criterion.pick({
  id: true,
  kind: true,
  function: true,
  text: true,
  required: true,
  dueOn: true,
  owner: true,
  threshold: true,
  countedOf: true,
  evidence: true,
  result: true,
  standing: true,
  waiver: true,
});
export type DecidedCriterion = z.output<typeof decidedCriterion>;

export const outcomes = ['go', 'go_with_followups', 'hold', 'no_go'] as const;
export type Outcome = (typeof outcomes)[number];

export const decision = z.object({
  id: z.uuid(),
  number: z.int(),
  outcome: z.enum(outcomes),
  note: z.string(),
  criteria: z.array(decidedCriterion).describe('How every criterion stood at that moment'),
  stageBefore: z.string(),
  stageAfter: z.string(),
  positioningVersion: z.int().nullable().describe('What the launch said of itself at that moment'),
  by: z.string(),
  role: z.string(),
  at: z.iso.datetime(),
});
export type Decision = z.output<typeof decision>;

export const followUpFields = z.object({
  text: z.string().trim().min(1).max(500),
  ownerId: z.uuid(),
  dueOn: z.iso.date(),
});

export const followUp = z.object({
  id: z.uuid(),
  decisionId: z.uuid(),
  text: z.string(),
  owner: memberRef.nullable(),
  dueOn: z.iso.date(),
  doneBy: z.string().nullable(),
  doneAt: z.iso.datetime().nullable(),
  version: z.int(),
});
export type FollowUp = z.output<typeof followUp>;

export const gateStandings = ['passed', 'clear', 'waits', 'fails'] as const;

export const gate = z.object({
  id: z.uuid(),
  stage: gateStage,
  leadsTo: gateStage.nullable(),
  leadDays: z.int(),
  fixedDay: z.iso.date().nullable(),
  dueOn: z.iso.date(),
  standing: z.enum(gateStandings),
  counts: z.record(z.enum(standings), z.int()).describe('Of the required criteria'),
  criteria: z.array(criterion).describe('As they stand now; of a gate that is passed, as they stood when the launch was let through'),
  decisions: z.array(decision).describe('The newest first'),
  followUps: z.array(followUp),
  version: z.int().describe('Send it back with a decision; when anything it rests on changed meanwhile, the decision is refused'),
});
export type Gate = z.output<typeof gate>;

export const gates = z.object({
  launch: z.object({ id: z.uuid(), key: z.string(), name: z.string(), stage: z.string(), marketDate: z.iso.date() }),
  gates: z.array(gate),
  verdict: z.object({
    isClear: z.boolean().describe('No gate that is still ahead fails or waits'),
    fails: z.int(),
    waits: z.int(),
    passed: z.int(),
    ahead: z.int().describe('Gates that are not passed yet'),
  }),
});
export type Gates = z.output<typeof gates>;
