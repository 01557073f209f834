import { asWritten, toCsv } from '../../platform/csv.ts';
import { Failure } from '../../platform/failure.ts';
import { type Language, type Said, saidAs } from '../../platform/language.ts';
import { delimitedReader } from '../imports/reading/delimited.ts';
import { detectDelimiter } from '../imports/reading/layout.ts';
import { defaultLimits } from '../imports/reading/limits.ts';
import { type ExchangeRate, rateFields, type RateFields } from './schema.ts';

type Column = 'day' | 'from' | 'to' | 'rate' | 'source';
const columns: Record<Column, readonly string[]> = {
  day: ['day', 'date', '日期'],
  from: ['from', 'from currency', 'base', '源币种', '从'],
  to: ['to', 'to currency', 'quote', '目标币种', '到'],
  rate: ['rate', 'exchange rate', '汇率'],
  source: ['source', '来源'],
};

export const writeRates = (rates: readonly ExchangeRate[]): string =>
  toCsv([['day', 'from', 'to', 'rate', 'source'], ...rates.map(({ day, from, to, rate, source }) => [day, from, to, rate, source])]);

const placesOf = (head: readonly string[]): Record<Column, number> => {
  const plain = head.map((one) =>
    one
      .trim()
      .toLowerCase()
      .replaceAll(/[_\s]+/g, ' '),
  );
  const found = Object.entries(columns).map(([column, names]) => [column, plain.findIndex((name) => names.includes(name))] as const);
  const missing = found.filter(([, place]) => place < 0).map(([column]) => column);
  if (missing.length > 0)
    throw new Failure('invalid', {
      en: `The file has no column ${missing.join(', ')}. Its first line must name day, from, to, rate and source.`,
      zh: `文件缺少列 ${missing.join('、')}。首行须有 day、from、to、rate 和 source（或 日期、源币种、目标币种、汇率、来源）。`,
    });
  return Object.fromEntries(found) as Record<Column, number>;
};

export type ReadRates = { rates: RateFields[]; faults: { line: number; message: string }[] };
const mostFaults = 100;

/** The rates of a file, and why rows of it cannot be taken. A rate has a point for its decimals, a day is written 2026-03-31. */
export const readRates = (text: string, language: Language): ReadRates => {
  const plain = text.replace(/^\uFEFF/, '');
  const reader = delimitedReader(detectDelimiter(plain), defaultLimits);
  const [head, ...rows] = [...reader.read(plain), ...reader.end()];
  if (!head) throw new Failure('invalid', { en: 'The file is empty.', zh: '文件是空的。' });
  const places = placesOf(head.cells);
  const rates = new Map<string, RateFields>();
  const faults: ReadRates['faults'] = [];
  const fault = (line: number, message: Said) => {
    if (faults.length < mostFaults) faults.push({ line, message: message[language] });
  };
  for (const { line, cells, problem } of rows) {
    if (problem) {
      fault(line, { en: `The row cannot be read (${problem}).`, zh: `无法读取此行（${problem}）。` });
      continue;
    }
    if (cells.every((one) => one.trim() === '')) continue;
    const cell = (column: Column) => asWritten(cells[places[column]] ?? '').trim();
    const read = rateFields.safeParse({
      day: cell('day'),
      from: cell('from'),
      to: cell('to'),
      rate: cell('rate') === '' ? Number.NaN : Number(cell('rate')),
      source: cell('source'),
    });
    if (!read.success) {
      const { path, message } = read.error.issues[0]!;
      const column = String(path[0]) as Column;
      const told = saidAs(message) ?? { en: message, zh: message };
      fault(line, {
        en: `${column} "${cell(column).slice(0, 40)}": ${told.en}`,
        zh: `${column}“${cell(column).slice(0, 40)}”：${told.zh}`,
      });
      continue;
    }
    const key = `${read.data.from} ${read.data.to} ${read.data.day}`;
    const before = rates.get(key);
    if (before && before.rate !== read.data.rate)
      fault(line, {
        en: `${read.data.from}/${read.data.to} has two rates on ${read.data.day}: ${before.rate} and ${read.data.rate}.`,
        zh: `${read.data.from}/${read.data.to} 在 ${read.data.day} 有两个汇率：${before.rate} 与 ${read.data.rate}。`,
      });
    rates.set(key, read.data);
  }
  return { rates: [...rates.values()], faults };
};
