import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../../../platform/context.ts';
import { toCsv } from '../../../platform/csv.ts';
import { Failure } from '../../../platform/failure.ts';
import { operation } from '../../../platform/operation.ts';
import type { Transaction } from '../../../platform/records/store.ts';
import { everyone, marketers } from '../../../platform/roles.ts';
import { readMembers } from '../../../workspace/members/queries.ts';
import { dateOrders } from '../../deliverables/importing/values.ts';
import { readLaunches } from '../queries.ts';
import { launches } from '../tables.ts';
import { planImport, type Plan, type PlannedRow, type There } from './plan.ts';
import { importedLaunches, mostRows, undoneImport } from './schema.ts';
import { launchImports, type Written } from './tables.ts';
import { addLaunches, changeLaunches, inPortions } from './writing.ts';

const readThere = async (transaction: Transaction): Promise<There[]> => {
  const ids = await transaction
    .select({ id: launches.id, externalId: launches.externalId })
    .from(launches)
    .where(isNull(launches.deletedAt));
  const external = new Map(ids.map(({ id, externalId }) => [id, externalId]));
  return (await readLaunches(transaction)).map((launch) => ({ launch, externalId: external.get(launch.id) ?? null }));
};

const countsOf = ({ rows }: Plan) => {
  const count = (wanted: PlannedRow['action']) => rows.filter(({ action }) => action === wanted).length;
  return { new: count('new'), changed: count('changed'), same: count('same'), rejected: count('rejected') };
};

const answerOf = (plan: Plan, given: { dryRun: boolean; import: string | null }) => ({
  ...given,
  columns: plan.columns,
  dateOrderNeeded: plan.dateOrderNeeded,
  counts: countsOf(plan),
  rows: plan.rows.map(({ said: _said, existing: _existing, set: _set, ...row }) => row),
});

/** What the columns that are changed held, to put it back. */
const heldBefore = ({ existing, set }: PlannedRow): Written => {
  const { launch, externalId } = existing!;
  const held: Required<Written> = {
    name: launch.name,
    marketDate: launch.marketDate,
    readyDate: launch.readyDate,
    marketingOwnerId: launch.marketingOwner?.id ?? null,
    productOwnerId: launch.productOwner?.id ?? null,
    personas: launch.personas,
    eligibility: launch.eligibility,
    languages: launch.languages,
    regions: launch.regions,
    job: launch.job,
    brief: launch.brief,
    externalId,
  };
  return Object.fromEntries(Object.entries(held).filter(([column]) => column in set));
};

