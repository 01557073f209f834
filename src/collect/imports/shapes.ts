import type { KeyType } from '../objects/schema.ts';
import { normalHeader, type Meaning } from './headers.ts';
import type { FieldSource, ImportColumn, ImportTarget } from './schema.ts';
import type { SourceName } from './sources.ts';

export type Fields = Record<string, FieldSource>;
export type Shape = {
  columns: ImportColumn[];
  of: (meaning: Meaning) => number | undefined;
  has: (...meanings: Meaning[]) => boolean;
  source: SourceName;
  stem: string;
};

/** Fields whose meaning is among the columns. */
export function pick({ of }: Shape, wanted: Record<string, Meaning>): Fields {
  const fields: Fields = {};
  for (const [field, meaning] of Object.entries(wanted)) {
    const column = of(meaning);
    if (column !== undefined) fields[field] = { column };
  }
  return fields;
}

export function target(kind: ImportTarget['kind'], fields: Fields, matchKey?: KeyType, more: Partial<ImportTarget> = {}): ImportTarget {
  return { kind, fields, rest: false, ...(matchKey ? { matchKey } : {}), ...more };
}

export function bestKey(fields: Fields, order: KeyType[]): KeyType | undefined {
  return order.find((type) => fields[type]);
}

export function named({ columns }: Shape): Fields {
  const column = columns.findIndex(({ name }) => normalHeader(name) === 'name');
  return column < 0 ? {} : { name: { column } };
}

/** A reference to the account that another target of the same row fills, or that is only named in it. */
export function accountReference(shape: Shape): FieldSource | undefined {
  const id = shape.of('accountId');
  if (id !== undefined) return { column: id, by: 'id', missing: 'create' };
  const name = shape.of('accountName');
  return name === undefined ? undefined : { column: name, by: 'name', missing: 'create' };
}

export function personReference(shape: Shape): FieldSource | undefined {
  const id = shape.of('personId');
  if (id !== undefined) return { column: id, by: 'id', missing: 'create' };
  const email = shape.of('email');
  return email === undefined ? undefined : { column: email, by: 'email', missing: 'create' };
}

export const defined = (fields: Record<string, FieldSource | undefined>): Fields =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, FieldSource] => entry[1] !== undefined));
