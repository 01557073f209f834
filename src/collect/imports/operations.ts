import { desc, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { editors, everyone } from '../../platform/roles.ts';
import { toCsv } from '../../platform/csv.ts';
import { runCheck } from './checks.ts';
import { endCancelled, runCommit, runUndo } from './commits.ts';
import { checkMapping } from './mapping.ts';
import { outcomePage } from './queries.ts';
import { questionsOf } from './questions.ts';
import { encodings } from './reading/decoding.ts';
import { delimiters } from './reading/layout.ts';
import { beginCommit, lease, move, readImport } from './records.ts';
import { resumeImports } from './resuming.ts';
import { importMapping, importSummary, importView, outcomeRow, outcomes } from './schema.ts';
import { imports } from './tables.ts';
import { readHeaderAgain, upload } from './uploading.ts';
import { asSummary, view } from './view.ts';
import { inBackground, waitFor } from './work.ts';

const one = z.object({ import: z.uuid() });
const waiting = {
  waitSeconds: z.coerce.number().min(0).max(60).default(20).describe('How long to wait for the end; the work goes on anyway'),
};

export const listImports = operation({
  summary: 'List the imports, the newest first',
  method: 'GET',
  path: '/imports',
  who: everyone,
  input: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), offset: z.coerce.number().int().min(0).default(0) }),
  output: z.object({ imports: z.array(importSummary), total: z.number() }),
  run: async (context, { limit, offset }) => {
    await resumeImports(context);
    return context.read(async (transaction) => {
      const rows = await transaction.select().from(imports).orderBy(desc(imports.number)).limit(limit).offset(offset);
      const [counted] = await transaction.select({ total: sql<number>`count(*)::int` }).from(imports);
      return { imports: rows.map(asSummary), total: counted!.total };
    });
  },
});

export const getImport = operation({
  summary: 'Read one import: its columns, mapping, open questions, progress and report',
  method: 'GET',
  path: '/imports/{import}',
  who: everyone,
  input: one,
  output: importView,
  run: async (context, input) => {
    await resumeImports(context);
    return view(context, input.import);
  },
});

export const uploadImport = operation({
  summary: 'Send a file (CSV, TSV, JSON Lines or Parquet, also gzip) and get a proposed mapping',
  method: 'POST',
  path: '/imports',
  who: editors,
  stream: true,
  input: z.object({
    fileName: z.string().min(1).max(255),
    encoding: z.enum(encodings).optional().describe('Only where it is not told by the file itself, e.g. gb18030'),
    delimiter: z.enum(delimiters).optional(),
  }),
  output: importView,
  run: async (context, { fileName, encoding, delimiter }) => view(context, (await upload(context, fileName, { encoding, delimiter })).id),
});

export const mapImport = operation({
  summary: 'Change the mapping of an import, or answer its questions',
  method: 'PUT',
  path: '/imports/{import}/mapping',
  who: editors,
  input: one.extend({ mapping: importMapping.optional(), answers: z.record(z.string(), z.string()).optional() }),
  output: importView,
  run: async (context, { import: id, mapping, answers }) => {
    const before = await readImport(context, id);
    const headerChanged = mapping && before.mapping && mapping.header !== before.mapping.header && before.file?.kind === 'delimited';
    const columns = headerChanged ? await readHeaderAgain(context, before, mapping.header) : before.columns;
    if (mapping) checkMapping(mapping, columns ?? []);
    await move(context, id, ['mapping', 'checked'], (row) => ({
      state: 'mapping',
      columns,
      mapping: mapping ?? row.mapping,
      answers: { ...row.answers, ...answers },
      report: null,
      problem: null,
    }));
    return view(context, id);
  },
});

export const remapImport = operation({
  summary: 'Say that a text in the file means something known, such as GTXPro for GTX Pro',
  method: 'POST',
  path: '/imports/{import}/values',
  who: editors,
  input: one.extend({ kind: z.string().min(1).max(40).describe('An object kind, or "state"'), values: z.record(z.string(), z.string()) }),
  output: importView,
  run: async (context, { import: id, kind, values }) => {
    await move(context, id, ['mapping', 'checked'], ({ mapping }) => {
      const valueMaps = { ...mapping!.valueMaps, [kind]: { ...mapping!.valueMaps[kind], ...values } };
      return { state: 'mapping', mapping: { ...mapping!, valueMaps }, report: null, problem: null };
    });
    return view(context, id);
  },
});

