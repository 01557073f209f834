import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import Table from 'cli-table3';
import { Failure } from '../platform/failure.ts';
import type { Terminal } from './terminal.ts';

type Row = Record<string, unknown>;

const longest = 60;
const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is Row[] => Array.isArray(value) && value.length > 0 && value.every(isObject);

/** What has no place in a cell. */
const isDeep = (value: unknown): boolean => isRows(value) || (isObject(value) && typeof value.name !== 'string');

// Stored text must not steer the terminal of whoever lists it.
// oxlint-disable-next-line no-control-regex
const harmless = (text: string): string => text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '').replaceAll(/\s*\n\s*/g, ' ');

/** What stands in one cell: an object that has a name is named, a list of texts is joined. */
export const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  if (isObject(value)) return typeof value.name === 'string' ? harmless(value.name) : JSON.stringify(value);
  if (Array.isArray(value)) return value.map(cellText).join(', ');
  return typeof value === 'string' ? harmless(value) : JSON.stringify(value);
};

const shorten = (text: string): string => {
  const letters = Array.from(text);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : text;
};

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

const draw = (head: string[], rows: string[][], aligns: ('left' | 'right')[], terminal: Terminal): string => {
  const table = new Table({
    ...(head.length > 0 && { head }),
    chars: bare,
    colAligns: aligns,
    style: { head: terminal.isTerminal ? ['bold'] : [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows);
  return `${table.toString().replaceAll(/[ \t]+$/gm, '')}\n`;
};

/** Columns worth a place: those that hold something somewhere; ids that a key or name stands for go first when space is short. */
const columnsOf = (rows: Row[]): string[] => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const filled = names.filter((name) => rows.some((row) => cellText(row[name]) !== ''));
  const shown = filled.filter((name) => !rows.some((row) => isDeep(row[name])));
  return shown.toSorted((left, right) => Number(left === 'id') - Number(right === 'id'));
};

const widthOf = (text: string) => Array.from(text).reduce((sum, letter) => sum + (/[\u1100-\u115F\u2E80-\uFFDC]/.test(letter) ? 2 : 1), 0);

const fitting = (columns: string[], rows: Row[], terminal: Terminal): string[] => {
  if (!terminal.isTerminal) return columns;
  let left = terminal.columns;
  return columns.filter((name, index) => {
    left -= Math.max(name.length, ...rows.map((row) => widthOf(shorten(cellText(row[name]))))) + 2;
    return index === 0 || left >= -2;
  });
};

const drawRows = (rows: Row[], terminal: Terminal): string => {
  const all = columnsOf(rows);
  const columns = fitting(all, rows, terminal);
  const aligns = columns.map((name) => (rows.every((row) => row[name] == null || typeof row[name] === 'number') ? 'right' : 'left'));
  const cells = rows.map((row) => columns.map((name) => shorten(cellText(row[name]))));
  const more = all.length - columns.length;
  return draw(columns, cells, aligns, terminal) + (more > 0 ? `(${more} more ${more === 1 ? 'column' : 'columns'}: --output json)\n` : '');
};

const flatten = (value: Row, prefix = ''): [string, unknown][] =>
  Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    const path = `${prefix}${name}`;
    return isObject(inner) && Object.keys(inner).length > 0 ? flatten(inner, `${path}.`) : [[path, inner]];
  });

/** An answer as tables: the plain values first, then one table for each list of rows. */
export const drawTables = (answer: unknown, terminal: Terminal): string => {
  if (!isObject(answer)) return `${cellText(answer)}\n`;
  const entries = flatten(answer);
  const plain = entries.filter(([, value]) => !isRows(value) && !(Array.isArray(value) && value.length === 0 && entries.length === 1));
  const lists = entries.filter((entry): entry is [string, Row[]] => isRows(entry[1]));
  const values =
    plain.length > 0
      ? [
          draw(
            [],
            plain.map(([name, value]) => [name, cellText(value)]),
            ['left', 'left'],
            terminal,
          ),
        ]
      : [];
  const tables = lists.map(([name, rows]) => (lists.length > 1 || plain.length > 3 ? `${name}\n` : '') + drawRows(rows, terminal));
  if (values.length + tables.length === 0) return 'Nothing yet.\n';
  // One list with a count or two is a list; anything else is one thing with lists in it.
  return (plain.length > 3 ? [...values, ...tables] : [...tables, ...values]).join('\n');
};

export const printAnswer = (answer: unknown, format: string, terminal: Terminal): void =>
  terminal.write(format === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : drawTables(answer, terminal));

/** A file that was answered, on the disk. One that is there is not written over. */
export const keepFile = async (file: File, to: string | undefined, terminal: Terminal): Promise<void> => {
  const path = to ?? harmless(basename(file.name)).replaceAll(/[\\/:*?"<>|]/g, '-');
  try {
    await writeFile(path, Buffer.from(await file.arrayBuffer()), { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new Failure('conflict', `There is a file ${path} already, and it stays. Name another with --to.`);
    throw new Failure('invalid', `${path} could not be written (${code}). Name another place with --to.`);
  }
  terminal.write(`${path}, ${file.size} bytes\n`);
};

/** A message of what is watched. */
export type Watched = { rows: Row[]; leftOut: number };

/** A row as one line: what has no place in a cell is left out, and what goes beyond the terminal is cut. */
const lineOf = (row: Row, terminal: Terminal): string => {
  const cells = Object.values(row).flatMap((value) =>
    isObject(value) || Array.isArray(value) || value === false ? [] : [cellText(value)],
  );
  const line = cells.filter((text) => text !== '').join('  ');
  if (!terminal.isTerminal) return line;
  let left = terminal.columns;
  return Array.from(line)
    .filter((letter) => (left -= widthOf(letter)) >= 0)
    .join('');
};

/** What goes on, a line for each row as it comes; as JSON, one object on each line. */
export const printRows = async (messages: AsyncIterable<Watched>, format: string, terminal: Terminal): Promise<never> => {
  for await (const { rows, leftOut } of messages) {
    for (const row of rows) terminal.write(`${format === 'json' ? JSON.stringify(row) : lineOf(row, terminal)}\n`);
    if (leftOut > 0) terminal.writeError(`(${leftOut} more came at once and are not shown)\n`);
  }
  throw new Failure('unavailable', 'The server ended the stream: it stops, or starts anew. Run the command again in a moment.');
};
