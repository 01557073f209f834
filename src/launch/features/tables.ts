import { integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { FeatureBase, FeatureRule } from './schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const features = pgTable('feature', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  name: text('name').notNull(),
  product: text('product'),
  /** The newest version; what it says is in `featureVersions`. */
  version: integer('version').notNull().default(1),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  deletedAt: moment('deleted_at'),
});

export const featureVersions = pgTable(
  'feature_version',
  {
    workspaceId: uuid('workspace_id').notNull(),
    featureId: uuid('feature_id').notNull(),
    version: integer('version').notNull(),
    rule: jsonb('rule').$type<FeatureRule>().notNull(),
    base: jsonb('base').$type<FeatureBase>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.featureId, table.version] })],
);
