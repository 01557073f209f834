import { drawTables } from '../output.ts';
import type { Terminal } from '../terminal.ts';
import type { FieldSource, Import, Question, RejectedRow } from './import-shapes.ts';

const number = (value: number) => value.toLocaleString('en');
const spaced = (code: string) => code.replaceAll('_', ' ');

const sourceText = ({ column, columns, constant, by, missing }: FieldSource, names: string[]): string => {
  const from =
    constant !== undefined
      ? `the text "${constant}"`
      : [column, ...(columns ?? [])].flatMap((at) => (at === undefined ? [] : [names[at] ?? `column ${at + 1}`])).join(' + ');
  return `${from}${by ? ` (found by ${by}${missing === 'create' ? ', created when missing' : ''})` : ''}`;
};

const unusedText = ({ columns, mapping }: Import): string => {
  const used = new Set(
    (mapping?.targets ?? []).flatMap(({ fields }) =>
      Object.values(fields).flatMap(({ column, columns: several }) => [column, ...(several ?? [])]),
    ),
  );
  const names = columns.flatMap(({ name }, at) => (used.has(at) ? [] : [name]));
  if (names.length === 0) return '';
  return mapping?.targets.some(({ rest }) => rest) ? `kept as properties: ${names.join(', ')}\n` : `not used: ${names.join(', ')}\n`;
};

/** What the file was taken for, field by field. */
export const mappingText = (given: Import, terminal: Terminal): string => {
  const { fileName, file, columns, mapping, remembered } = given;
  if (!mapping) return '';
  const names = columns.map(({ name }) => name);
  const shape = file ? `${spaced(file.kind)}, ${file.encoding}, ${number(file.rows)} rows` : '';
  const replaced = file && file.replaced > 0 ? `\n${number(file.replaced)} characters that cannot be stored became U+FFFD.` : '';
  const head = `${fileName}: ${shape}; read as ${mapping.source}${remembered ? ', mapped as last time' : ''}.${replaced}\n`;
  const targets = mapping.targets.map(({ kind, fields, matchKey }) => {
    const rows = Object.entries(fields).map(([field, source]) => ({ [spaced(kind)]: field, from: sourceText(source, names) }));
    return `${drawTables({ fields: rows }, terminal)}${matchKey ? `matched by ${matchKey}\n` : ''}`;
  });
  return [head, ...targets, ...[unusedText(given)].filter(Boolean)].join('\n');
};

/** A question as it is put to a person, or named to a script. */
export const questionText = ({ id, kind, column, options, suggestion, examples }: Question, names: string[]): string => {
  const about = column === null ? '' : ` of column ${names[column] ?? column + 1}`;
  const seen = examples.length > 0 ? `, e.g. ${examples.slice(0, 3).join(', ')}` : '';
  const choice = options.length > 0 ? options.join(' or ') : kind === 'currency' ? 'a code such as USD' : 'a text';
  return `${id}: ${spaced(kind)}${about}${seen}: ${choice}${suggestion ? ` (likely ${suggestion})` : ''}`;
};

const rejectedText = (rows: RejectedRow[], total: number): string => {
  const lines = rows.map(
    ({ line, reason, detail, cells }) =>
      `  line ${line}: ${spaced(reason)}${detail ? ` (${detail})` : ''}: ${cells.slice(0, 6).join(', ').slice(0, 80)}`,
  );
  const more = total > rows.length ? [`  and ${number(total - rows.length)} more`] : [];
  return [...lines, ...more].join('\n');
};

export const rejectedCount = ({ report }: Import): number =>
  (report?.targets ?? []).reduce((sum, { counts }) => sum + (counts.rejected ?? 0), 0);

/** What the dry run found: counts, reasons, lines, and references to what is not known. */
export const reportText = ({ report }: Import, rejected: { target: number; rows: RejectedRow[] }[], terminal: Terminal): string => {
  if (!report) return '';
  const counts = drawTables({ found: report.targets.map(({ kind, counts }) => ({ '': spaced(kind), ...counts })) }, terminal);
  const reasons = report.targets.flatMap((target, index) => {
    if (target.reasons.length === 0) return [];
    const why = target.reasons.map(({ reason, rows }) => `${number(rows)} ${spaced(reason)}`).join(', ');
    const shown = rejected.find((each) => each.target === index)?.rows ?? [];
    return [`${spaced(target.kind)}: ${why}\n${shown.length > 0 ? `${rejectedText(shown, target.counts.rejected ?? 0)}\n` : ''}`];
  });
  const missing = report.missing.map(({ kind, by, rows, distinct, created, values }) => {
    const hints = values.flatMap(({ value, suggestion }) => (suggestion ? [`${value} (is it ${suggestion}?)`] : [])).slice(0, 5);
    const names = hints.length > 0 ? hints : values.slice(0, 5).map(({ value }) => value);
    return `${number(rows)} rows name ${number(distinct)} unknown ${spaced(kind)} by ${by}: ${created ? 'created empty' : 'left empty'}. ${names.join(', ')}\n`;
  });
  return [counts, ...reasons, ...missing].join('\n');
};
