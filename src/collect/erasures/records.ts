import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import type { Erasure } from './schema.ts';
import { type ErasureRow, erasures } from './tables.ts';

/** Renewed while somebody works: when it runs out, the server is gone. */
export const lease = sql`now() + interval '30 seconds'`;

/** One that failed is tried again, but not at every look. */
export const retryAt = sql`now() + interval '1 minute'`;

export const asErasure = ({ createdAt, doneAt, ...row }: ErasureRow): Erasure => ({
  id: row.id,
  number: row.number,
  state: row.state,
  hash: row.hash,
  found: row.found,
  problem: row.problem,
  createdBy: row.createdBy,
  createdAt: createdAt.toISOString(),
  doneAt: doneAt?.toISOString() ?? null,
});

export const findErasure = async (transaction: Transaction, id: string): Promise<ErasureRow> => {
  const [row] = await transaction.select().from(erasures).where(eq(erasures.id, id));
  if (!row) throw new Failure('not_found', 'There is no such erasure in this workspace. List the erasures to see those there are.');
  return row;
};

export const listRows = (transaction: Transaction, limit: number, offset: number): Promise<ErasureRow[]> =>
  transaction.select().from(erasures).orderBy(desc(erasures.number)).limit(limit).offset(offset);

/** The erasure of a person, begun; one that runs for the same person already is answered instead. */
export const begin = (context: Context, person: string): Promise<ErasureRow> =>
  context.write('erasure', async (transaction) => {
    await transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`erasure:${context.workspace.id}`}))`);
    const [running] = await transaction
      .select()
      .from(erasures)
      .where(and(eq(erasures.person, person), ne(erasures.state, 'done')));
    if (running) {
      const again = { state: 'running' as const, problem: null, leaseUntil: lease as never };
      const [row] = await transaction.update(erasures).set(again).where(eq(erasures.id, running.id)).returning();
      return {
        id: row!.id,
        before: { number: row!.number, state: running.state },
        after: { number: row!.number, state: 'running' },
        result: row!,
      };
    }
    const [{ last } = { last: 0 }] = await transaction
      .select({ last: sql<number>`coalesce(max(${erasures.number}), 0)::int` })
      .from(erasures);
    const values = { workspaceId: context.workspace.id, number: last + 1, person, createdBy: context.actor.name, createdAt: context.now() };
    const [row] = await transaction
      .insert(erasures)
      .values({ ...values, leaseUntil: lease as never })
      .returning();
    return { id: row!.id, before: null, after: { number: row!.number, state: 'running' }, result: row! };
  });

export const note = (context: Context, id: string, changes: Partial<typeof erasures.$inferInsert>): Promise<void> =>
  context.read(async (transaction) => void (await transaction.update(erasures).set(changes).where(eq(erasures.id, id))));

/** The end, with what was done, in the audit trail. */
export const end = (context: Context, { id, number, hash, found }: ErasureRow): Promise<void> =>
  context.writeAs('erasures.end', 'erasure', async (transaction) => {
    const changes = { state: 'done' as const, person: null, problem: null, leaseUntil: null, doneAt: context.now() };
    await transaction.update(erasures).set(changes).where(eq(erasures.id, id));
    return { id, before: { number, state: 'running' }, after: { number, state: 'done', hash, found }, result: undefined };
  });

/** Takes over erasures whose server is gone, and those that failed. */
export const claimUnfinished = (context: Context): Promise<ErasureRow[]> =>
  context.read((transaction) =>
    transaction
      .update(erasures)
      .set({ leaseUntil: lease, state: 'running' })
      .where(and(ne(erasures.state, 'done'), sql`(${erasures.leaseUntil} IS NULL OR ${erasures.leaseUntil} < now())`))
      .returning(),
  );
