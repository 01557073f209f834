import { z } from 'zod';
import { businessFunction, memberRef } from '../charters/schema.ts';

export const assignmentKinds = [
  'deliver',
  'sign',
  'review',
  'criterion',
  'follow_up',
  'approve_tier',
  'run_step',
  'ready_date',
  'market_date',
] as const;

export const assignment = z.object({
  kind: z
    .enum(assignmentKinds)
    .describe(
      'What is waited for: the work, a signature, a review, a criterion of a gate, a follow-up, the tier, a step of the day; a date of the launch is never waited for, but can lack whoever answers for it',
    ),
  id: z.uuid().describe('Of the deliverable, criterion, follow-up, launch or step'),
  launch: z.object({ key: z.string(), name: z.string() }),
  what: z.string().describe('Empty for a criterion with the usual words of its kind, and for a date of the launch'),
  criterionKind: z.string().nullable(),
  function: businessFunction.nullable().describe('For which function a signature or approval is asked'),
  dueOn: z.iso.date().nullable(),
  isLate: z.boolean(),
});
export type Assignment = z.output<typeof assignment>;

export const assignments = z.object({
  member: memberRef.nullable(),
  waiting: z.array(assignment).describe('The earliest due first'),
  ownerless: z
    .array(assignment.extend({ owner: memberRef }))
    .describe('What belongs to somebody who is no longer here, in all launches: it needs another owner'),
});
export type Assignments = z.output<typeof assignments>;