/** Two imports at once would not see each other's launches, and bring them twice. */
const oneAtATime = (context: Context, transaction: Transaction) =>
  transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`launch_import:${context.workspace.id}`}))`);

const write = async (context: Context, transaction: Transaction, plan: Plan) => {
  const id = randomUUID();
  const rows = plan.rows.filter(({ action }) => action === 'changed');
  const created = await addLaunches(
    context,
    transaction,
    plan.rows.filter(({ action }) => action === 'new'),
  );
  const changing = rows.map(({ existing, set }) => {
    const { id: launchId, version, marketDate } = existing!.launch;
    return { id: launchId, version, from: marketDate, set };
  });
  await changeLaunches(context, transaction, changing, 'Imported from a file');
  const changed = rows.map((row) => ({ id: row.existing!.launch.id, version: row.existing!.launch.version + 1, before: heldBefore(row) }));
  const author = { workspaceId: context.workspace.id, madeBy: context.actor.name, madeAt: context.now() };
  await transaction.insert(launchImports).values({ id, ...author, created, changed });
  const after = {
    created: plan.rows.filter(({ action }) => action === 'new').map(({ name }, index) => ({ id: created[index], name })),
    changed: changing.map(({ id: launchId, set }) => ({ id: launchId, ...set })),
  };
  const before = changed.length > 0 ? { changed: changed.map(({ id: launchId, before: held }) => ({ id: launchId, ...held })) } : null;
  return { id, before, after, result: answerOf(plan, { dryRun: false, import: id }) };
};

export const importLaunches = operation({
  summary:
    'Import launches from CSV (exports of Asana, Jira, Trello, Monday, or our own); first as a dry run. The same file again changes nothing, and an import can be taken back',
  method: 'POST',
  path: '/launches/import',
  who: marketers,
  input: z.object({
    csv: z.string().min(1).max(4_000_000).describe(`With the names of the columns in its first row; up to ${mostRows} rows`),
    dateOrder: z.enum(dateOrders).nullable().default(null).describe('Of dates such as 03/04/2026, when the dates themselves do not tell'),
    dryRun: z.boolean().default(true).describe('Only says what would come of it'),
  }),
  output: importedLaunches,
  run: async (context, { csv, dateOrder, dryRun }) => {
    const planned = async (transaction: Transaction) =>
      planImport(csv, { there: await readThere(transaction), members: await readMembers(transaction), dateOrder });
    const plan = await context.read(planned);
    if (dryRun) return answerOf(plan, { dryRun, import: null });
    if (plan.dateOrderNeeded)
      throw new Failure('invalid', {
        en: 'The dates do not tell whether the day or the month comes first. Say so with dateOrder, and nothing is guessed.',
        zh: '从日期看不出日在前还是月在前。请用 dateOrder 写明，这样就无需猜测。',
      });
    const { new: added, changed } = countsOf(plan);
    if (added + changed === 0) return answerOf(plan, { dryRun, import: null });
    return context.write('launch_import', async (transaction) => {
      await oneAtATime(context, transaction);
      return write(context, transaction, await planned(transaction));
    });
  },
});

export const undoLaunchImport = operation({
  summary: 'Take an import of launches back: what it brought is deleted, what it changed is as it was; what was changed since stays',
  method: 'POST',
  path: '/launches/imports/{import}/undo',
  who: marketers,
  input: z.object({ import: z.uuid() }),
  output: undoneImport,
  run: (context, { import: id }) =>
    context.write('launch_import', async (transaction) => {
      await oneAtATime(context, transaction);
      const [done] = await transaction.select().from(launchImports).where(eq(launchImports.id, id));
      if (!done)
        throw new Failure('not_found', {
          en: 'There is no such import of launches in this workspace.',
          zh: '此工作区中没有这次发布导入。',
        });
      if (done.undoneAt) throw new Failure('conflict', { en: 'This import was taken back already.', zh: '这次导入已经撤销。' });
      const here = new Map((await readThere(transaction)).map(({ launch }) => [launch.id, launch]));
      const untouched = (launchId: string, version: number) => here.get(launchId)?.version === version;
      const gone = done.created.filter((launchId) => untouched(launchId, 1));
      const back = done.changed.filter(({ id: launchId, version }) => untouched(launchId, version));
      for (const portion of inPortions(gone))
        await transaction.update(launches).set({ deletedAt: context.now() }).where(inArray(launches.id, portion));
      const changing = back.map(({ id: launchId, version, before }) => ({
        id: launchId,
        version,
        from: here.get(launchId)!.marketDate,
        set: before,
      }));
      await changeLaunches(context, transaction, changing, 'An import was taken back');
      await transaction
        .update(launchImports)
        .set({ undoneAt: context.now() })
        .where(and(eq(launchImports.id, id), isNull(launchImports.undoneAt)));
      const settled = new Set([...gone, ...back.map((one) => one.id)]);
      const kept = [...done.created, ...done.changed.map((one) => one.id)].flatMap((one) =>
        settled.has(one) ? [] : (here.get(one)?.key ?? []),
      );
      const result = { deleted: gone.length, putBack: back.length, kept };
      return { id, before: { created: gone, changed: back.map((one) => one.id) }, after: result, result };
    }),
});

/** A comma within the only value must not part it when it is read again. */
const listText = (values: string[]): string => (values.length === 1 && /[,，、]/.test(values[0]!) ? `${values[0]};` : values.join('; '));

const heads = [
  'Key',
  'Name',
  'Tier',
  'Stage',
  'State',
  'Ready date',
  'Market date',
  'Marketing owner',
  'Product owner',
  'Feature',
  'Personas',
  'Segments',
  'Languages',
  'Regions',
  'Job to be done',
  'Brief',
];

export const exportLaunches = operation({
  summary: 'Export the launches as CSV; it can be imported again',
  method: 'GET',
  path: '/launches.csv',
  who: everyone,
  input: z.object({}),
  output: z.object({ fileName: z.string(), csv: z.string() }),
  run: (context) =>
    context.read(async (transaction) => {
      const rows = (await readLaunches(transaction)).map((one) => [
        one.key,
        one.name,
        one.tier,
        one.stage,
        one.state,
        one.readyDate,
        one.marketDate,
        one.marketingOwner?.name,
        one.productOwner?.name,
        one.feature?.name,
        listText(one.personas),
        listText(one.eligibility.segments),
        listText(one.languages),
        listText(one.regions),
        one.job,
        one.brief,
      ]);
      return { fileName: 'launches.csv', csv: toCsv([heads, ...rows]) };
    }),
});
