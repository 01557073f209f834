import { Readable } from 'node:stream';
import { readFile } from '../../../collect/imports/reading/read.ts';
import { asWritten, toCsv } from '../../../platform/csv.ts';
import { Failure } from '../../../platform/failure.ts';
import { type Language, type Said, saidAs } from '../../../platform/language.ts';
import { asEntered, type Wave } from '../changing.ts';
import { type AnsweredWave, type Moment, waveFields } from '../schema.ts';

const columns = {
  moment: ['wave', 'moment', 'when', '轮次', '时间'],
  startsOn: ['first day', 'starts on', 'day', 'date', '第一天', '日期'],
  endsOn: ['last day', 'ends on', '最后一天'],
  exposedAsked: ['exposed asked', '接触组受访', '接触组受访人数'],
  exposedRecalled: ['exposed recalled', '接触组回忆', '接触组回忆人数'],
  notExposedAsked: ['not exposed asked', '未接触组受访', '未接触组受访人数'],
  notExposedRecalled: ['not exposed recalled', '未接触组回忆', '未接触组回忆人数'],
} as const;
type Column = keyof typeof columns;
const needed: Column[] = ['moment', 'startsOn'];

const momentNames: Record<string, Moment> = {
  前: 'before',
  投放前: 'before',
  中: 'during',
  投放中: 'during',
  后: 'after',
  投放后: 'after',
};

const plain = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[_\s-]+/g, ' ');

const placesOf = (head: readonly string[]): Record<Column, number> => {
  const found = Object.entries(columns).map(([column, names]) => {
    const cells = head.map(plain);
    return [column, cells.findIndex((cell) => (names as readonly string[]).includes(cell))] as const;
  });
  const places = Object.fromEntries(found) as Record<Column, number>;
  if (needed.some((column) => places[column] < 0) || (places.exposedAsked < 0 && places.notExposedAsked < 0))
    throw new Failure('invalid', {
      en: 'The first line must name the columns: wave, first day, last day, exposed asked, exposed recalled, not exposed asked, not exposed recalled. One group may be left out.',
      zh: '首行须写明各列：轮次、第一天、最后一天、接触组受访、接触组回忆、未接触组受访、未接触组回忆。可省略其中一组。',
    });
  return places;
};

export type ReadWave = { line: number; wave: Wave };
export type ReadWaves = { waves: ReadWave[]; faults: { line: number; message: string }[] };

type Field = 'moment' | 'startsOn' | 'endsOn' | 'exposed' | 'notExposed';
type Part = 'asked' | 'recalled';
const fieldWords: Record<Field, Said> = {
  moment: { en: 'wave', zh: '轮次' },
  startsOn: { en: 'first day', zh: '第一天' },
  endsOn: { en: 'last day', zh: '最后一天' },
  exposed: { en: 'exposed', zh: '接触组' },
  notExposed: { en: 'not exposed', zh: '未接触组' },
};
const partWords: Record<Part, string> = { asked: '受访', recalled: '回忆' };

const countsOf = (asked: string, recalled: string) =>
  asked === '' && recalled === '' ? null : { asked: countOf(asked), recalled: countOf(recalled) };
const countOf = (text: string): number => (text === '' ? Number.NaN : Number(text.replaceAll(/(?<=\d)[, ](?=\d{3}\b)/g, '')));

/** The waves of a table of text, and why rows of it cannot be taken. Days are written 2026-03-31. */
export const readWaves = async (csv: string, language: Language): Promise<ReadWaves> => {
  const { batches, kind } = await readFile(Readable.from([Buffer.from(csv)]));
  if (kind !== 'delimited')
    throw new Failure('invalid', { en: 'This is not a table of text. Export it as CSV.', zh: '这不是文本表格。请导出为 CSV。' });
  const rows = [];
  for await (const batch of batches) rows.push(...batch);
  const [head, ...lines] = rows;
  const places = placesOf((head?.cells ?? []).map(asWritten));
  const read: ReadWaves = { waves: [], faults: [] };
  for (const { line, cells, problem } of lines) {
    const fault = (message: Said) => void read.faults.push({ line, message: message[language] });
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (problem) {
      fault({ en: `The row cannot be read (${problem}).`, zh: `无法读取此行（${problem}）。` });
      continue;
    }
    const cell = (column: Column) => asWritten(cells[places[column]] ?? '').trim();
    const moment = plain(cell('moment'));
    const found = waveFields.safeParse({
      moment: momentNames[moment] ?? moment,
      startsOn: cell('startsOn'),
      endsOn: cell('endsOn') || null,
      exposed: countsOf(cell('exposedAsked'), cell('exposedRecalled')),
      notExposed: countsOf(cell('notExposedAsked'), cell('notExposedRecalled')),
    });
    if (found.success) read.waves.push({ line, wave: asEntered(found.data) });
    else {
      const { path, message } = found.error.issues[0]!;
      const told = saidAs(message) ?? { en: message, zh: message };
      const [field, part] = path as [Field, Part?];
      fault({
        en: `${fieldWords[field].en}${part ? ` ${part}` : ''}: ${told.en}`,
        zh: `${fieldWords[field].zh}${part ? partWords[part] : ''}：${told.zh}`,
      });
    }
  }
  return read;
};

const head = [
  'wave',
  'first day',
  'last day',
  'exposed asked',
  'exposed recalled',
  'not exposed asked',
  'not exposed recalled',
  'exposed share',
  'exposed low',
  'exposed high',
  'not exposed share',
  'not exposed low',
  'not exposed high',
];

/** A file that can be imported again; the shares and their intervals stand behind the counts. */
export const writeWaves = (waves: readonly AnsweredWave[]): string =>
  toCsv([
    head,
    ...waves.map(({ moment, startsOn, endsOn, exposed, notExposed }) => [
      moment,
      startsOn,
      endsOn,
      exposed?.asked,
      exposed?.recalled,
      notExposed?.asked,
      notExposed?.recalled,
      ...[exposed, notExposed].flatMap((group) => [group?.share, group?.low, group?.high]),
    ]),
  ]);
