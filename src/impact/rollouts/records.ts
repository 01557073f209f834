import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import type { Assigned, Deviation, Rollout } from './schema.ts';
import { rolloutAccounts, rolloutDeviations, rollouts } from './tables.ts';

type Row = typeof rollouts.$inferSelect;

const deviationsOf = async (transaction: Transaction, ids: string[]): Promise<{ rollout: string; deviation: Deviation }[]> => {
  const found = await transaction
    .select({ row: rolloutDeviations, name: rolloutAccounts.name, wave: rolloutAccounts.wave })
    .from(rolloutDeviations)
    .innerJoin(
      rolloutAccounts,
      and(eq(rolloutAccounts.rolloutId, rolloutDeviations.rolloutId), eq(rolloutAccounts.accountId, rolloutDeviations.accountId)),
    )
    .where(inArray(rolloutDeviations.rolloutId, ids))
    .orderBy(desc(rolloutDeviations.createdAt), asc(rolloutDeviations.id));
  return found.map(({ row: { rolloutId, accountId, id, got, day, note, createdBy, createdAt }, name, wave }) => ({
    rollout: rolloutId,
    deviation: { id, account: accountId, name, wave, got, day, note, createdBy, createdAt: createdAt.toISOString() },
  }));
};

const withDeviations = async (transaction: Transaction, rows: readonly Row[]): Promise<Rollout[]> => {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const found = await deviationsOf(transaction, ids);
  return rows.map(({ id, name, plan, basis, createdBy, createdAt }) => {
    const deviations = found.filter(({ rollout }) => rollout === id).map(({ deviation }) => deviation);
    return { id, name, plan, basis, deviations, createdBy, createdAt: createdAt.toISOString() };
  });
};

export const readRollouts = async (transaction: Transaction): Promise<Rollout[]> =>
  withDeviations(
    transaction,
    await transaction.select().from(rollouts).where(isNull(rollouts.deletedAt)).orderBy(desc(rollouts.createdAt), asc(rollouts.id)),
  );

export const readRollout = async (transaction: Transaction, id: string): Promise<Rollout> => {
  const rows = await transaction
    .select()
    .from(rollouts)
    .where(and(eq(rollouts.id, id), isNull(rollouts.deletedAt)));
  const [found] = await withDeviations(transaction, rows);
  if (!found)
    throw new Failure('not_found', {
      en: 'There is no such roll-out in this workspace. List the roll-outs to see those there are.',
      zh: '此工作区中没有这个分批发布。请列出以查看现有的。',
    });
  return found;
};

type Page = { offset: number; limit: number };

export const readAssigned = async (transaction: Transaction, id: string, page?: Page): Promise<{ accounts: Assigned[]; total: number }> => {
  const listing = transaction
    .select()
    .from(rolloutAccounts)
    .where(eq(rolloutAccounts.rolloutId, id))
    .orderBy(asc(rolloutAccounts.wave), asc(sql`lower(${rolloutAccounts.name})`), asc(rolloutAccounts.accountId));
  const found = await (page ? listing.limit(page.limit).offset(page.offset) : listing);
  const total = await transaction.$count(rolloutAccounts, eq(rolloutAccounts.rolloutId, id));
  const accounts = found.map(({ accountId, sourceId, name, wave, stratum, did }) => ({
    account: accountId,
    sourceId,
    name,
    wave,
    stratum,
    did,
  }));
  return { accounts, total };
};
