import { eq, inArray } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { type ImportRow, imports } from '../imports/tables.ts';
import { soughtImports } from './queries.ts';

const withoutColumns = (columns: ImportRow['columns']) => columns && columns.map((column) => ({ ...column, examples: [] }));
const withoutPeople = (report: ImportRow['report']) =>
  report && { ...report, missing: report.missing.map((one) => (one.kind === 'person' ? { ...one, values: [] } : one)) };

/** Examples of what stood in the columns of files that held the person: any of them may be theirs, and none says whose it is. */
export const eraseExamples = async (context: Context, erasure: string): Promise<void> => {
  const ids = (await context.events.ask<{ value: string }>(soughtImports(erasure))).map(({ value }) => value);
  await context.read(async (transaction) => {
    const rows = await transaction.select().from(imports).where(inArray(imports.id, ids));
    for (const { id, columns, report } of rows) {
      const without = { columns: withoutColumns(columns), report: withoutPeople(report) };
      await transaction.update(imports).set(without).where(eq(imports.id, id));
    }
  });
};
