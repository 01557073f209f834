import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { zh } from './messages.ts';
import { operation } from '../../platform/operation.ts';
import { everyone } from '../../platform/roles.ts';
import { toCsv } from '../../platform/csv.ts';
import { countObjects, getObject, listObjects, objectKeys } from './queries.ts';
import { kinds, type PatchedKind } from './schema.ts';

const text = z.string().nullable();
const properties = z.record(z.string(), z.string());
const account = z.object({
  id: z.string(),
  name: text,
  domain: text,
  segment: text,
  plan: text,
  country: text,
  industry: text,
  employees: z.number().nullable(),
  created_at: text,
  properties,
});
const person = z.object({
  id: z.string(),
  account_id: text,
  email: text,
  name: text,
  title: text,
  country: text,
  created_at: text,
  properties,
});
const opportunity = z.object({
  id: z.string(),
  name: text,
  account_id: text,
  person_id: text,
  product_id: text,
  stage: text,
  state: text,
  amount: text.describe('A decimal as text, so that no digit is lost'),
  currency: text,
  origin: text,
  owner: text,
  loss_reason: text,
  created_at: text,
  closed_at: text,
  properties,
});
const keys = z.object({ keys: z.array(z.object({ keyType: z.string(), keyValue: z.string() })) });

const page = z.object({
  search: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});

async function list(
  context: Context,
  kind: PatchedKind,
  input: { search?: string; limit: number; offset: number },
): Promise<{ rows: unknown[]; total: number }> {
  const [rows, [counted]] = await Promise.all([
    context.events.ask(listObjects(kind, input)),
    context.events.ask<{ total: number }>(countObjects(kind, input.search)),
  ]);
  return { rows, total: counted!.total };
}

async function get<Row>(context: Context, kind: PatchedKind, id: string): Promise<Row & { keys: { keyType: string; keyValue: string }[] }> {
  const [[row], known] = await Promise.all([
    context.events.ask<Row>(getObject(kind, id)),
    context.events.ask<{ keyType: string; keyValue: string }>(objectKeys(kind, id)),
  ]);
  if (!row)
    throw new Failure('not_found', {
      en: `There is no such ${kind}. Its import may have been undone.`,
      zh: `没有这个${zh.kinds[kind]}。带来它的导入可能已撤销。`,
    });
  return { ...row, keys: known };
}

export const listAccounts = operation({
  summary: 'List the accounts as they are now',
  method: 'GET',
  path: '/accounts',
  who: everyone,
  input: page,
  output: z.object({ accounts: z.array(account), total: z.number() }),
  run: async (context, input) => {
    const { rows, total } = await list(context, 'account', input);
    return { accounts: rows as z.infer<typeof account>[], total };
  },
});

export const getAccount = operation({
  summary: 'Read one account and the keys it is known by',
  method: 'GET',
  path: '/accounts/{account}',
  who: everyone,
  input: z.object({ account: z.string() }),
  output: account.extend(keys.shape),
  run: (context, input) => get<z.infer<typeof account>>(context, 'account', input.account),
});

export const listPeople = operation({
  summary: 'List the people as they are now',
  method: 'GET',
  path: '/people',
  who: everyone,
  input: page,
  output: z.object({ people: z.array(person), total: z.number() }),
  run: async (context, input) => {
    const { rows, total } = await list(context, 'person', input);
    return { people: rows as z.infer<typeof person>[], total };
  },
});

export const getPerson = operation({
  summary: 'Read one person and the keys they are known by',
  method: 'GET',
  path: '/people/{person}',
  who: everyone,
  input: z.object({ person: z.string() }),
  output: person.extend(keys.shape),
  run: (context, input) => get<z.infer<typeof person>>(context, 'person', input.person),
});

export const listOpportunities = operation({
  summary: 'List the opportunities as they are now',
  method: 'GET',
  path: '/opportunities',
  who: everyone,
  input: page,
  output: z.object({ opportunities: z.array(opportunity), total: z.number() }),
  run: async (context, input) => {
    const { rows, total } = await list(context, 'opportunity', input);
    return { opportunities: rows as z.infer<typeof opportunity>[], total };
  },
});

export const getOpportunity = operation({
  summary: 'Read one opportunity and the keys it is known by',
  method: 'GET',
  path: '/opportunities/{opportunity}',
  who: everyone,
  input: z.object({ opportunity: z.string() }),
  output: opportunity.extend(keys.shape),
  run: (context, input) => get<z.infer<typeof opportunity>>(context, 'opportunity', input.opportunity),
});

/** More than a person reads; a spreadsheet still opens it. */
const mostRowsInFile = 100_000;
const file = z.object({ fileName: z.string(), csv: z.string(), truncated: z.boolean() });
const asked = page.pick({ search: true });

/** Decimals and counts are numbers in the file; everything else is text, and text never runs as a formula. */
async function exportKind(context: Context, kind: PatchedKind, search?: string): Promise<z.infer<typeof file>> {
  const { rows, total } = await list(context, kind, { search, limit: mostRowsInFile, offset: 0 });
  const columns = ['id', ...Object.keys(kinds[kind].fields), 'properties'];
  const cells = (rows as Record<string, unknown>[]).map((row) =>
    columns.map((column) => cellOf(row[column], kinds[kind].fields[column]?.type)),
  );
  return { fileName: `${kind}.csv`, csv: toCsv([columns, ...cells]), truncated: total > rows.length };
}

function cellOf(value: unknown, type?: string): string | number | bigint | null {
  if (value === null || value === undefined) return null;
  if (type === 'money') return Number(value);
  return typeof value === 'number' ? value : typeof value === 'string' ? value : JSON.stringify(value);
}

export const exportAccounts = operation({
  summary: 'Export the accounts as CSV',
  method: 'GET',
  path: '/accounts.csv',
  who: everyone,
  input: asked,
  output: file,
  run: (context, { search }) => exportKind(context, 'account', search),
});

export const exportPeople = operation({
  summary: 'Export the people as CSV',
  method: 'GET',
  path: '/people.csv',
  who: everyone,
  input: asked,
  output: file,
  run: (context, { search }) => exportKind(context, 'person', search),
});

export const exportOpportunities = operation({
  summary: 'Export the opportunities as CSV',
  method: 'GET',
  path: '/opportunities.csv',
  who: everyone,
  input: asked,
  output: file,
  run: (context, { search }) => exportKind(context, 'opportunity', search),
});
