import { rows, type TableName } from '../../platform/events/sources.ts';

const fields: Partial<Record<TableName, string[]>> = {
  account: ['name', 'domain', 'segment', 'plan', 'country', 'industry', 'employees', 'created_at'],
  person: ['account_id', 'email', 'name', 'title', 'country', 'created_at'],
  opportunity: ['name', 'account_id', 'person_id', 'product_id', 'stage', 'state', 'amount', 'currency', 'origin', 'owner', 'loss_reason', 'created_at', 'closed_at'],
  revenue: ['account_id', 'person_id', 'product_id', 'opportunity_id', 'kind', 'amount', 'currency', 'interval', 'at'],
  touch: ['person_id', 'account_id', 'kind', 'channel', 'campaign', 'at'],
};

export const current = (table: TableName): string =>
  `(SELECT id, ${fields[table]!.map((field) => `argMax(${field}, version) AS ${field}`).join(', ')} FROM (SELECT * FROM ${rows(table)}) GROUP BY id)`;
