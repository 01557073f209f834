import { refuse, type ReadingLimits } from './limits.ts';

/** Why one row cannot be taken; the row keeps its line so that it can be found and mended. */
export type RowProblem = 'stray_quote' | 'cell_too_large' | 'not_json' | 'ragged';
export type Row = { line: number; cells: string[]; problem?: RowProblem };

export type DelimitedReader = { read: (text: string) => Row[]; end: () => Row[] };

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
type Mode = 'start' | 'plain' | 'quoted' | 'closed';

/**
 * RFC 4180 and what exports make of it, as text arrives. Written here because line numbers must be those of an editor:
 * csv-parse counts CRLF inside quotes twice, keeps CR when line ends are mixed, and names the last line for a quote
 * that never closes instead of the line that opened it. A property test holds this reader to csv-parse elsewhere.
 */
export function delimitedReader(delimiter: string, limits: ReadingLimits, firstLine = 1): DelimitedReader {
  const separator = delimiter.charCodeAt(0);
  let mode: Mode = 'start';
  let line = firstLine;
  let startLine = firstLine;
  let openedLine = 1;
  let held = '';
  let heldLength = 0;
  let cells: string[] = [];
  let problem: RowProblem | undefined;
  let afterCarriage = false;
  let firstWidth = 0;
  let rows: Row[] = [];

  function keep(text: string, from: number, to: number): void {
    heldLength += to - from;
    if (heldLength > limits.cellLength) {
      problem = 'cell_too_large';
      held = '';
    } else if (to > from) held += text.slice(from, to);
  }
  function endCell(): void {
    if (cells.length === limits.columns && firstWidth === 0) {
      throw refuse(
        'too_many_columns',
        {
          en: `The file has more than ${limits.columns} columns. Remove the columns that are not needed, or turn a table with one column per date into one row per date.`,
          zh: `文件超过 ${limits.columns} 列。请删去不需要的列；如果每个日期占一列，请改为每个日期占一行。`,
        },
        { line: startLine },
      );
    }
    if (cells.length <= limits.columns) cells.push(held);
    held = '';
    heldLength = 0;
    mode = 'start';
  }
  function endRow(): void {
    const blank = cells.length === 0 && heldLength === 0 && mode === 'start';
    if (!blank) {
      endCell();
      firstWidth ||= cells.length;
      rows.push(problem ? { line: startLine, cells, problem } : { line: startLine, cells });
    }
    cells = [];
    problem = undefined;
    mode = 'start';
  }

  function read(text: string): Row[] {
    rows = [];
    let from = 0;
    let index = 0;
    if (afterCarriage && text.length) {
      afterCarriage = false;
      if (text.charCodeAt(0) === lineFeed) from = index = 1;
    }
    for (; index < text.length; index++) {
      const character = text.charCodeAt(index);
      if (mode === 'quoted') {
        if (character === quote) {
          keep(text, from, index);
          mode = 'closed';
          from = index + 1;
        } else if (character === lineFeed) line++;
        else if (character === carriageReturn && text.charCodeAt(index + 1) !== lineFeed && index + 1 < text.length) line++;
        continue;
      }
      if (character === separator) {
        if (mode !== 'closed') keep(text, from, index);
        endCell();
        from = index + 1;
      } else if (character === lineFeed || character === carriageReturn) {
        if (mode !== 'closed') keep(text, from, index);
        endRow();
        if (character === carriageReturn) {
          if (index + 1 === text.length) afterCarriage = true;
          else if (text.charCodeAt(index + 1) === lineFeed) index++;
        }
        line++;
        startLine = line;
        from = index + 1;
      } else if (character === quote) {
        if (mode === 'start') {
          mode = 'quoted';
          openedLine = line;
          from = index + 1;
        } else if (mode === 'closed') {
          keep('"', 0, 1);
          mode = 'quoted';
          from = index + 1;
        }
      } else if (mode === 'start') mode = 'plain';
      else if (mode === 'closed' && character !== 32 && character !== 9) {
        problem ??= 'stray_quote';
        mode = 'plain';
        from = index;
      }
    }
    if (mode !== 'closed') keep(text, from, text.length);
    return rows;
  }
  function end(): Row[] {
    rows = [];
    if (mode === 'quoted') {
      throw refuse(
        'unclosed_quote',
        {
          en: `A quotation mark opens on line ${openedLine} and never closes, so everything after it would be one cell. Close it or double it ("") and import again.`,
          zh: `第 ${openedLine} 行的引号没有闭合，其后的全部内容会成为一个单元格。请补上引号或写成两个（""），再重新导入。`,
        },
        { line: openedLine },
      );
    }
    endRow();
    return rows;
  }
  return { read, end };
}
