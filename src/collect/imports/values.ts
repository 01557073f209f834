import { keyTypeOf } from '../objects/identity.ts';
import { kinds, revenueKinds, type Field, type KeyType, type ObjectKind } from '../objects/schema.ts';
import { dateSql, domainSql, emailPattern, matches, numberSql, type DateOrder, type DecimalMark } from './cells.ts';
import type { FieldSource, ImportMapping, ImportTarget } from './schema.ts';
import type { Binder } from './staging.ts';

/** One field of a target as SQL: its text as it stands, its value in the one form (NULL: none), and why a row is refused. */
export type FieldSql = { name: string; field: Field; raw: string; value: string; reason: string; columnName: string };

export type TargetContext = {
  mapping: ImportMapping;
  target: ImportTarget;
  answers: Record<string, string>;
  columnNames: string[];
  timeZone: string;
  binder: Binder;
};

export function rawText(source: FieldSource, binder: Binder): string {
  if (source.constant !== undefined) return binder.bind(source.constant, 'String');
  if (source.line !== undefined) return `concat(${binder.bind(source.line, 'String')}, toString(line))`;
  if (source.column !== undefined) return binder.cell(source.column);
  return `arrayStringConcat(arrayFilter(part -> part != '', [${source.columns!.map(binder.cell).join(', ')}]), ' ')`;
}

/** Text of the file to text that is known, as the user mapped it. */
export function mapped(raw: string, map: Record<string, string> | undefined, binder: Binder): string {
  if (!map || Object.keys(map).length === 0) return raw;
  return `transform(${raw}, ${binder.bind(Object.keys(map), 'Array(String)')}, ${binder.bind(Object.values(map), 'Array(String)')}, ${raw})`;
}

const refusals: Record<Field['type'], string> = {
  text: '',
  reference: '',
  email: 'not_an_email',
  domain: 'not_a_domain',
  state: 'unknown_state',
  revenue_kind: 'unknown_kind',
  currency: 'not_a_currency',
  integer: 'not_a_whole_number',
  money: 'not_a_number',
  number: 'not_a_number',
  date: 'not_a_date',
};

export function fieldSql(name: string, field: Field, source: FieldSource, context: TargetContext): FieldSql {
  const { mapping, answers, binder, columnNames, target } = context;
  const mapName = field.type === 'reference' ? field.to! : field.type === 'state' ? 'state' : '';
  const raw = mapped(rawText(source, binder), mapName ? mapping.valueMaps[mapName] : undefined, binder);
  const column = source.column ?? source.columns?.[0];
  const order = (column === undefined ? null : answers[`date:${column}`]) as DateOrder | undefined;
  const mark = ((column === undefined ? null : answers[`decimal:${column}`]) ?? '.') as DecimalMark;
  const clears = source.constant === undefined && (mapping.emptyCell === 'clear' || (target.kind === 'touch' && name === 'channel'));
  const value = valueSql(field, raw, { order: order ?? null, mark, clears, zone: binder.bind(context.timeZone, 'String') });
  const words = `'${name}'`;
  const columnName = column === undefined ? words : binder.bind(columnNames[column] ?? name, 'String');
  return { name, field, raw, value, reason: refusals[field.type], columnName };
}

type Reading = { order: DateOrder; mark: DecimalMark; clears: boolean; zone: string };

function valueSql(field: Field, raw: string, { order, mark, clears, zone }: Reading): string {
  const number = numberSql(raw, mark);
  switch (field.type) {
    case 'date':
      return `toString(${dateSql(raw, order, zone)})`;
    case 'money':
      return `toString(toDecimal64OrNull(${number}, 4))`;
    case 'number':
      return `toString(if(isFinite(toFloat64OrZero(${number})), toFloat64OrNull(${number}), NULL))`;
    case 'integer':
      return `toString(toUInt32OrNull(${number}))`;
    case 'email':
      return `if(${matches(raw, emailPattern)}, ${raw}, NULL)`;
    case 'domain':
      return domainSql(raw);
    case 'currency':
      return `if(${matches(raw, '^[A-Za-z]{3}$')}, upper(${raw}), NULL)`;
    case 'revenue_kind':
      return `if(has([${revenueKinds.map((kind) => `'${kind}'`).join(', ')}], lower(${raw})), lower(${raw}), NULL)`;
    case 'state':
      return stateSql(raw);
    default:
      return clears ? `CAST(${raw}, 'Nullable(String)')` : `nullIf(${raw}, '')`;
  }
}

export const wonPattern = '(?i)(^|[^a-z])won($|[^a-z])|赢单|成交|gagné|gewonnen|ganad|ganh';
export const lostPattern = '(?i)(^|[^a-z])lost($|[^a-z])|输单|丢单|流失|perdu|verloren|perdid';

/** What the source calls its stages, read as open, won or lost; value maps come first. */
export function stateSql(raw: string): string {
  return `multiIf(${raw} = '', NULL, ${matches(raw, wonPattern)}, 'won', ${matches(raw, lostPattern)}, 'lost', 'open')`;
}

export type ReferenceSql = { field: string; kind: ObjectKind; key: string; keyType: string; text: string; stub: boolean };

export function keySql(type: KeyType, raw: string): string {
  if (type === 'id') return raw;
  return type === 'domain' ? `coalesce(${domainSql(raw)}, '')` : `lowerUTF8(${raw})`;
}

export function referenceSql(field: FieldSql, source: FieldSource, context: TargetContext): ReferenceSql {
  const kind = field.field.to!;
  const by = source.by ?? (kinds[kind].identities.includes('id') ? 'id' : 'name');
  const keyType = context.binder.bind(keyTypeOf(by, context.mapping.source), 'String');
  return { field: field.name, kind, key: keySql(by, field.raw), keyType, text: field.raw, stub: (source.missing ?? 'create') === 'create' };
}
