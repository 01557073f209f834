import { asWritten, toCsv } from '../../platform/csv.ts';
import { Failure } from '../../platform/failure.ts';
import type { Language, Said } from '../../platform/language.ts';
import { saidOfIssue } from '../../platform/wrong-input.ts';
import { zh } from '../imports/messages.ts';
import { delimitedReader } from '../imports/reading/delimited.ts';
import { detectDelimiter } from '../imports/reading/layout.ts';
import { defaultLimits } from '../imports/reading/limits.ts';
import { type PlannedEvent, plannedEventFields, type PlannedProperty, type PropertyType } from './schema.ts';

type Fields = { name: string; description: string; owner: string; properties: PlannedProperty[] };
export type Fault = { line: number; message: string };

const heads = ['Event Name', 'Event Description', 'Owner', 'Property Name', 'Property Type', 'Required', 'Allowed Values'];

/** One row for each property; an event without properties has one of its own. */
export const writePlan = (plan: readonly PlannedEvent[]): string =>
  toCsv([
    heads,
    ...plan.flatMap(({ name, description, owner, properties }) =>
      properties.length === 0
        ? [[name, description, owner, '', '', '', '']]
        : properties.map((one) => [name, description, owner, one.name, one.type, one.required ? 'yes' : 'no', allowedText(one.allowed)]),
    ),
  ]);

/** Values with a semicolon between; where one holds a semicolon, as JSON. */
const allowedText = (allowed: readonly string[]): string =>
  allowed.some((one) => one.includes(';') || one.startsWith('[')) ? JSON.stringify(allowed) : allowed.join('; ');

const allowedOf = (text: string): string[] => {
  if (text.startsWith('[')) {
    try {
      return (JSON.parse(text) as unknown[]).map(String);
    } catch {
      // Then it is a value as others.
    }
  }
  return [
    ...new Set(
      text
        .split(/[;|\n]/)
        .map((one) => one.trim())
        .filter(Boolean),
    ),
  ];
};

type Column = 'event' | 'description' | 'owner' | 'property' | 'type' | 'required' | 'allowed';
// The words that exports and templates of tracking plans use for the same thing, best first.
const columns: Record<Column, readonly string[]> = {
  event: ['event name', 'event', 'name', '事件', '事件名称'],
  description: ['event description', 'description', 'event purpose', '事件说明', '说明'],
  owner: ['owner', 'event owner', 'stakeholder', 'stakeholders', '负责人'],
  property: ['property name', 'event property name', 'property', 'properties', 'event property', '属性', '属性名称'],
  type: ['property type', 'property value type', 'property data type', 'data type', 'type', '类型', '属性类型'],
  required: ['required', 'property required', 'is required', 'presence', 'property presence', '必填'],
  allowed: ['allowed values', 'permitted values', 'enum values', 'enum', 'matches', 'property values', '允许的取值'],
};

const types: Record<string, PropertyType> = {
  string: 'string',
  text: 'string',
  any: 'string',
  enum: 'string',
  array: 'string',
  list: 'string',
  object: 'string',
  文本: 'string',
  '': 'string',
  number: 'number',
  numeric: 'number',
  integer: 'number',
  int: 'number',
  long: 'number',
  float: 'number',
  double: 'number',
  decimal: 'number',
  数字: 'number',
  boolean: 'boolean',
  bool: 'boolean',
  真或假: 'boolean',
  date: 'date',
  datetime: 'date',
  'date-time': 'date',
  timestamp: 'date',
  日期: 'date',
};

const isRequired = (text: string): boolean => !/^(no|false|0|optional|sometimes|never|n|否|选填)$/i.test(text);

const placesOf = (head: readonly string[]): Partial<Record<Column, number>> => {
  const plain = head.map((one) =>
    one
      .trim()
      .toLowerCase()
      .replaceAll(/[_\s]+/g, ' '),
  );
  const taken = new Set<number>();
  const places: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(columns) as Column[]) {
    const place = columns[column].map((word) => plain.indexOf(word)).find((at) => at >= 0 && !taken.has(at));
    if (place === undefined) continue;
    taken.add(place);
    places[column] = place;
  }
  if (places.event === undefined)
    throw new Failure('invalid', {
      en: 'The file has no column of events. Name one of its columns "Event Name"; export the plan to see a file that fits.',
      zh: '文件中没有事件列。请将其中一列命名为“事件名称”；可导出方案查看合适的文件。',
    });
  return places;
};

/** The events of a file, and why rows of it cannot be taken. Rows below an event without a name of their own are of that event. */
export const readPlan = (text: string, language: Language): { events: Fields[]; faults: Fault[] } => {
  const plain = text.replace(/^\uFEFF/, '');
  const reader = delimitedReader(detectDelimiter(plain), defaultLimits);
  const [head, ...rows] = [...reader.read(plain), ...reader.end()];
  if (!head) throw new Failure('invalid', { en: 'The file is empty.', zh: '文件为空。' });
  const places = placesOf(head.cells);
  const events = new Map<string, Fields & { line: number }>();
  const faults: Fault[] = [];
  const fault = (line: number, what: Said) => faults.push({ line, message: what[language] });
  let name = '';
  for (const { line, cells, problem } of rows) {
    const cell = (column: Column) => asWritten(cells[places[column] ?? -1] ?? '').trim();
    if (problem) {
      fault(line, { en: `The row cannot be read (${problem}).`, zh: `该行无法读取（${zh.reason(problem)}）。` });
      continue;
    }
    name = cell('event') || name;
    if (cells.every((one) => one.trim() === '')) continue;
    if (name === '') {
      fault(line, { en: 'The row names no event.', zh: '该行没有事件名称。' });
      continue;
    }
    const event = events.get(name) ?? { name, description: '', owner: '', properties: [], line };
    events.set(name, event);
    event.description ||= cell('description');
    event.owner ||= cell('owner');
    const property = cell('property');
    if (property === '') continue;
    const type = types[cell('type').toLowerCase()];
    if (type === undefined)
      fault(line, {
        en: `"${cell('type')}" is no type of a property. Write string, number, boolean or date.`,
        zh: `“${cell('type')}”不是属性的类型。请填写文本、数字、真或假、日期。`,
      });
    else if (event.properties.some((one) => one.name === property))
      fault(line, { en: `${name} has the property ${property} twice.`, zh: `${name} 中属性 ${property} 出现了两次。` });
    else event.properties.push({ name: property, type, required: isRequired(cell('required')), allowed: allowedOf(cell('allowed')) });
  }
  const checked = [...events.values()].flatMap(({ line, ...fields }) => {
    const read = plannedEventFields.safeParse(fields);
    if (read.success) return [read.data];
    const [issue] = read.error.issues;
    const at = `${fields.name.slice(0, 100)}: ${issue!.path.join('.')}`;
    const wrong = saidOfIssue(issue!);
    fault(line, { en: `${at}: ${wrong.en}`, zh: `${at}：${wrong.zh}` });
    return [];
  });
  return { events: checked, faults: faults.toSorted((one, other) => one.line - other.line) };
};
