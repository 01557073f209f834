import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { Failure } from '../../platform/failure.ts';
import type { Transaction } from '../../platform/records/store.ts';
import type { Pql } from './schema.ts';
import { pqls, pqlVersions } from './tables.ts';

type Row = typeof pqls.$inferSelect;

const withVersions = async (transaction: Transaction, rows: readonly Row[]): Promise<Pql[]> => {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const found = await transaction.select().from(pqlVersions).where(inArray(pqlVersions.pqlId, ids)).orderBy(desc(pqlVersions.version));
  return rows.map(({ id, name, version, createdAt }) => {
    const versions = found
      .filter(({ pqlId }) => pqlId === id)
      .map((one) => ({
        version: one.version,
        definition: one.definition,
        createdBy: one.createdBy,
        createdAt: one.createdAt.toISOString(),
      }));
    return { id, name, version, definition: versions[0]!.definition, versions, createdAt: createdAt.toISOString() };
  });
};

export const readPqls = async (transaction: Transaction): Promise<Pql[]> =>
  withVersions(transaction, await transaction.select().from(pqls).where(isNull(pqls.deletedAt)).orderBy(asc(pqls.name)));

export const readPql = async (transaction: Transaction, id: string): Promise<Pql> => {
  const rows = await transaction
    .select()
    .from(pqls)
    .where(and(eq(pqls.id, id), isNull(pqls.deletedAt)));
  const [found] = await withVersions(transaction, rows);
  if (!found)
    throw new Failure('not_found', {
      en: 'There is no such PQL definition in this workspace. List them to see those there are.',
      zh: '此工作区中没有这个 PQL 定义。请列出以查看现有的。',
    });
  return found;
};
