import { anonymousKey, digestOf } from '../events/settling.ts';
import { productKey } from '../objects/identity.ts';

/**
 * What has to be done in one table: rows that go, and rows in which something is written over. Both as SQL texts that hold neither an id
 * nor an address: the engine keeps the text of a mutation for long.
 */
export type TableErasure = { table: string; deleted: string[]; updated: { where: string; set: string }[] };

export type Column = { table: string; name: string; type: string; isKey: number };
export type Sought = { workspace: string; erasure: string; numbers: readonly number[]; texts: number };

const erasedText = `'erased'`;
const needlesAtOnce = 200;
const digest = digestOf('name', 'person', 'account', 'properties');
const uuid = (text: string): string => text.replaceAll(/[^\da-f-]/g, '');

const tools = ({ workspace, erasure, texts }: Sought) => {
  const of = (kind: string) =>
    `(SELECT value FROM erasing WHERE workspace = '${uuid(workspace)}' AND erasure = '${uuid(erasure)}' AND kind = '${kind}')`;
  const list = (kind: string) => `(SELECT arraySort(groupUniqArray(value)) FROM ${of(kind)})`;
  const slices = Array.from({ length: Math.ceil(texts / needlesAtOnce) }, (_, place) => place * needlesAtOnce + 1);
  const holds = (text: string): string =>
    slices.length === 0
      ? '0'
      : `(${slices.map((from) => `multiSearchAnyCaseInsensitiveUTF8(${text}, arraySlice(${list('text')}, ${from}, ${needlesAtOnce}))`).join(' OR ')})`;
  const keysOf = (...types: string[]) =>
    `(SELECT value FROM erasing WHERE workspace = '${uuid(workspace)}' AND erasure = '${uuid(erasure)}' AND kind = 'key' AND key_type IN (${types.map((type) => `'${type}'`).join(', ')}))`;
  return { of, list, holds, keysOf };
};

