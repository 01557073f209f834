import { and, desc, eq, ne, notInArray, or, sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Language, Said } from '../../platform/language.ts';
import type { Transaction } from '../../platform/records/store.ts';
import type { Erasure } from './schema.ts';
import { type ErasureRow, erasures } from './tables.ts';
import type { Tombstone } from './tombstone-file.ts';

/** Renewed while somebody works: when it runs out, the server is gone. */
export const lease = sql`now() + interval '30 seconds'`;

/** One that failed is tried again, but not at every look. */
export const retryAt = sql`now() + interval '1 minute'`;

/** It is kept in each language; what was stored before Landfall spoke two is plain text. */
const problemIn = (problem: string, language: Language): string =>
  problem.startsWith('{') ? (JSON.parse(problem) as Said)[language] : problem;

export const asErasure = ({ createdAt, doneAt, ...row }: ErasureRow, readmitted: Map<string, string>, language: Language): Erasure => ({
  id: row.id,
  number: row.number,
  state: row.state,
  hash: row.hash,
  found: row.found,
  problem: row.problem && problemIn(row.problem, language),
  createdBy: row.createdBy,
  createdAt: createdAt.toISOString(),
  doneAt: doneAt?.toISOString() ?? null,
  readmittedAt: readmitted.get(row.id) ?? null,
});

export const findErasure = async (transaction: Transaction, id: string): Promise<ErasureRow> => {
  const [row] = await transaction.select().from(erasures).where(eq(erasures.id, id));
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no such erasure in this workspace. List the erasures to see those there are.',
      zh: '此工作区中没有这条抹除记录。请列出以查看现有的。',
    });
  return row;
};

export const listRows = (transaction: Transaction, limit: number, offset: number): Promise<ErasureRow[]> =>
  transaction.select().from(erasures).orderBy(desc(erasures.number)).limit(limit).offset(offset);

const oneAtATime = (context: Context, transaction: Transaction) =>
  transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`erasure:${context.workspace.id}`}))`);

const nextNumber = async (transaction: Transaction): Promise<number> => {
  const [found] = await transaction.select({ last: sql<number>`coalesce(max(${erasures.number}), 0)::int` }).from(erasures);
  return found!.last + 1;
};

export const listStates = (context: Context): Promise<Map<string, Pick<ErasureRow, 'state' | 'hash'>>> =>
  context.read(async (transaction) => {
    const { id, state, hash } = erasures;
    const rows = await transaction.select({ id, state, hash }).from(erasures);
    return new Map(rows.map((row) => [row.id, row]));
  });

/** The erasure of a person, begun; one that runs for the same person already is answered instead. */
export const begin = (context: Context, person: string): Promise<ErasureRow> =>
  context.write('erasure', async (transaction) => {
    await oneAtATime(context, transaction);
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
    const number = await nextNumber(transaction);
    const values = { workspaceId: context.workspace.id, number, person, createdBy: context.actor.name, createdAt: context.now() };
    const [row] = await transaction
      .insert(erasures)
      .values({ ...values, leaseUntil: lease as never })
      .returning();
    return { id: row!.id, before: null, after: { number: row!.number, state: 'running' }, result: row! };
  });

/** Stands for the person of an erasure that is done again: only its tombstones tell who it was. */
export const knownByTombstones = '';

/** Begins again what was done before the stores were taken back to an earlier time. */
export const beginAgain = (context: Context, { erasure: id, hash, at }: Pick<Tombstone, 'erasure' | 'hash' | 'at'>): Promise<void> =>
  context.writeAs('erasures.again', 'erasure', async (transaction) => {
    await oneAtATime(context, transaction);
    const [before] = await transaction.select().from(erasures).where(eq(erasures.id, id));
    const number = before?.number ?? (await nextNumber(transaction));
    const again = {
      state: 'running' as const,
      person: knownByTombstones,
      leaseUntil: sql`now()` as never,
      problem: null,
      found: null,
      doneAt: null,
    };
    const first = { id, workspaceId: context.workspace.id, number, hash, createdBy: context.actor.name, createdAt: new Date(at) };
    await transaction
      .insert(erasures)
      .values({ ...first, ...again })
      .onConflictDoUpdate({ target: erasures.id, set: again });
    return { id, before: before ? { number, state: before.state } : null, after: { number, state: 'running' }, result: undefined };
  });

/** What an erasure refuses is let in again. */
export const noteReadmission = (context: Context, { id, number, hash }: ErasureRow): Promise<void> =>
  context.write('erasure', async () => ({
    id,
    before: { number, state: 'done' },
    after: { number, hash, readmitted: true },
    result: undefined,
  }));

export const note = (context: Context, id: string, changes: Partial<typeof erasures.$inferInsert>): Promise<void> =>
  context.read(async (transaction) => void (await transaction.update(erasures).set(changes).where(eq(erasures.id, id))));

/** The end, with what was done, in the audit trail. */
export const end = (context: Context, { id, number, hash, found }: ErasureRow): Promise<void> =>
  context.writeAs('erasures.end', 'erasure', async (transaction) => {
    const changes = { state: 'done' as const, person: null, problem: null, leaseUntil: null, doneAt: context.now() };
    await transaction.update(erasures).set(changes).where(eq(erasures.id, id));
    return { id, before: { number, state: 'running' }, after: { number, state: 'done', hash, found }, result: undefined };
  });

/** Takes over erasures whose server is gone, and those that failed. `here` are those that this process does. */
export const claimUnfinished = (context: Context, here: readonly string[]): Promise<ErasureRow[]> => {
  const ranOut = sql`(${erasures.leaseUntil} IS NULL OR ${erasures.leaseUntil} < now())`;
  // The in-process Postgres serves one process: what another one did there, it did until it was killed.
  const isLeft = and(eq(erasures.state, 'running'), notInArray(erasures.id, [...here]));
  const isFree = context.application.records.kind === 'pglite' ? or(ranOut, isLeft) : ranOut;
  return context.read((transaction) =>
    transaction
      .update(erasures)
      .set({ leaseUntil: lease, state: 'running' })
      .where(and(ne(erasures.state, 'done'), isFree))
      .returning(),
  );
};
