import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Context } from '../../../platform/context.ts';
import { Failure } from '../../../platform/failure.ts';
import type { Transaction } from '../../../platform/records/store.ts';
import { keyOf, readKeys } from '../queries.ts';
import { launches, launchMoves } from '../tables.ts';
import type { PlannedRow } from './plan.ts';
import type { Written } from './tables.ts';

const rowsPerStatement = 500;

export const inPortions = <Row>(rows: Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / rowsPerStatement) }, (_, index) =>
    rows.slice(index * rowsPerStatement, (index + 1) * rowsPerStatement),
  );

/** Adds the new ones; answers their ids. */
export const addLaunches = async (context: Context, transaction: Transaction, rows: PlannedRow[]): Promise<string[]> => {
  const taken = await readKeys(transaction);
  const values = rows.map(({ said }) => {
    const { id, segments, tier, stage, marketDate, ...fields } = said;
    const key = keyOf(said.name, taken);
    taken.add(key);
    return {
      ...fields,
      id: randomUUID(),
      workspaceId: context.workspace.id,
      key,
      marketDate: marketDate!,
      tier: tier ?? 2,
      stage: stage ?? ('concept' as const),
      eligibility: { plans: [], segments, createdBeforeMarketDate: true },
      externalId: id || null,
      createdAt: context.now(),
      updatedAt: context.now(),
    };
  });
  for (const portion of inPortions(values)) await transaction.insert(launches).values(portion);
  return values.map(({ id }) => id);
};

export type Changing = { id: string; version: number; from: string; set: Written };

/** Changes launches that are here; a market date that moves says why, as every move does. */
export const changeLaunches = async (context: Context, transaction: Transaction, changed: Changing[], reason: string): Promise<void> => {
  for (const { id, version, set } of changed) {
    const updated = await transaction
      .update(launches)
      .set({ ...set, updatedAt: context.now(), version: sql`${launches.version} + 1` })
      .where(and(eq(launches.id, id), eq(launches.version, version)))
      .returning({ id: launches.id });
    if (updated.length === 0)
      throw new Failure('conflict', {
        en: 'Somebody changed one of these launches at this very moment. Nothing was written; do it again.',
        zh: '此刻有人修改了其中一次发布。没有写入任何内容，请重新操作。',
      });
  }
  const moved = changed.flatMap(({ id, from, set: { marketDate } }) =>
    marketDate === undefined || marketDate === from
      ? []
      : [
          {
            workspaceId: context.workspace.id,
            launchId: id,
            fromDate: from,
            toDate: marketDate,
            reason,
            movedBy: context.actor.name,
            movedAt: context.now(),
          },
        ],
  );
  for (const portion of inPortions(moved)) await transaction.insert(launchMoves).values(portion);
};
