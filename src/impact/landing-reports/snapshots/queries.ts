import { and, asc, eq, gt, gte } from 'drizzle-orm';
import { erasures } from '../../../collect/erasures/tables.ts';
import { imports } from '../../../collect/imports/tables.ts';
import type { Context } from '../../../platform/context.ts';
import { addDays, dayIn, daysBetween } from '../../../platform/days.ts';
import { Failure } from '../../../platform/failure.ts';
import type { Transaction } from '../../../platform/records/store.ts';
import { type Basis, inVersions, readBasis } from '../basis.ts';
import type { UsedFeature } from '../../../launch/features/schema.ts';
import type { UsedDefinition } from '../rests/schema.ts';
import { makeLandingReport } from '../report.ts';
import type { LandingReport } from '../schema.ts';
import type { Snapshot } from './schema.ts';
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

type Asked = { launch: string; day: number; now: Date };

const untilOf = ({ launch }: Basis, day: number): string => addDays(launch.marketDate, day - 1);

/** The report of a launch as of the end of a day after its market date. */
export const makeAsOf = async (context: Context, { launch, day, now }: Asked): Promise<{ launchId: string; report: LandingReport }> => {
  const basis = await context.read((transaction) => readBasis(transaction, launch, context.workspace.timeZone, now));
  return { launchId: basis.launch.id, report: await makeLandingReport({ context, basis, now, until: untilOf(basis, day) }) };
};

/** In the version in which a figure of a snapshot was counted by it. */
const asKept =
  (kept: readonly UsedDefinition[]) =>
  ({ id, version }: UsedFeature): number => {
    const own = kept.filter((one) => one.id === id);
    return own.some((one) => one.version === version) ? version : (own[0]?.version ?? version);
  };

const usedOf = ({ launch, features }: Basis): UsedFeature[] => {
  const all = [...(launch.feature ? [launch.feature] : []), ...features.values()];
  return [...new Map(all.map((one) => [`${one.id} ${one.version}`, one])).values()];
};

export type Again = {
  basis: Basis;
  /** By the definitions that were used then. */
  same: LandingReport;
  /** By the definitions as they are now; null where none says something else. */
  newest: LandingReport | null;
  /** Features that say something else now than then. */
  changed: UsedFeature[];
};

/** The same day again, by the definitions of then and by those of now, asked as of the moment at which it was made. */
export const makeAgain = async (context: Context, { launch, day, now }: Asked, kept: readonly UsedDefinition[]): Promise<Again> => {
  const { basis, used, newest } = await context.read(async (transaction) => {
    const found = await readBasis(transaction, launch, context.workspace.timeZone, now);
    return {
      basis: found,
      used: await inVersions(transaction, found, asKept(kept)),
      newest: await inVersions(transaction, found, () => null),
    };
  });
  const until = untilOf(basis, day);
  const changed = usedOf(used).filter((one) => one.newest !== null);
  return {
    basis,
    same: await makeLandingReport({ context, basis: used, now, until }),
    newest: changed.length > 0 ? await makeLandingReport({ context, basis: newest, now, until }) : null,
    changed,
  };
};

/** When imports were taken back or stored, and when data were erased, since a moment. */
export const dataSince = async (transaction: Transaction, since: Date) => {
  const files = await transaction
    .select({ id: imports.id, undoneAt: imports.undoneAt })
    .from(imports)
    .where(gte(imports.undoneAt, since))
    .limit(1000);
  const done = await transaction.select({ at: erasures.doneAt }).from(erasures).where(gt(erasures.doneAt, since)).limit(50);
  return { undone: new Map(files.map(({ id, undoneAt }) => [id, undoneAt])), erased: done.flatMap(({ at }) => (at ? [at] : [])) };
};
