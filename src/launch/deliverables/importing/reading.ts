import { Readable } from 'node:stream';
import { readFile } from '../../../collect/imports/reading/read.ts';
import { asWritten } from '../../../platform/csv.ts';
import { Failure } from '../../../platform/failure.ts';
import type { WorkspaceMember } from '../../../workspace/members/schema.ts';

export type Line = { line: number; cells: string[] };

/** The lines of a table of text, whatever its separator. */
export const readLines = async (csv: string): Promise<Line[]> => {
  const { batches, kind } = await readFile(Readable.from([Buffer.from(csv)]));
  if (kind !== 'delimited')
    throw new Failure('invalid', { en: 'This is not a table of text. Export it as CSV.', zh: '这不是文本表格。请导出为 CSV。' });
  const lines: Line[] = [];
  for await (const batch of batches) lines.push(...batch.map(({ line, cells }) => ({ line, cells: cells.map(asWritten) })));
  return lines;
};

export type Header<Field> = { row: number; columns: { field: Field; column: number; header: string }[] };

const plain = (text: string) => text.trim().toLowerCase().replaceAll(/\s+/g, ' ');

const columnsOf = <Field extends string>(cells: string[], names: Record<Field, string[]>): Header<Field>['columns'] =>
  (Object.keys(names) as Field[]).flatMap((field) => {
    // The first name on the list wins: an export may have both "Due date" and "Date".
    for (const name of names[field]) {
      const column = cells.findIndex((cell) => plain(cell) === name);
      if (column >= 0) return [{ field, column, header: cells[column]!.trim() }];
    }
    return [];
  });

/** Where the names of the columns stand: some exports put the name of the board before them. */
export const findHeader = <Field extends string>(rows: string[][], names: Record<Field | 'name', string[]>): Header<Field> | null => {
  for (const [row, cells] of rows.slice(0, 15).entries()) {
    const columns = columnsOf<Field | 'name'>(cells, names) as Header<Field>['columns'];
    if (columns.some(({ field }) => field === 'name') && (columns.length > 1 || cells.filter((cell) => cell.trim()).length === 1))
      return { row, columns };
  }
  return null;
};

const same = (text: string) => text.trim().toLowerCase();

/** The member of that name or address; null when nobody here has it. */
export const ownerOf = (name: string, email: string, members: WorkspaceMember[]): string | null =>
  members.find((member) => member.disabledAt === null && (same(member.email) === same(email) || same(member.name) === same(name)))?.id ??
  null;
