import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import { zh } from './messages-zh.ts';
import type { ImportMapping, ImportState } from './schema.ts';
import { importMappings, imports, type ImportRow } from './tables.ts';

const { states } = zh;

export type Changes = Partial<Omit<typeof imports.$inferInsert, 'id' | 'workspaceId'>>;

/** Long enough for a slow statement, short enough that a restart does not wait: it is renewed while somebody works. */
export const lease = sql`now() + interval '30 seconds'`;

export async function findImport(transaction: Transaction, id: string): Promise<ImportRow> {
  const [row] = await transaction.select().from(imports).where(eq(imports.id, id));
  if (!row)
    throw new Failure('not_found', {
      en: 'There is no such import. It may belong to another workspace.',
      zh: '没有这次导入，它可能属于其他工作区。',
    });
  return row;
}

export const readImport = (context: Context, id: string): Promise<ImportRow> => context.read((transaction) => findImport(transaction, id));

/** Progress and the ends of work that a person asked for: the asking left the audit row. `inState`: only while it still is so. */
export const note = (context: Context, id: string, changes: Changes, inState?: ImportState): Promise<void> =>
  context.read(async (transaction) => {
    const which = inState ? and(eq(imports.id, id), eq(imports.state, inState)) : eq(imports.id, id);
    await transaction.update(imports).set(changes).where(which);
  });

/** Moves an import from one of the given states, or refuses; leaves the audit row. */
export const move = (
  context: Context,
  id: string,
  from: ImportState[],
  change: (row: ImportRow, transaction: Transaction) => Promise<Changes> | Changes,
): Promise<ImportRow> =>
  context.write('import', async (transaction) => {
    await transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`import:${context.workspace.id}`}))`);
    const before = await findImport(transaction, id);
    if (!from.includes(before.state))
      throw new Failure('conflict', {
        en: `The import is ${before.state}; this needs it to be ${from.join(' or ')}. Reload to see where it stands.`,
        zh: `导入目前为“${states[before.state]}”；此操作需要它为${from.map((one) => `“${states[one]}”`).join('或')}。请重新载入以查看现状。`,
      });
    const changes = await change(before, transaction);
    const [after] = await transaction.update(imports).set(changes).where(eq(imports.id, id)).returning();
    return { id, before: brief(before), after: brief(after!), result: after! };
  });

/** What the audit trail keeps of an import: not its columns and reports. */
const brief = ({ number, state, fileName, mapping, answers }: ImportRow) => ({ number, state, fileName, mapping, answers });

export const createImport = (context: Context, fileName: string): Promise<ImportRow> =>
  context.write('import', async (transaction) => {
    await transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`import:${context.workspace.id}`}))`);
    const [{ last } = { last: 0 }] = await transaction
      .select({ last: sql<number>`coalesce(max(${imports.number}), 0)::int` })
      .from(imports);
    const values = {
      workspaceId: context.workspace.id,
      number: last + 1,
      state: 'uploading' as const,
      fileName,
      createdBy: context.actor.name,
      createdAt: context.now(),
    };
    const [row] = await transaction
      .insert(imports)
      .values({ ...values, leaseUntil: lease as never })
      .returning();
    return { id: row!.id, before: null, after: brief(row!), result: row! };
  });

export async function beginCommit(context: Context, id: string): Promise<ImportRow> {
  return move(context, id, ['checked'], async (_row, transaction) => {
    const [busy] = await transaction.select({ number: imports.number }).from(imports).where(eq(imports.state, 'committing'));
    if (busy)
      throw new Failure('conflict', {
        en: `Import ${busy.number} is being committed. Wait until it is done, then commit this one.`,
        zh: `导入 ${busy.number} 正在写入。请等它完成后再写入这一个。`,
      });
    const [{ newest } = { newest: '0' }] = await transaction
      .select({ newest: sql<string>`coalesce(max(${imports.version}), 0)` })
      .from(imports);
    return {
      state: 'committing',
      // A moment, so that the newest stands among what imports and clients say; never less than an earlier import's.
      version: Math.max(Number(newest) + 1, context.now().getTime()),
      leaseUntil: lease as never,
      cancelAsked: false,
      problem: null,
      progress: { phase: 'writing', rows: 0 },
    };
  });
}

/** The rows become visible, unless somebody cancelled at the last moment: then false. */
export const endCommit = (context: Context, id: string): Promise<boolean> =>
  context.read(async (transaction) => {
    const changes: Changes = { state: 'committed', committedAt: context.now(), leaseUntil: null, progress: { phase: 'done' } };
    const ended = await transaction
      .update(imports)
      .set(changes)
      .where(and(eq(imports.id, id), eq(imports.cancelAsked, false)))
      .returning({ id: imports.id });
    return ended.length === 1;
  });

export async function rememberedMapping(
  transaction: Transaction,
  signature: string,
): Promise<{ mapping: ImportMapping; answers: Record<string, string> } | null> {
  const [row] = await transaction.select().from(importMappings).where(eq(importMappings.signature, signature));
  return row ? { mapping: row.mapping, answers: row.answers } : null;
}

export const remember = (context: Context, row: ImportRow): Promise<void> =>
  context.read(async (transaction) => {
    if (!row.signature || !row.mapping) return;
    const values = {
      workspaceId: context.workspace.id,
      signature: row.signature,
      mapping: row.mapping,
      answers: row.answers,
      usedAt: context.now(),
    };
    await transaction
      .insert(importMappings)
      .values(values)
      .onConflictDoUpdate({
        target: [importMappings.workspaceId, importMappings.signature],
        set: { mapping: row.mapping, answers: row.answers, usedAt: context.now() },
      });
  });

/** Takes over work whose server is gone; null when somebody else was faster or it is still alive. */
export const claimAbandoned = (context: Context): Promise<ImportRow[]> =>
  context.read((transaction) =>
    transaction
      .update(imports)
      .set({ leaseUntil: lease })
      .where(and(inArray(imports.state, ['uploading', 'checking', 'committing', 'undone']), sql`${imports.leaseUntil} < now()`))
      .returning(),
  );

/** Imports at rest whose staged rows are older than they are kept. */
export const expired = (context: Context, days: number): Promise<Pick<ImportRow, 'id' | 'state' | 'file'>[]> =>
  context.read((transaction) =>
    transaction
      .select({ id: imports.id, state: imports.state, file: imports.file })
      .from(imports)
      .where(
        and(
          sql`${imports.file}->>'forgotten' IS NULL`,
          inArray(imports.state, ['mapping', 'checked', 'committed', 'undone']),
          lt(imports.createdAt, new Date(context.now().getTime() - days * 86_400_000)),
        ),
      ),
  );
