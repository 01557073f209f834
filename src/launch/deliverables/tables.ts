import { boolean, date, doublePrecision, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { BusinessFunction, DeliverableType } from '../charters/schema.ts';
import type { Link, Status } from './schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const deliverables = pgTable('deliverable', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  launchId: uuid('launch_id').notNull(),
  position: doublePrecision('position').notNull(),
  name: text('name').notNull(),
  type: text('type').$type<DeliverableType>().notNull(),
  required: boolean('required').notNull(),
  status: text('status').$type<Status>().notNull(),
  droppedReason: text('dropped_reason').notNull().default(''),
  ownerId: uuid('owner_id'),
  function: text('function').$type<BusinessFunction>().notNull(),
  /** Either this or `dueOn`. */
  leadDays: integer('lead_days'),
  dueOn: date('due_on'),
  workDays: integer('work_days').notNull(),
  doneWhen: text('done_when').notNull().default(''),
  audience: text('audience').notNull().default(''),
  signers: text('signers').array().$type<BusinessFunction[]>().notNull().default([]),
  reviewers: uuid('reviewers').array().notNull().default([]),
  needs: uuid('needs').array().notNull().default([]),
  links: jsonb('links').$type<Link[]>().notNull().default([]),
  templateItem: text('template_item'),
  shippedOn: date('shipped_on'),
  content: integer('content').notNull().default(1),
  version: integer('version').notNull().default(1),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
  deletedAt: moment('deleted_at'),
});

export const signOffs = pgTable('sign_off', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  deliverableId: uuid('deliverable_id').notNull(),
  function: text('function').$type<BusinessFunction>().notNull(),
  decision: text('decision').$type<'signed' | 'changes_asked'>().notNull(),
  comment: text('comment').notNull(),
  content: integer('content').notNull(),
  memberId: uuid('member_id'),
  memberName: text('member_name').notNull(),
  at: moment('at').notNull(),
});
