import { and, asc, eq, gt, or } from 'drizzle-orm';
import { erasures } from '../../../collect/erasures/tables.ts';
import { eventsRevision } from '../../../collect/events/queries.ts';
import { revision } from '../../../collect/imports/queries.ts';
import { imports } from '../../../collect/imports/tables.ts';
import type { Context } from '../../../platform/context.ts';
import { addDays, dayIn, daysBetween } from '../../../platform/days.ts';
import { Failure } from '../../../platform/failure.ts';
import type { Transaction } from '../../../platform/records/store.ts';
import { type Basis, readBasis } from '../basis.ts';
import { makeLandingReport } from '../report.ts';
import type { LandingReport } from '../schema.ts';
import type { Snapshot, SnapshotBasis } from './schema.ts';
import { landingSnapshots } from './tables.ts';

export type SnapshotRow = typeof landingSnapshots.$inferSelect;

export const asSnapshot = ({ day, madeAt, madeBy, report }: SnapshotRow): Snapshot => ({
  day,
  madeAt: madeAt.toISOString(),
  madeBy,
  lateDays: Math.max(0, daysBetween(addDays(report.launch.marketDate, day), dayIn(madeAt, report.timeZone))),
  goals: report.goals
    .filter(({ kind }) => kind === 'horizon')
    .map(({ id, name, day: horizon, verdict, target, result, unit, leading }) => ({
      id,
      name,
      day: horizon,
      verdict,
      target,
      result,
      unit,
      leading,
    })),
});

export const readSnapshots = (transaction: Transaction, launchId: string): Promise<SnapshotRow[]> =>
  transaction.select().from(landingSnapshots).where(eq(landingSnapshots.launchId, launchId)).orderBy(asc(landingSnapshots.day));

export const readSnapshot = async (transaction: Transaction, launchId: string, day: number): Promise<SnapshotRow> => {
  const [row] = await transaction
    .select()
    .from(landingSnapshots)
    .where(and(eq(landingSnapshots.launchId, launchId), eq(landingSnapshots.day, day)));
  if (!row)
    throw new Failure('not_found', {
      en: `The report of day ${day} was not kept. List the snapshots to see those there are.`,
      zh: `没有保留第 ${day} 天的报告。请列出以查看已保留的。`,
    });
  return row;
};

export type Made = { launchId: string; report: LandingReport; basis: SnapshotBasis; read: Basis };

/** The report of a launch as of the end of a day after its market date, and what it rests on. */
export const makeAsOf = async (context: Context, launchKey: string, day: number, now: Date): Promise<Made> => {
  const { timeZone } = context.workspace;
  const { read, moved } = await context.read(async (transaction) => ({
    read: await readBasis(transaction, launchKey, timeZone, now),
    moved: await revision(transaction),
  }));
  const [received] = await context.events.ask<{ revision: string }>(eventsRevision);
  const { launch, goals, comparisons } = read;
  const until = addDays(launch.marketDate, day - 1);
  return {
    launchId: launch.id,
    read,
    report: await makeLandingReport({ context, basis: read, now, until }),
    basis: {
      launch: launch.version,
      feature: launch.feature?.version ?? null,
      goals: goals.filter(({ registered }) => registered).map(({ id, name, version }) => ({ id, name, version })),
      comparisons: comparisons.map(({ id, name, version }) => ({ id, name, version })),
      imports: moved,
      events: received?.revision ?? '',
    },
  };
};

/** The files that were imported or taken back, and the erasures, since a moment. */
export const dataSince = async (transaction: Transaction, since: Date) => {
  const files = await transaction
    .select({ fileName: imports.fileName, committedAt: imports.committedAt, undoneAt: imports.undoneAt })
    .from(imports)
    .where(or(gt(imports.committedAt, since), gt(imports.undoneAt, since)))
    .orderBy(asc(imports.committedAt))
    .limit(50);
  const done = await transaction.select({ at: erasures.doneAt }).from(erasures).where(gt(erasures.doneAt, since)).limit(50);
  return { imports: files, erased: done.flatMap(({ at }) => (at ? [at] : [])) };
};
