import { date, doublePrecision, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const exchangeRates = pgTable('exchange_rate', {
  id: uuid('id').primaryKey().defaultRandom(),
  workspaceId: uuid('workspace_id').notNull(),
  day: date('day').notNull(),
  fromCurrency: text('from_currency').notNull(),
  toCurrency: text('to_currency').notNull(),
  rate: doublePrecision('rate').notNull(),
  source: text('source').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
});
