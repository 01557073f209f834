import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../../../platform/context.ts';
import { toCsv } from '../../../platform/csv.ts';
import { dayIn } from '../../../platform/days.ts';
import { Failure } from '../../../platform/failure.ts';
import { operation } from '../../../platform/operation.ts';
import type { Transaction } from '../../../platform/records/store.ts';
import { editors, everyone } from '../../../platform/roles.ts';
import { readMembers } from '../../../workspace/members/queries.ts';
import { readLaunch } from '../../launches/queries.ts';
import type { Launch } from '../../launches/schema.ts';
import { changeDeliverables } from '../changing.ts';
import { insertDeliverables } from '../inserting.ts';
import { changedDeliverables, readDeliverables } from '../queries.ts';
import type { DeliverableChange } from '../schema.ts';
import { leadOf, planImport, type Plan, type PlannedRow } from './plan.ts';
import { importedDeliverables } from './schema.ts';
import { dateOrders } from './values.ts';

const ofLaunch = z.object({ launch: z.string().min(1).max(120).describe('Key or id of the launch') });
const droppedReason = 'Dropped in the file that it was imported from';
const plain = (text: string) => text.trim().toLowerCase();

/** The new ones, with ids known before, so that they can need each other. */
const addNew = async (context: Context, transaction: Transaction, launch: Launch, rows: PlannedRow[]): Promise<void> => {
  const there = (await readDeliverables(transaction, launch)).map(({ id, name }) => [plain(name), id] as const);
  const ids = new Map([...there, ...rows.map(({ name }) => [plain(name), randomUUID()] as const)]);
  const items = rows.map(({ name, dueOn, wanted }) => ({
    id: ids.get(plain(name))!,
    name,
    type: 'other' as const,
    required: false,
    function: 'product_marketing' as const,
    leadDays: dueOn ? leadOf(launch.marketDate, dueOn) : 0,
    workDays: 5,
    ownerId: wanted.ownerId,
    doneWhen: wanted.doneWhen,
    audience: wanted.audience,
    signers: [],
    reviewers: [],
    needs: wanted.needs.flatMap((need) => ids.get(plain(need)) ?? []),
    links: wanted.url ? [{ label: '', url: wanted.url }] : [],
  }));
  await insertDeliverables(transaction, launch, items, { workspaceId: context.workspace.id, now: context.now() });
};

const changeOf = ({ existing, dueOn, wanted, problems }: PlannedRow, launch: Launch): DeliverableChange => ({
  deliverable: existing!.id,
  version: existing!.version,
  ...(dueOn && dueOn !== existing!.dueOn && (existing!.isFixed ? { dueOn } : { leadDays: leadOf(launch.marketDate, dueOn) })),
  ...(wanted.status !== 'planned' &&
    wanted.status !== existing!.status &&
    !problems.includes('not_signed') && { status: wanted.status, ...(wanted.status === 'dropped' && { droppedReason }) }),
  ...(wanted.ownerId && { ownerId: wanted.ownerId }),
  ...(wanted.doneWhen && { doneWhen: wanted.doneWhen }),
});

const commit = async (context: Context, transaction: Transaction, launch: Launch, { rows }: Plan): Promise<void> => {
  const moment = { now: context.now(), today: dayIn(context.now(), context.workspace.timeZone) };
  const fresh = rows.filter(({ action }) => action === 'new');
  await addNew(context, transaction, launch, fresh);
  const added = new Map((await readDeliverables(transaction, launch)).map((one) => [plain(one.name), one]));
  const changes = [
    ...rows.filter(({ action }) => action === 'changed').map((row) => changeOf(row, launch)),
    ...fresh
      .filter(({ wanted }) => wanted.status !== 'planned')
      .map(({ name, wanted: { status } }) => {
        const { id, version } = added.get(plain(name))!;
        return { deliverable: id, version, status, ...(status === 'dropped' && { droppedReason }) };
      }),
  ];
  if (changes.length > 0) await changeDeliverables(transaction, launch, changes, moment);
};

