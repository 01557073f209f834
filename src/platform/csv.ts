type Cell = string | number | bigint | null | undefined;

// What spreadsheets take for a formula, also in the full-width forms of Chinese and Japanese keyboards.
const formula = /^'*\s*[=+\-@\t\r\0\uFF1D\uFF0B\uFF0D\uFF20]/;
const marked = /^'(?='*\s*[=+\-@\t\r\0\uFF1D\uFF0B\uFF0D\uFF20])/;

/** A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers. */
function safe(cell: Cell): string {
  if (cell == null) return '';
  if (typeof cell !== 'string') return String(cell);
  const harmless = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Rows, the head first, as CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8. */
export function toCsv(rows: readonly Cell[][]): string {
  return `\uFEFF${rows.map((cells) => cells.map(safe).join(',')).join('\r\n')}\r\n`;
}

/** A cell of a file without the apostrophe that an export put before a formula. */
export function asWritten(cell: string): string {
  return cell.charCodeAt(0) === 39 ? cell.replace(marked, '') : cell;
}
