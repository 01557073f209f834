/** Hands what was made in the browser to it as a file to keep. */
export function saveBlob(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = safeName(fileName);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Text as CSV; the mark at its start tells Excel that it is UTF-8. */
export function saveText(fileName: string, text: string): void {
  saveBlob(fileName, new Blob([text.startsWith('\ufeff') ? '' : '\ufeff', text], { type: 'text/csv;charset=utf-8' }));
}

/** A name that every file system takes. */
export const safeName = (name: string): string => {
  const safe = name
    .replace(/[\\/:*?"<>|]+/g, '-')
    .split('')
    .filter((sign) => sign >= ' ')
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  return safe || 'landfall';
};

type Cell = string | number | null | undefined;

const written = (cell: Cell): string => {
  if (cell == null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  // A text that a spreadsheet would run as a formula is kept a text.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** `writeCsv(['Step', 'People'], [['Sign-up', 1284]])`: RFC 4180, numbers as they are and not as they are shown. */
export const writeCsv = (head: string[], rows: Cell[][]): string =>
  [head, ...rows].map((row) => row.map(written).join(',')).join('\r\n') + '\r\n';
