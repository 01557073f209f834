import { z } from 'zod';
import type { Context } from '../../../platform/context.ts';
import { toCsv } from '../../../platform/csv.ts';
import { Failure } from '../../../platform/failure.ts';
import { operation } from '../../../platform/operation.ts';
import type { Transaction } from '../../../platform/records/store.ts';
import { editors, everyone } from '../../../platform/roles.ts';
import { dateOrders } from '../../deliverables/importing/values.ts';
import { storeChange, storeProgram } from '../changing.ts';
import { lockPrograms, plainCampaign, readPrograms } from '../queries.ts';
import type { Program } from '../schema.ts';
import { type Plan, planImport, type PlannedRow } from './plan.ts';
import { importedPrograms } from './schema.ts';

const same = (one: string, other: string) => plainCampaign(one) === plainCampaign(other);

/** What has a name already: each program, and each row that was stored before. */
type Claimed = { id: string; campaigns: string[] };

/** The names that a row adds to those that a program goes by; what means another program already stays with that one. */
const namesOf = ({ id, name, more, existing }: PlannedRow, claimed: Claimed[]): string[] => {
  const own = existing?.campaigns ?? [];
  const taken = claimed.filter((one) => one.id !== existing?.id).flatMap(({ campaigns }) => campaigns);
  const added = [...(existing ? [] : [name]), id, ...more].filter(
    (text) => text !== '' && ![...own, ...taken].some((campaign) => same(campaign, text)),
  );
  return [...own, ...new Set(added)].slice(0, 50);
};

/** All rows first, then which is a part of which: a whole may stand below its parts. */
const commit = async (context: Context, transaction: Transaction, { rows }: Plan, there: Program[]): Promise<void> => {
  const claimed: Claimed[] = [...there];
  const stored = new Map<PlannedRow, string>();
  for (const row of rows.filter(({ action }) => action === 'new' || action === 'changed')) {
    const campaigns = namesOf(row, claimed);
    const { existing, name, kind, status, wanted: given } = row;
    const blank = { segments: [], personas: [], goal: '' };
    if (existing) await storeChange(context, transaction, existing, { version: existing.version, given: { ...given, campaigns } });
    const id =
      existing?.id ??
      (await storeProgram(context, transaction, { ...blank, ...given, goal: given.goal ?? '', name, kind, status, campaigns }));
    stored.set(row, id);
    claimed.push({ id, campaigns });
  }
  const now = await readPrograms(transaction);
  for (const [{ parent }, id] of stored) {
    const program = now.find((one) => one.id === id)!;
    if (parent === null || (program.parent && same(program.parent.name, parent))) continue;
    const whole = [...stored.values()].map((each) => now.find((one) => one.id === each)!).find(({ name }) => same(name, parent));
    const wholeId = (whole ?? now.find(({ name }) => same(name, parent)))!.id;
    await storeChange(context, transaction, program, { version: program.version, given: { parent: wholeId } });
  }
};

const answerOf = ({ columns, dateOrderNeeded, rows }: Plan, dryRun: boolean) => {
  const count = (wanted: PlannedRow['action']) => rows.filter(({ action }) => action === wanted).length;
  return {
    columns,
    dateOrderNeeded,
    counts: { new: count('new'), changed: count('changed'), same: count('same'), rejected: count('rejected') },
    rows: rows.map(({ id: _id, wholeNamed: _whole, more: _more, wanted: _wanted, existing: _existing, ...row }) => row),
    dryRun,
  };
};

export const importPrograms = operation({
  summary:
    'Import campaigns from CSV (Campaign.csv of Salesforce, campaigns of HubSpot, or our own) as programs; first as a dry run. The same file again changes nothing',
  method: 'POST',
  path: '/programs/import',
  who: editors,
  input: z.object({
    csv: z.string().min(1).max(2_000_000).describe('With the names of the columns in its first row'),
    dateOrder: z.enum(dateOrders).nullable().default(null).describe('Of dates such as 03/04/2026, when the dates themselves do not tell'),
    dryRun: z.boolean().default(true).describe('Only says what would come of it'),
  }),
  output: importedPrograms,
  run: async (context, { csv, dateOrder, dryRun }) => {
    const planned = async (transaction: Transaction) => {
      const there = await readPrograms(transaction);
      return { there, plan: await planImport(csv, { there, dateOrder, currency: context.workspace.currency }) };
    };
    if (dryRun) return answerOf((await context.read(planned)).plan, true);
    return context.write('program', async (transaction) => {
      await lockPrograms(transaction, context.workspace.id);
      const { there, plan } = await planned(transaction);
      if (plan.dateOrderNeeded)
        throw new Failure('invalid', {
          en: 'The dates do not tell whether the day or the month comes first. Say so with dateOrder, and nothing is guessed.',
          zh: '从日期看不出日在前还是月在前。请用 dateOrder 写明，这样就无需猜测。',
        });
      await commit(context, transaction, plan, there);
      const result = answerOf(plan, false);
      return { id: context.workspace.id, before: null, after: result.counts, result };
    });
  },
});

const heads = [
  'Name',
  'Kind',
  'Status',
  'First day',
  'Last day',
  'Budget',
  'Cost',
  'Currency',
  'Part of',
  'Launch',
  'Owner',
  'Goal',
  'Goes by',
];

export const exportPrograms = operation({
  summary: 'Export the programs as CSV; it can be imported again',
  method: 'GET',
  path: '/programs.csv',
  who: everyone,
  input: z.object({}),
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: async (context) => {
    const rows = (await context.read(readPrograms)).map((one) => [
      one.name,
      one.kind,
      one.status,
      one.startsOn,
      one.endsOn,
      one.budget,
      one.actualCost,
      one.currency,
      one.parent?.name,
      one.launch?.name,
      one.owner?.name,
      one.goal,
      one.campaigns.join('; '),
    ]);
    return { fileName: 'programs.csv', csv: toCsv([heads, ...rows]) };
  },
});
