import { setImmediate as nextTurn } from 'node:timers/promises';
import { day, instant, timeZone } from '../../../examples/weftwork/calendar.ts';
import type { Company } from '../../../examples/weftwork/generate.ts';
import { launches, type PlantedLaunch } from '../../../examples/weftwork/planted.ts';
import { eventRows, tableRows } from '../../../examples/weftwork/rows.ts';
import { recordEvents } from '../../collect/events/record.ts';
import type { ImportReport } from '../../collect/imports/schema.ts';
import { imports } from '../../collect/imports/tables.ts';
import { insertFeature } from '../../launch/features/queries.ts';
import { everybody, featureRule } from '../../launch/features/schema.ts';
import { adoptionOf } from '../../launch/goals/queries.ts';
import { insertLaunch } from '../../launch/launches/queries.ts';
import type { Application } from '../../platform/context.ts';
import { ownTables, type TableName, tables } from '../../platform/events/sources.ts';
import type { WorkspaceEvents } from '../../platform/events/store.ts';
import type { Transaction } from '../../platform/records/store.ts';

/** The one import that all rows of an example come with, and that takes them away again when it is undone. */
export type Batch = { importId: string; workspaceId: string };
export type Written = { table: Exclude<TableName, 'link'>; rows: number }[];

const rowsInOneInsert = 20_000;
const rowsInOneTurn = 2_000;

/** Writes the company in blocks: the next one is made while the store takes the last, and the server answers others in between. */
export const insertCompany = async (
  events: WorkspaceEvents,
  { importId }: Batch,
  company: Company,
  application: Application,
): Promise<Written> => {
  const insert = async (table: TableName, rows: Iterable<object>): Promise<number> => {
    let [written, block]: [number, object[]] = [0, []];
    let taking = Promise.resolve();
    const flush = async () => {
      await taking;
      if (block.length > 0) taking = events.insert(table, block);
      taking.catch(() => {}); // whoever awaits it next gets the error
      written += block.length;
      block = [];
    };
    for (const row of rows) {
      block.push({ import: importId, version: 1, ...row });
      if (block.length % rowsInOneTurn === 0) await nextTurn();
      if (block.length === rowsInOneInsert) await flush();
    }
    await flush();
    await taking;
    return written;
  };
  const done: Written = [];
  for (const [table, rows] of Object.entries(tableRows(company)) as [Exclude<TableName, 'link'>, object[]][]) {
    done.push({ table, rows: await insert(table, rows) });
  }
  const given = function* () {
    for (const { id, ...event } of eventRows(company)) yield { message: id, ...event };
  };
  const stored = await recordEvents(application, events, given(), { timeZone, receivedAt: application.now(), importId });
  done.push({ table: 'event', rows: stored });
  return done;
};

/** Takes away what a failed opening left behind. */
export const removeCompany = async (events: WorkspaceEvents): Promise<void> => {
  for (const table of [...tables, ...ownTables]) await events.command({ sql: `DELETE FROM ${table} WHERE workspace = {workspace:UUID}` });
};

const reportOf = (written: Written): ImportReport => ({
  targets: written.flatMap(({ table, rows }) =>
    table === 'identity' ? [] : [{ kind: table, counts: { new: rows, changed: 0, unchanged: 0, rejected: 0, duplicate: 0 }, reasons: [] }],
  ),
  missing: [],
  stages: [],
});

/** The example's rows as an import like any other: listed, committed, and to be undone as one. */
export const insertExampleImport = async (
  transaction: Transaction,
  { importId, workspaceId }: Batch,
  { written, createdBy, now }: { written: Written; createdBy: string; now: Date },
): Promise<void> => {
  await transaction.insert(imports).values({
    id: importId,
    workspaceId,
    number: 1,
    version: 1,
    state: 'committed',
    fileName: 'Weftwork (example)',
    progress: { phase: 'done' },
    report: reportOf(written),
    createdBy,
    createdAt: now,
    committedAt: now,
  });
};

const briefs: Record<PlantedLaunch['key'], string> = {
  'smart-handoff':
    'Work crosses teams with its whole context: who asked, what was agreed, what is still open. Adopted means three accepted hand-offs on two days or more.',
  'guest-lanes': 'People outside the company join a lane without a seat. Adopted means a lane opened to guests on two days or more.',
  'audit-export': 'Who handed over what to whom, as a signed file for auditors. For regulated customers on the enterprise plan.',
};

/** The three launches, each with its feature, and its goal registered before the market date. */
export const insertExampleLaunches = async (
  transaction: Transaction,
  workspaceId: string,
  written: { createdBy: string; createdAt: Date },
): Promise<string[]> => {
  const keys: string[] = [];
  for (const planted of launches) {
    const { name, tier, readyDate, marketDate, eligibility, rule } = planted;
    const definition = { rule: featureRule.parse(rule), base: everybody };
    const feature = await insertFeature(transaction, workspaceId, { name, product: 'Weftwork', ...definition, ...written });
    const goal = { unit: 'account' as const, ...planted.goal };
    const launch = await insertLaunch(
      transaction,
      workspaceId,
      {
        name,
        tier,
        stage: 'ga',
        readyDate,
        marketDate,
        featureId: feature.id,
        eligibility: { ...eligibility, createdBeforeMarketDate: true },
        brief: briefs[planted.key],
      },
      {
        goals: [adoptionOf(goal, feature.version)],
        by: written.createdBy,
        at: new Date(instant(day(planted.registeredOn), 15 * 60)),
      },
    );
    keys.push(launch.key);
  }
  return keys;
};
