type Cell = string | number | null | undefined;

/** A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers. */
const safe = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** Rows as CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8. */
export const toCsv = (columns: string[], rows: Record<string, Cell>[]): string =>
  `\uFEFF${[columns.map(safe), ...rows.map((row) => columns.map((column) => safe(row[column])))].map((cells) => cells.join(',')).join('\r\n')}\r\n`;
