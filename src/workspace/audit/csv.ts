type Cell = string | number | null;

/** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
const safe = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = /^\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** Rows as CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8. */
export const toCsv = (rows: Cell[][]): string => `\uFEFF${rows.map((cells) => cells.map(safe).join(',')).join('\r\n')}\r\n`;
