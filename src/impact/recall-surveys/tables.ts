import { boolean, date, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Lot, Moment, Prompt, RegisteredTarget } from './schema.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });

export const recallSurveys = pgTable('recall_survey', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  programId: uuid('program_id').notNull(),
  question: text('question').notNull(),
  prompt: text('prompt').$type<Prompt>().notNull(),
  askedOf: text('asked_of').notNull(),
  exposure: text('exposure').notNull(),
  lot: text('lot').$type<Lot>().notNull(),
  samePeople: boolean('same_people').notNull(),
  target: jsonb('target').$type<RegisteredTarget>(),
  version: integer('version').notNull().default(1),
  createdBy: text('created_by').notNull(),
  createdAt: time('created_at').notNull(),
  deletedAt: time('deleted_at'),
});

export const recallWaves = pgTable('recall_wave', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  surveyId: uuid('survey_id').notNull(),
  moment: text('moment').$type<Moment>().notNull(),
  startsOn: date('starts_on').notNull(),
  endsOn: date('ends_on').notNull(),
  exposedAsked: integer('exposed_asked'),
  exposedRecalled: integer('exposed_recalled'),
  notExposedAsked: integer('not_exposed_asked'),
  notExposedRecalled: integer('not_exposed_recalled'),
  version: integer('version').notNull().default(1),
  createdBy: text('created_by').notNull(),
  createdAt: time('created_at').notNull(),
});
