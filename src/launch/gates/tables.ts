import { boolean, date, doublePrecision, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { BusinessFunction } from '../charters/schema.ts';
import type { Evidence } from '../positionings/schema.ts';
import type { CriterionKind, CriterionState, DecidedCriterion, GateStage, Outcome } from './schema.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });
const own = {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
};

export const gates = pgTable('gate', {
  ...own,
  launchId: uuid('launch_id').notNull(),
  stage: text('stage').$type<GateStage>().notNull(),
  leadDays: integer('lead_days').notNull(),
  dueOn: date('due_on'),
  version: integer('version').notNull().default(1),
});

export const criteria = pgTable('gate_criterion', {
  ...own,
  gateId: uuid('gate_id').notNull(),
  position: integer('position').notNull(),
  kind: text('kind').$type<CriterionKind>().notNull(),
  function: text('function').$type<BusinessFunction>().notNull(),
  text: text('text').notNull(),
  required: boolean('required').notNull(),
  leadDays: integer('lead_days').notNull(),
  dueOn: date('due_on'),
  ownerId: uuid('owner_id'),
  threshold: doublePrecision('threshold'),
  state: text('state').$type<CriterionState>(),
  counted: integer('counted'),
  countedOf: integer('counted_of'),
  evidence: jsonb('evidence').$type<Evidence[]>().notNull().default([]),
  setBy: text('set_by'),
  setAt: time('set_at'),
  version: integer('version').notNull().default(1),
  deletedAt: time('deleted_at'),
});
export type CriterionRow = typeof criteria.$inferSelect;

export const waivers = pgTable('gate_waiver', {
  ...own,
  gateId: uuid('gate_id').notNull(),
  criterionId: uuid('criterion_id').notNull(),
  reason: text('reason').notNull(),
  criterion: jsonb('criterion').$type<DecidedCriterion>().notNull(),
  waivedBy: text('waived_by').notNull(),
  waivedByRole: text('waived_by_role').notNull(),
  waivedAt: time('waived_at').notNull(),
});

export const decisions = pgTable('gate_decision', {
  ...own,
  gateId: uuid('gate_id').notNull(),
  number: integer('number').notNull(),
  gateVersion: integer('gate_version').notNull(),
  outcome: text('outcome').$type<Outcome>().notNull(),
  note: text('note').notNull(),
  criteria: jsonb('criteria').$type<DecidedCriterion[]>().notNull(),
  stageBefore: text('stage_before').notNull(),
  stageAfter: text('stage_after').notNull(),
  positioningVersion: integer('positioning_version'),
  decidedBy: text('decided_by').notNull(),
  decidedByRole: text('decided_by_role').notNull(),
  decidedAt: time('decided_at').notNull(),
});

export const followUps = pgTable('gate_follow_up', {
  ...own,
  gateId: uuid('gate_id').notNull(),
  decisionId: uuid('decision_id').notNull(),
  text: text('text').notNull(),
  ownerId: uuid('owner_id'),
  dueOn: date('due_on').notNull(),
  doneBy: text('done_by'),
  doneAt: time('done_at'),
  version: integer('version').notNull().default(1),
});
