import { integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { ErasureState } from './schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const erasures = pgTable('erasure', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  number: integer('number').notNull(),
  state: text('state').$type<ErasureState>().notNull().default('running'),
  person: text('person'),
  hash: text('hash'),
  found: jsonb('found').$type<Record<string, number>>(),
  problem: text('problem'),
  leaseUntil: moment('lease_until'),
  createdBy: text('created_by').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  doneAt: moment('done_at'),
});
export type ErasureRow = typeof erasures.$inferSelect;
