import { refuse, type ReadingLimits } from './limits.ts';
import type { Row } from './delimited.ts';

export type JsonLinesReader = { read: (text: string) => Row[]; end: () => Row[]; columns: () => string[] };

// A number above 2^53 would lose its last digits in JSON.parse: such ids are read as text.
const longNumber = /([:[,]\s*)(-?\d{16,}(?:\.\d+)?)(?=\s*[,}\]])/g;

/** One object per line; nested objects become dotted columns, which are found as the file goes on. Arrays stay JSON text. */
export function jsonLinesReader(limits: ReadingLimits, tally: { replaced: number }): JsonLinesReader {
  const columns = new Map<string, number>();
  let held = '';
  let line = 1;

  function place(name: string): number {
    const known = columns.get(name);
    if (known !== undefined) return known;
    if (columns.size === limits.columns) {
      throw refuse(
        'too_many_columns',
        {
          en: `The file has more than ${limits.columns} different keys. Remove the keys that are not needed.`,
          zh: `文件中不同的键超过 ${limits.columns} 个。请删去不需要的键。`,
        },
        {
          line,
        },
      );
    }
    columns.set(name, columns.size);
    return columns.size - 1;
  }
  function flatten(value: Record<string, unknown>, prefix: string, depth: number, cells: string[]): void {
    for (const [key, inner] of Object.entries(value)) {
      const name = prefix + (key || '(empty)');
      const nested = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
      if (nested && depth < 8) flatten(inner as Record<string, unknown>, `${name}.`, depth + 1, cells);
      else cells[place(clean(name))] = clean(asText(inner));
    }
  }
  function clean(text: string): string {
    if (text.isWellFormed() && !text.includes('\0')) return text;
    const well = text.toWellFormed().replaceAll('\0', '\uFFFD');
    tally.replaced += well.split('\uFFFD').length - 1;
    return well;
  }
  function parseLine(text: string): Row | null {
    const trimmed = text.trim();
    if (trimmed === '') return null;
    if (trimmed.length > limits.cellLength * 4) return { line, cells: [], problem: 'cell_too_large' };
    const value = parseObject(trimmed);
    if (!value) return { line, cells: [trimmed.slice(0, 200)], problem: 'not_json' };
    const cells: string[] = [];
    flatten(value, '', 0, cells);
    const row = Array.from(cells, (cell) => cell ?? '');
    return row.some((cell) => cell.length > limits.cellLength) ? { line, cells: [], problem: 'cell_too_large' } : { line, cells: row };
  }
  function take(lines: string[]): Row[] {
    const rows: Row[] = [];
    for (const text of lines) {
      const row = parseLine(text);
      if (row) rows.push(row);
      line++;
    }
    return rows;
  }
  return {
    read: (text) => {
      const lines = text.includes('\n') ? (held + text).split('\n') : [held + text];
      held = lines.pop()!;
      if (held.length > limits.cellLength * 64) {
        throw refuse(
          'too_large',
          {
            en: `Line ${line} is longer than ${limits.cellLength * 64} characters. Write one JSON object per line.`,
            zh: `第 ${line} 行超过 ${limits.cellLength * 64} 个字符。请每行写一个 JSON 对象。`,
          },
          {
            line,
          },
        );
      }
      return take(lines);
    },
    end: () => take([held]),
    columns: () => [...columns.keys()],
  };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(quoteLongNumbers(text));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Outside of texts only: the parts between quotation marks are left alone. */
function quoteLongNumbers(text: string): string {
  if (!/\d{16}/.test(text)) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|[^"]+/g, (part) => (part.startsWith('"') ? part : part.replace(longNumber, '$1"$2"')));
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
