import { boolean, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const time = (name: string) => timestamp(name, { withTimezone: true });

export const workspaces = pgTable('workspace', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  timeZone: text('time_zone').notNull(),
  currency: text('currency').notNull(),
  isExample: boolean('is_example').notNull().default(false),
  daysIn: text('days_in'),
  createdAt: time('created_at').notNull().defaultNow(),
  deletedAt: time('deleted_at'),
});
