import { systemNames } from '../events/schema.ts';
import type { FieldSql, TargetContext } from './values.ts';

/**
 * How exports of recording tools say who it was: by an id of a browser or device until somebody signs in, by the id of the person after
 * that, and in one row by both when the two are joined. Read as the clients of the same tools are read.
 */
export type Joining = {
  /** The fields of the event, with who it was and what a row without a name is called read as the tool means it. */
  fields: FieldSql[];
  /** SQL texts: the id of a person whom the browser of this row belongs to, '' for none; and by what kind of call. */
  user: string;
  as: string;
};

type Cell = (...names: string[]) => string;

/** The first of these columns that is filled; of a column of JSON what it holds under that name. */
const cellsOf =
  ({ columnNames, binder }: TargetContext): Cell =>
  (...names) => {
    const whole = columnNames.indexOf('properties');
    const found = names.flatMap((name) => {
      const flat = columnNames.findIndex((one) => one === name || one === `properties.${name}`);
      if (flat >= 0) return [binder.cell(flat)];
      return whole < 0 ? [] : [`trim(BOTH '"' FROM JSONExtractRaw(${binder.cell(whole)}, ${binder.bind(name, 'String')}))`];
    });
    const filled = found.map((one) => `nullIf(nullIf(${one}, ''), 'null')`);
    return filled.length === 0 ? `''` : `coalesce(${[...filled, `''`].join(', ')})`;
  };

type Said = { user: string; anonymous: string; joins: string; as: string };

/** A browser is called by a made-up `distinct_id` until it is identified; only the calls that identify join. */
const posthog = (user: string, cell: Cell): Said => {
  const event = cell('event');
  const isAnonymous = `(${cell('$device_id')} = ${user} OR ${cell('$is_identified')} = 'false' OR ${cell('$user_state')} = 'anonymous')`;
  const isAlias = `${event} IN ('$create_alias', '$merge_dangerously')`;
  const before = `multiIf(${isAlias}, ${cell('alias')}, ${event} = '$identify', ${cell('$anon_distinct_id', '$device_id')}, '')`;
  return {
    user: `if(${isAnonymous}, '', ${user})`,
    anonymous: `if(${isAnonymous} AND NOT ${isAlias}, ${user}, ${before})`,
    joins: `if(${isAnonymous}, '', ${user})`,
    as: `if(${isAlias}, 'alias', 'identify')`,
  };
};

/** `distinct_id` is the id of the person, or that of the device with a word before it; each event with both joins them. */
const mixpanel = (user: string, cell: Cell): Said => {
  const device = `multiIf(${cell('$device_id')} != '', ${cell('$device_id')}, startsWith(${user}, '$device:'), substring(${user}, 9), '')`;
  const isAnonymous = `(${cell('$user_id')} = '' AND (startsWith(${user}, '$device:') OR ${user} = ${cell('$device_id')}))`;
  const person = `if(${isAnonymous}, '', if(${cell('$user_id')} != '', ${cell('$user_id')}, ${user}))`;
  return { user: person, anonymous: device, joins: person, as: `'identify'` };
};

const plain = (user: string, anonymous: string): Said => ({ user, anonymous, joins: user, as: `'identify'` });

const segment = (user: string, anonymous: string, cell: Cell): Said => {
  const isAlias = `${cell('type')} = 'alias'`;
  return {
    user,
    anonymous: `if(${isAlias}, ${cell('previousId', 'previous_id')}, ${anonymous})`,
    joins: user,
    as: `if(${isAlias}, 'alias', 'identify')`,
  };
};

/** Who it was is said elsewhere, and not kept once more with what the event carries. */
export const idNames = [
  'distinct_id',
  '$distinct_id',
  '$device_id',
  '$anon_distinct_id',
  '$user_id',
  '$is_identified',
  '$user_state',
  'token',
];

/** What a call without a name of its own is called, as for the clients of the same tool. */
const nameOf = (name: string, cell: Cell): string => {
  const calls = Object.entries(systemNames);
  const texts = (list: readonly string[]) => `[${list.map((one) => `'${one}'`).join(', ')}]`;
  return `if(${name} != '', ${name}, transform(${cell('type')}, ${texts(calls.map(([kind]) => kind))}, ${texts(calls.map(([, called]) => called))}, ''))`;
};

const replaced = (fields: readonly FieldSql[], name: string, raw: string): FieldSql[] =>
  fields.map((one) => (one.name === name ? { ...one, raw, value: `nullIf(${raw}, '')` } : one));

/** Reads who it was where the mapping takes an id of a browser or device; else nothing is changed. */
export const joiningOf = (fields: readonly FieldSql[], context: TargetContext): Joining | undefined => {
  const { mapping, target } = context;
  const person = fields.find(({ name }) => name === 'person_id');
  const anonymous = fields.find(({ name }) => name === 'anonymous_id');
  if (target.kind !== 'event' || !anonymous) return undefined;
  const cell = cellsOf(context);
  const user = person?.raw ?? `''`;
  const rules: Record<string, () => Said> = {
    posthog: () => posthog(user, cell),
    mixpanel: () => mixpanel(user, cell),
    segment: () => segment(user, anonymous.raw, cell),
  };
  const said = (rules[mapping.source] ?? (() => plain(user, anonymous.raw)))();
  const called = fields.find(({ name }) => name === 'name');
  const named = called && mapping.source === 'segment' ? replaced(fields, 'name', nameOf(called.raw, cell)) : fields;
  const joins = `if(${said.joins} = ${said.anonymous}, '', ${said.joins})`;
  return { fields: replaced(replaced(named, 'person_id', said.user), 'anonymous_id', said.anonymous), user: joins, as: said.as };
};
