import { numbers } from '../../collect/events/queries.ts';
import { kinds } from '../../collect/objects/schema.ts';
import { rows } from '../../platform/events/sources.ts';
import type { Values } from './filters.ts';
import type { Breakdown } from './schema.ts';

/** How many groups are named; the rest is one group, and so are those of whom the value is not known. */
export const namedGroups = 10;

/** A field of an object as it is now, over its patches: one of its own, or a property that imports or clients gave. */
export const newestOf = (kind: 'account' | 'person', name: string, { bind }: Values): string => {
  const own = Object.keys(kinds[kind].fields).find((field) => field === name);
  if (own) return `toString(argMax(${own}, version))`;
  const property = bind(name, 'String');
  return `argMaxIf(properties[${property}], version, mapContains(properties, ${property}))`;
};

/** Of each object all that was said of a field, in order: when, in milliseconds (by a client when it happened, by an import when it came), and what. */
export const saidOfField = (kind: 'account' | 'person', name: string, { bind }: Values): string => {
  const own = Object.keys(kinds[kind].fields).find((field) => field === name);
  const property = own ? '' : bind(name, 'String');
  const [value, isSaid] = own
    ? [`toString(assumeNotNull(${own}))`, `isNotNull(${own})`]
    : [`properties[${property}]`, `mapContains(properties, ${property})`];
  return `(SELECT id, arraySort(groupArray((version, ${value}))) AS said FROM ${rows(kind)} WHERE ${isSaid} GROUP BY id)`;
};

/** Each object's value of a field as it is now. */
export const valuesOfField = (kind: 'account' | 'person', name: string, values: Values): string =>
  `(SELECT id, ifNull(${newestOf(kind, name, values)}, '') AS value FROM ${rows(kind)} GROUP BY id)`;

/** The same by number, as events name people and accounts. */
export const fieldOf = (kind: 'account' | 'person', name: string, values: Values): string =>
  `(SELECT u.number AS number, o.value AS value FROM ${numbers(kind)} AS u INNER JOIN ${valuesOfField(kind, name, values)} AS o ON o.id = u.id)`;

/** A source with persons and accounts by number, with the value of the breakdown for each row beside its columns. */
export const withValue = (source: string, breakdown: Breakdown, values: Values): string => {
  if (breakdown.by === 'property') return `(SELECT *, properties[${values.bind(breakdown.name, 'String')}] AS value FROM ${source})`;
  const kind = breakdown.by === 'account_property' ? 'account' : 'person';
  return `(SELECT s.*, f.value AS value FROM ${source} AS s LEFT ANY JOIN ${fieldOf(kind, breakdown.name, values)} AS f ON f.number = s.${kind}
    SETTINGS join_use_nulls = 0)`;
};

/** To which group a value belongs: named, `other` or `not_set`. The named ones are bound. */
export const groupOf = (value: string, named: string): string =>
  `multiIf(${value} = '', ('not_set', ''), has(${named}, ${value}), ('usual', ${value}), ('other', ''))`;
