import { Failure } from '../../platform/failure.ts';
import type { PropertyFilter, Step } from './schema.ts';

/** Values of one statement, bound by the engine under names that are made here. */
export type Values = { bind: (value: unknown, type: string) => string; params: Record<string, unknown> };

export const makeValues = (start: Record<string, unknown> = {}, prefix = 'v'): Values => {
  const params = { ...start };
  const bind = (value: unknown, type: string): string => {
    const name = `${prefix}${Object.keys(params).length}`;
    params[name] = value;
    return `{${name}:${type}}`;
  };
  return { bind, params };
};

const numberOf = ({ values: [first], property }: PropertyFilter): number => {
  const number = Number(first);
  if (first === undefined || first.trim() === '' || !Number.isFinite(number))
    throw new Failure('invalid', {
      en: `The filter on "${property}" compares with a number, and "${first ?? ''}" is none. Write one, such as 10.`,
      zh: `“${property}”的筛选要与数字比较，而“${first ?? ''}”不是数字。请填写数字，例如 10。`,
    });
  return number;
};

const conditions: Record<PropertyFilter['operator'], (text: string, filter: PropertyFilter, values: Values) => string> = {
  is: (text, filter, { bind }) => `${text} IN ${bind(filter.values, 'Array(String)')}`,
  is_not: (text, filter, { bind }) => `${text} NOT IN ${bind(filter.values, 'Array(String)')}`,
  contains: (text, filter, { bind }) => `multiSearchAnyCaseInsensitiveUTF8(${text}, ${bind(filter.values, 'Array(String)')})`,
  greater: (text, filter, { bind }) => `toFloat64OrNull(${text}) > ${bind(numberOf(filter), 'Float64')}`,
  less: (text, filter, { bind }) => `toFloat64OrNull(${text}) < ${bind(numberOf(filter), 'Float64')}`,
  set: (text) => `${text} != ''`,
  not_set: (text) => `${text} = ''`,
};

/** What a filter says of a text (SQL), '' where there is none. */
export const conditionSql = (text: string, filter: PropertyFilter, values: Values): string =>
  conditions[filter.operator](text, filter, values);

/** A condition on an event's own columns; a property that is not there reads as ''. */
export const propertySql = (filter: PropertyFilter, values: Values): string =>
  conditionSql(`properties[${values.bind(filter.property, 'String')}]`, filter, values);

/** Any event that is something done: calls that only say who somebody is are none. */
export const behaves = 'does = 1';

/** Which events a step means, as a condition on the event's own columns. Any event leaves out what only says who somebody is. */
export const stepSql = ({ event, filters }: Step, values: Values): string =>
  [event === null ? behaves : `name = ${values.bind(event, 'String')}`, ...filters.map((filter) => propertySql(filter, values))].join(
    ' AND ',
  );

/** Which of several steps are meant, together: what has to be read at all. */
export const anyStepSql = (steps: readonly Step[], values: Values): string => {
  const names = steps.every(({ event }) => event !== null);
  // Named steps first narrow by the order of the table, then each by its own filters.
  return names ? `name IN ${values.bind([...new Set(steps.map(({ event }) => event))], 'Array(String)')}` : '1';
};