const answerOf = ({ columns, dateOrderNeeded, rows }: Plan, dryRun: boolean) => {
  const count = (wanted: PlannedRow['action']) => rows.filter(({ action }) => action === wanted).length;
  return {
    columns,
    dateOrderNeeded,
    counts: { new: count('new'), changed: count('changed'), same: count('same'), rejected: count('rejected') },
    rows: rows.map(({ wanted: _wanted, existing: _existing, ...row }) => row),
    dryRun,
  };
};

export const importDeliverables = operation({
  summary:
    'Import tasks from CSV (exports of Asana, Jira, Trello, Monday, or our own) into a launch; first as a dry run. The same file again changes nothing',
  method: 'POST',
  path: '/launches/{launch}/deliverables/import',
  who: editors,
  input: ofLaunch.extend({
    csv: z.string().min(1).max(2_000_000).describe('With the names of the columns in its first row'),
    dateOrder: z.enum(dateOrders).nullable().default(null).describe('Of dates such as 03/04/2026, when the dates themselves do not tell'),
    dryRun: z.boolean().default(true).describe('Only says what would come of it'),
  }),
  output: importedDeliverables,
  run: async (context, { launch: key, csv, dateOrder, dryRun }) => {
    const planned = async (transaction: Transaction) => {
      const launch = await readLaunch(transaction, key);
      const given = {
        marketDate: launch.marketDate,
        there: await readDeliverables(transaction, launch),
        members: await readMembers(transaction),
        dateOrder,
      };
      return { launch, there: given.there, plan: await planImport(csv, given) };
    };
    if (dryRun) return answerOf((await context.read(planned)).plan, true);
    return context.write('deliverable', async (transaction) => {
      const { launch, there, plan } = await planned(transaction);
      if (plan.dateOrderNeeded)
        throw new Failure('invalid', {
          en: 'The dates do not tell whether the day or the month comes first. Say so with dateOrder, and nothing is guessed.',
          zh: '从日期看不出日在前还是月在前。请用 dateOrder 写明，这样就无需猜测。',
        });
      await commit(context, transaction, launch, plan);
      return {
        id: launch.id,
        ...changedDeliverables(there, await readDeliverables(transaction, launch)),
        result: answerOf(plan, false),
      };
    });
  },
});

const heads = ['Name', 'Status', 'Due date', 'Owner', 'Kind', 'Required', 'For', 'Done when', 'Signed by', 'Waits for', 'Needs', 'Links'];

export const exportDeliverables = operation({
  summary: 'Export the bill of materials of a launch as CSV; it can be imported again',
  method: 'GET',
  path: '/launches/{launch}/deliverables.csv',
  who: everyone,
  input: ofLaunch,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: (context, input) =>
    context.read(async (transaction) => {
      const launch = await readLaunch(transaction, input.launch);
      const all = await readDeliverables(transaction, launch);
      const readable = context.actor.role === 'sales' ? all.filter(({ status }) => status === 'approved' || status === 'shipped') : all;
      const names = new Map(all.map(({ id, name }) => [id, name]));
      const signers = (one: (typeof all)[number], isSigned: boolean) =>
        one.signOffs
          .filter(({ state }) => (state === 'signed') === isSigned)
          .map((sign) => sign.function.replaceAll('_', ' '))
          .join(', ');
      const rows = readable.map((one) => [
        one.name,
        one.status,
        one.dueOn,
        one.owner?.name,
        one.type,
        one.required ? 'yes' : 'no',
        one.audience,
        one.doneWhen,
        signers(one, true),
        signers(one, false),
        one.needs.map((id) => names.get(id)).join('; '),
        one.links.map(({ url }) => url).join(' '),
      ]);
      return { fileName: `${launch.key}-deliverables.csv`, csv: toCsv([heads, ...rows]) };
    }),
});
