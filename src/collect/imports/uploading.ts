import type { Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { removeStaged } from './committing.ts';
import { headerSignature } from './headers.ts';
import { checkMapping } from './mapping.ts';
import { firstRow } from './queries.ts';
import { columnNames } from './reading/layout.ts';
import { asWritten } from '../../platform/csv.ts';
import { readFile, type Reading, type ReadingOptions } from './reading/read.ts';
import type { Row } from './reading/delimited.ts';
import { recognise } from './recognise.ts';
import { createImport, lease, note, readImport, rememberedMapping } from './records.ts';
import type { ImportColumn, ImportMapping } from './schema.ts';
import { asColumns, sniffColumns, type Sniffed } from './sniffing.ts';
import type { ImportRow } from './tables.ts';
import { asProblem, cancelAsked, cancelled } from './work.ts';

/** Rows go to the store in pieces of this many, or of this many characters. */
const batchRows = 20_000;
const batchCharacters = 4_000_000;

type Staged = { rows: number; firstLine: number };

/** Reads a file into the staging area and proposes a mapping. A file that is refused leaves nothing but its reason. */
export async function upload(context: Context, fileName: string, options: ReadingOptions): Promise<ImportRow> {
  if (!context.body) throw new Failure('invalid', { en: 'Send the file as the body of the request.', zh: '请将文件作为请求正文发送。' });
  const { id } = await createImport(context, fileName);
  try {
    const reading = await readFile(context.body, options);
    const staged = await stage(context, id, reading);
    if (staged.rows === 0)
      throw new Failure(
        'invalid',
        { en: 'The file holds no rows. Export it again and import the new file.', zh: '文件中没有行。请重新导出并导入新文件。' },
        { reason: 'empty_file' },
      );
    await note(context, id, { progress: { phase: 'sniffing', bytes: reading.bytes.packed, rows: staged.rows } });
    const file = {
      kind: reading.kind,
      gzip: reading.gzip,
      encoding: reading.text.encoding,
      delimiter: reading.delimiter,
      bytes: reading.bytes.packed,
      rows: staged.rows,
      firstLine: staged.firstLine,
      replaced: reading.text.replaced,
    };
    const columns = await sniff(context, id, reading.columns(), staged.firstLine, reading.header);
    const proposal = await propose(context, columns, reading.header, fileName);
    await note(
      context,
      id,
      { state: 'mapping', file, columns, ...proposal, leaseUntil: null, progress: { phase: 'done', bytes: file.bytes, rows: staged.rows } },
      'uploading',
    );
    if (await cancelAsked(context, id)) throw cancelled();
    return await readImport(context, id);
  } catch (error) {
    for (const query of removeStaged(id)) await context.events.command(query).catch(() => {});
    const gone = await cancelAsked(context, id);
    await note(
      context,
      id,
      gone ? { state: 'cancelled', leaseUntil: null } : { state: 'failed', problem: asProblem(error), leaseUntil: null },
    );
    throw error;
  }
}

async function stage(context: Context, id: string, reading: Reading): Promise<Staged> {
  const staged: Staged = { rows: 0, firstLine: 1 };
  let waiting: Row[] = [];
  let characters = 0;
  let noted = Date.now();
  // The store takes one batch while the next one is read.
  let taken: Promise<void> = Promise.resolve();
  const flush = async () => {
    if (waiting.length === 0) return;
    if (staged.rows === 0) staged.firstLine = waiting[0]!.line;
    staged.rows += waiting.length;
    const batch = waiting.map((row) => ({ import: id, line: row.line, cells: stagedCells(row) }));
    waiting = [];
    characters = 0;
    await taken;
    taken = context.events.insert('import_row', batch);
    taken.catch(() => {}); // the next batch, or the end, meets it
    if (Date.now() - noted < 1000) return;
    noted = Date.now();
    if (await cancelAsked(context, id)) throw cancelled();
    await note(context, id, { leaseUntil: lease as never, progress: { phase: 'reading', bytes: reading.bytes.packed, rows: staged.rows } });
  };
  try {
    for await (const batch of reading.batches) {
      for (const row of batch) {
        waiting.push(row);
        for (const cell of row.cells) characters += cell.length;
        if (waiting.length >= batchRows || characters >= batchCharacters) await flush();
      }
    }
    await flush();
    await taken;
    return staged;
  } finally {
    await taken.catch(() => {}); // whoever takes the rows away finds them all
  }
}

/** No clean cell holds NUL, so a first cell that starts with it marks a row that could not be read. */
function stagedCells({ cells, problem }: Row): string[] {
  if (!problem) return cells.map(asWritten);
  return [`\0${problem}${problem === 'ragged' ? `\t${cells.length}` : ''}`, ...(problem === 'cell_too_large' ? [] : cells)];
}

export async function sniff(context: Context, id: string, names: string[], firstLine: number, header: boolean): Promise<ImportColumn[]> {
  return asColumns(names, await context.events.ask<Sniffed>(sniffColumns(id, firstLine, header)));
}

type Proposal = { signature: string; mapping: ImportMapping; answers: Record<string, string> };

/** What this workspace chose last time for this header, where it still fits; else what the header and the values say. */
async function propose(context: Context, columns: ImportColumn[], header: boolean, fileName: string): Promise<Proposal> {
  const signature = headerSignature(columns.map(({ name }) => name));
  const remembered = await context.read((transaction) => rememberedMapping(transaction, signature));
  if (remembered && fits(remembered.mapping, columns)) return { signature, ...remembered };
  return { signature, mapping: recognise(columns, header, fileName), answers: {} };
}

function fits(mapping: ImportMapping, columns: ImportColumn[]): boolean {
  try {
    checkMapping(mapping, columns);
    return true;
  } catch {
    return false;
  }
}

/** The columns anew after somebody said that the first row is, or is not, a header. */
export async function readHeaderAgain(context: Context, row: ImportRow, header: boolean): Promise<ImportColumn[]> {
  const [first] = await context.events.ask<{ cells: string[] }>(firstRow(row.id, row.file!.firstLine));
  return sniff(context, row.id, columnNames(first?.cells ?? [], header), row.file!.firstLine, header);
}