export const checkImport = operation({
  summary: 'Dry run: what would be new, changed, unchanged or rejected; nothing is written',
  method: 'POST',
  path: '/imports/{import}/check',
  who: editors,
  input: one.extend(waiting),
  output: importView,
  run: async (context, { import: id, waitSeconds }) => {
    const row = await move(context, id, ['mapping', 'checked'], (row) => {
      checkMapping(row.mapping!, row.columns!);
      const open = questionsOf(row.mapping!, row.columns!, row.answers, context.workspace.currency).filter(({ answer }) => answer === null);
      if (open.length) {
        throw new Failure(
          'invalid',
          {
            en: `Answer first: ${open.map(({ id }) => id).join(', ')}. The file can be read in more than one way.`,
            zh: `请先回答：${open.map(({ id }) => id).join('、')}。该文件可以有多种读法。`,
          },
          {
            reason: 'open_questions',
            questions: open,
          },
        );
      }
      return { state: 'checking', report: null, problem: null, leaseUntil: lease as never, progress: { phase: 'checking', rows: 0 } };
    });
    inBackground(context, id, 'check import', () => runCheck(context, row));
    await waitFor(id, waitSeconds);
    return view(context, id);
  },
});

/** The cells of a row that could not be read, without the mark that says so. */
const asRead = (cells: string[]): string[] => (cells[0]?.startsWith('\0') ? cells.slice(1) : cells);

export const listImportRows = operation({
  summary: 'The rows of a dry run: line, outcome, reason, and the cells of the file',
  method: 'GET',
  path: '/imports/{import}/rows',
  who: everyone,
  input: one.extend({
    target: z.coerce.number().int().min(0).max(7).default(0),
    outcome: z.enum(outcomes).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  output: z.object({ rows: z.array(outcomeRow) }),
  run: async (context, { import: id, ...page }) => {
    await readImport(context, id);
    const rows = await context.events.ask<z.infer<typeof outcomeRow>>(outcomePage({ importId: id, ...page }));
    return { rows: rows.map((row) => ({ ...row, cells: asRead(row.cells) })) };
  },
});

/** More than a person reads; a spreadsheet still opens it. */
const mostRowsInFile = 100_000;

export const exportImportRows = operation({
  summary: 'Export rows of a dry run as CSV, such as the rejected ones with their reasons, to mend them',
  method: 'GET',
  path: '/imports/{import}/rows.csv',
  who: everyone,
  input: one.extend({ target: z.coerce.number().int().min(0).max(7).default(0), outcome: z.enum(outcomes).optional() }),
  output: z.object({ fileName: z.string(), csv: z.string(), truncated: z.boolean() }),
  run: async (context, { import: id, target, outcome }) => {
    const row = await readImport(context, id);
    const page = outcomePage({ importId: id, target, outcome, limit: mostRowsInFile, offset: 0 });
    const found = await context.events.ask<z.infer<typeof outcomeRow>>(page);
    const head = ['line', 'outcome', 'reason', 'detail', ...(row.columns ?? []).map(({ name }) => name)];
    const lines = found.map((one) => [one.line, one.outcome, one.reason, one.detail, ...asRead(one.cells)]);
    return {
      fileName: `import-${row.number}-${outcome ?? 'rows'}.csv`,
      csv: toCsv([head, ...lines]),
      truncated: found.length === mostRowsInFile,
    };
  },
});

export const commitImport = operation({
  summary: 'Write what the dry run found',
  method: 'POST',
  path: '/imports/{import}/commit',
  who: editors,
  input: one.extend(waiting),
  output: importView,
  run: async (context, { import: id, waitSeconds }) => {
    const row = await beginCommit(context, id);
    inBackground(context, id, 'commit import', (signal) => runCommit(context, row, signal));
    await waitFor(id, waitSeconds);
    return view(context, id);
  },
});

export const cancelImport = operation({
  summary: 'Stop an import that is not committed; nothing of it stays',
  method: 'POST',
  path: '/imports/{import}/cancel',
  who: editors,
  input: one.extend(waiting),
  output: importView,
  run: async (context, { import: id, waitSeconds }) => {
    const row = await move(context, id, ['uploading', 'mapping', 'checking', 'checked', 'committing', 'failed'], ({ state }) =>
      // While rows are being written they stay hidden behind this state until they have been taken away.
      state === 'committing' ? { cancelAsked: true } : { cancelAsked: true, state: 'cancelled', leaseUntil: null },
    );
    await waitFor(id, waitSeconds);
    if (row.state === 'cancelled') await endCancelled(context, id);
    return view(context, id);
  },
});

export const undoImport = operation({
  summary: 'Take a committed import back as a whole',
  method: 'POST',
  path: '/imports/{import}/undo',
  who: editors,
  input: one.extend(waiting),
  output: importView,
  run: async (context, { import: id, waitSeconds }) => {
    const row = await move(context, id, ['committed'], () => ({
      state: 'undone',
      undoneAt: context.now(),
      leaseUntil: lease as never,
      progress: { phase: 'removing' },
    }));
    inBackground(context, id, 'undo import', () => runUndo(context, row));
    await waitFor(id, waitSeconds);
    return view(context, id);
  },
});
