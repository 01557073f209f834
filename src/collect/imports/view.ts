import type { Context } from '../../platform/context.ts';
import type { Language } from '../../platform/language.ts';
import { questionsOf } from './questions.ts';
import { findImport, rememberedMapping } from './records.ts';
import type { ImportView } from './schema.ts';
import type { ImportProblem, ImportRow } from './tables.ts';

/** An import as lists show it. */
export const asSummary = (row: ImportRow) => ({
  id: row.id,
  number: row.number,
  state: row.state,
  fileName: row.fileName,
  report: row.report,
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
  committedAt: row.committedAt?.toISOString() ?? null,
  undoneAt: row.undoneAt?.toISOString() ?? null,
});

const problemIn = ({ code, message, details }: ImportProblem, language: Language): ImportView['problem'] => ({
  code,
  message: typeof message === 'string' ? message : message[language],
  details: details ?? null,
});

/** An import with all that a page or a caller needs to go on. */
export async function view(context: Context, id: string): Promise<ImportView> {
  const { row, remembered } = await context.read(async (transaction) => {
    const row = await findImport(transaction, id);
    return { row, remembered: row.signature ? (await rememberedMapping(transaction, row.signature)) !== null : false };
  });
  const columns = row.columns ?? [];
  return {
    ...asSummary(row),
    file: row.file,
    columns,
    mapping: row.mapping,
    remembered,
    questions: row.mapping ? questionsOf(row.mapping, columns, row.answers, context.workspace.currency) : [],
    progress: row.progress,
    problem: row.problem && problemIn(row.problem, context.language),
  };
}
