import { delimitedReader, type Row } from './delimited.ts';
import { defaultLimits } from './limits.ts';

export const delimiters = [',', '\t', ';', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** The separator that cuts the first rows most evenly into most cells. `sep=;` on the first line (Excel) settles it. */
export function detectDelimiter(sample: string): Delimiter {
  const told = /^sep=([,;|\t])\r?\n/i.exec(sample)?.[1];
  if (told) return told as Delimiter;
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const score = evenness(sampleRows(sample, delimiter));
    if (score > best.score * 1.0001) best = { delimiter, score };
  }
  return best.delimiter;
}

function sampleRows(sample: string, delimiter: string): Row[] {
  const rows = delimitedReader(delimiter, { ...defaultLimits, columns: 1_000_000 }).read(sample);
  return rows.slice(0, 50);
}

function evenness(rows: Row[]): number {
  const widths = new Map<number, number>();
  for (const row of rows) widths.set(row.cells.length, (widths.get(row.cells.length) ?? 0) + 1);
  const [width, count] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
  return width < 2 ? 0 : (count / rows.length) * 10 + Math.min(width, 100) / 100;
}

/** A first row made only of numbers, dates and addresses is data: names of columns are words. */
export function looksLikeHeader(first: string[]): boolean {
  const filled = first.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return false;
  return filled.some((cell) => !isValue(cell.trim())) && !filled.some((cell) => /^[^@\s]+@[^@\s]+\.[a-z]+$/i.test(cell.trim()));
}

function isValue(cell: string): boolean {
  if (/^[-+(]?[\p{Sc}]?\s?[\d][\d\s.,'’]*\)?%?$/u.test(cell)) return true;
  if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T\s].*)?$/.test(cell)) return true;
  return /^(true|false|null|https?:\/\/\S+|[0-9a-f]{16,}|[0-9a-f-]{36})$/i.test(cell);
}

/** Every column gets a name of its own: empty ones are numbered, repeated ones get " (2)". */
export function columnNames(first: string[], header: boolean): string[] {
  const used = new Set<string>();
  return first.map((cell, index) => {
    const base = (header && cell.trim()) || `Column ${index + 1}`;
    let name = base;
    for (let copy = 2; used.has(name.toLowerCase()); copy++) name = `${base} (${copy})`;
    used.add(name.toLowerCase());
    return name;
  });
}