/** Condition and new value for each column that can hold text; key columns cannot be written over. */
const rewriting = (columns: readonly Column[], holds: (text: string) => string) =>
  columns.flatMap(({ name, type, isKey }) => {
    if (isKey === 1) return [];
    if (type.startsWith('Map(')) {
      const both = `arrayConcat(mapKeys(${name}), mapValues(${name}))`;
      const over = (part: string) => `arrayMap(one -> if(${holds('one')}, ${erasedText}, one), CAST(${part}(${name}), 'Array(String)'))`;
      return [
        {
          where: `arrayExists(one -> ${holds('one')}, CAST(${both}, 'Array(String)'))`,
          set: `${name} = CAST(mapFromArrays(${over('mapKeys')}, ${over('mapValues')}), '${type}')`,
        },
      ];
    }
    if (!/^(LowCardinality\()?(Nullable\()?String\)*$/.test(type)) return [];
    const where = holds(`ifNull(toString(${name}), '')`);
    return [{ where, set: `${name} = ${erasedText}` }];
  });

const failedOfThem = (sought: Sought): string => {
  const { list, holds } = tools(sought);
  const numeric = `concat('"[^"]*(?i:id)"\\\\s*:\\\\s*(', arrayStringConcat(${list('numeric')}, '|'), ')[\\\\s,}\\\\]]')`;
  const quoted = `arrayExists(one -> position(raw, one) > 0, ${list('quoted')})`;
  return `${holds('raw')} OR ${holds('message')} OR ${holds('detail')} OR ${quoted} OR (notEmpty(${list('numeric')}) AND match(raw, ${numeric}))`;
};

/** Lines of imported files that are about the person, or hold something of them. */
const linesOfThem = (sought: Sought): string => {
  const { of, holds } = tools(sought);
  const texts = `arrayConcat(mapValues(fields), mapValues(properties), arrayMap(one -> one.2, keys), arrayMap(one -> one.4, missing), arrayMap(one -> one.5, missing))`;
  return `(kind = 'person' AND id IN ${of('id')}) OR fields['person_id'] IN ${of('id')} OR ${holds('detail')} OR arrayExists(one -> ${holds('one')}, ${texts})`;
};

/** Every table with what is done in it, in this order: numbers are taken back last. */
export const erasuresByTable = (sought: Sought, columns: readonly Column[]): TableErasure[] => {
  const { of, holds, keysOf } = tools(sought);
  const numbers = sought.numbers.length === 0 ? '(4294967295)' : `(${sought.numbers.map((number) => Math.trunc(number)).join(', ')})`;
  const texts = (table: string) =>
    rewriting(
      columns.filter((column) => column.table === table),
      holds,
    );
  const only = (table: string, ...deleted: string[]): TableErasure => ({ table, deleted, updated: [] });
  const both = (table: string, ...deleted: string[]): TableErasure => ({ table, deleted, updated: texts(table) });
  const unlinked = (table: string): TableErasure => ({
    table,
    deleted: [],
    // A text that is set to NULL stays on the disk behind its mark: it is made empty first.
    updated: [
      { where: `ifNull(person_id, '') IN ${of('id')}`, set: `person_id = ''` },
      { where: `person_id = ''`, set: 'person_id = NULL' },
      ...texts(table),
    ],
  });
  return [
    {
      table: 'event',
      deleted: [`person IN ${numbers}`, holds('name')],
      updated: [...texts('event'), { where: `digest != ${digest}`, set: `digest = ${digest}` }],
    },
    both('touch', `ifNull(person_id, '') IN ${of('id')}`),
    unlinked('revenue'),
    unlinked('opportunity'),
    ...['account', 'product', 'stage_change', 'measurement', 'journey'].map((table) => both(table)),
    {
      table: 'failed_event',
      deleted: [],
      updated: [{ where: failedOfThem(sought), set: `raw = '', detail = '', message = '', reason = 'erased'` }],
    },
    only(
      'import_row',
      `(import, line) IN (SELECT import, line FROM import_outcome WHERE workspace = '${uuid(sought.workspace)}' AND (${linesOfThem(sought)}))`,
      `arrayExists(one -> ${holds('one')}, cells)`,
    ),
    only('import_outcome', linesOfThem(sought)),
    only('link', `key_value IN ${keysOf(productKey, anonymousKey)}`, `user IN ${keysOf(productKey)}`),
    both('person', `id IN ${of('id')}`),
    only('identity', `kind = 'person' AND id IN ${of('id')}`, holds('key_value')),
    only('who', `person IN ${numbers} OR owner IN ${numbers}`),
    both('unit', `kind = 'person' AND id IN ${of('id')}`),
  ];
};

const settings = 'SETTINGS mutations_sync = 2, allow_nondeterministic_mutations = 1, log_queries = 0';
const inWorkspace = (workspace: string) => `workspace = '${uuid(workspace)}'`;

/** How many rows a table holds that go, or are written over. */
export const countOf = (workspace: string, { table, deleted, updated }: TableErasure): string => {
  const any = [...deleted, ...updated.map(({ where }) => where)].map((where) => `(${where})`).join(' OR ');
  return `SELECT toUInt32(count()) AS n FROM ${table} WHERE ${inWorkspace(workspace)} AND (${any || '0'}) SETTINGS log_queries = 0`;
};

export const mutationOf = (workspace: string, { table, deleted, updated }: TableErasure): string => {
  const gone =
    deleted.length === 0 ? [] : [`DELETE WHERE ${inWorkspace(workspace)} AND (${deleted.map((where) => `(${where})`).join(' OR ')})`];
  const over = updated.map(({ where, set }) => `UPDATE ${set} WHERE ${inWorkspace(workspace)} AND (${where})`);
  return `ALTER TABLE ${table} ${[...gone, ...over].join(', ')} ${settings}`;
};
