import { rows, rowsOfImport } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';
import { canonicalIdSql, keyTypeOf } from '../objects/identity.ts';
import { current } from '../objects/queries.ts';
import { kinds, type KeyType, type PatchedKind } from '../objects/schema.ts';
import { missingFigure } from './cells.ts';
import { idNames, type Joining, joiningOf } from './joining.ts';
import type { ImportMapping } from './schema.ts';
import { binder, knownBy } from './staging.ts';
import { fieldSql, keySql, rawText, referenceSql, type FieldSql, type ReferenceSql, type TargetContext } from './values.ts';

export type CheckInput = {
  importId: string;
  mapping: ImportMapping;
  answers: Record<string, string>;
  columnNames: string[];
  firstLine: number;
  timeZone: string;
};

/**
 * The dry run of one target, as one statement: read the staged cells, refuse what cannot be read, find who is meant,
 * join rows that mean the same object, and compare with what is known. No row passes through this process.
 */
export function checkTarget(input: CheckInput, index: number): Query {
  const { mapping } = input;
  const target = mapping.targets[index]!;
  const values = binder({ import: input.importId, after: mapping.header ? input.firstLine : input.firstLine - 1 });
  const context: TargetContext = { ...input, target, binder: values };
  const mappedFields = Object.entries(kinds[target.kind].fields)
    .filter(([name]) => target.fields[name])
    .map(([name, field]) => fieldSql(name, field, target.fields[name]!, context));
  const joining = joiningOf(mappedFields, context);
  const fields = joining?.fields ?? mappedFields;
  const references = fields
    .filter(({ field }) => field.type === 'reference')
    .map((field) => referenceSql(field, target.fields[field.name]!, context));
  const resolved = (only?: string) => resolve(readCells(fields, references, context, joining, only), fields, references, context, joining);
  const ids = eventIds(context);
  // Nearly every event of a file is alone with its id: these go by what brings rows of one object together, which costs most.
  const several = `(SELECT id FROM ${ids} GROUP BY id HAVING count() > 1)`;
  const merged = ids
    ? `${asTheyAre(resolved(`raw_id NOT IN ${several}`))} UNION ALL ${merge(resolved(`raw_id IN ${several}`))}`
    : merge(resolved());
  return { sql: compare(merged, index, context, ids), params: values.params };
}

/** The ids of the events of a file that names them, straight from its cells. */
/** A figure that a statistical program calls missing is none; a name may be written like that. */
const filled = ({ kind }: TargetContext['target'], cell: string): string =>
  kind === 'measurement' ? `(${cell} != '' AND NOT ${missingFigure(cell)})` : `${cell} != ''`;

function eventIds({ target, binder: values }: TargetContext): string | undefined {
  const column = target.kind === 'event' ? target.fields.id?.column : undefined;
  if (column === undefined || (target.matchKey ?? 'id') !== 'id') return undefined;
  values.cell(column);
  return `(SELECT ${trimmed(column)} AS id FROM ${rowsOfImport('import_row')} WHERE line > {after:UInt64})`;
}

const trimmed = (column: number): string => `trimBoth(cells[${column + 1}], ' \\t\\r\\n')`;

/** Cells to values; `problem` is '' or a reason and the column it is about. */
function readCells(fields: FieldSql[], references: ReferenceSql[], context: TargetContext, joining?: Joining, onlyThose?: string): string {
  const { target, binder: values } = context;
  const definition = kinds[target.kind];
  const plain = fields.filter(({ field }) => field.type !== 'reference');
  const key = matchKeyOf(context);
  const outer = [
    'line',
    ...plain.map(({ name, value }) => `${value} AS value_${name}`),
    ...fields.map(({ name, raw }) => `${raw} AS raw_${name}`),
    ...references.map(({ field, key: value }) => `${value} AS key_${field}`),
    `${key ? key.sql : `''`} AS match_key`,
    `${target.fields.id ? rawText(target.fields.id, values) : `''`} AS raw_id`,
    ...(joining ? [`${joining.user} AS joins_user`, `${joining.as} AS joins_as`] : []),
    `${propertiesSql(context)} AS properties`,
    `if(startsWith(cells[1], '\\0'), substring(cells[1], 2), '') AS broken`,
  ];
  const checks = [
    `broken != '', broken`,
    ...definition.required.map((name) => {
      const field = fields.find((one) => one.name === name);
      return `${field ? `raw_${name} = ''` : '1'}, concat('missing_value\\t', ${field?.columnName ?? `'${name}'`})`;
    }),
    ...(key ? [`match_key = '', concat('no_key\\t', ${key.columnName})`] : []),
    ...plain
      .filter(({ reason }) => reason)
      .map(({ name, reason, columnName }) => `raw_${name} != '' AND value_${name} IS NULL, concat('${reason}\\t', ${columnName})`),
    `lengthUTF8(match_key) > 500, 'key_too_long'`,
  ];
  const conditions = [
    ...(target.onlyWhen === undefined ? [] : [filled(target, values.cell(target.onlyWhen))]),
    ...(onlyThose === undefined ? [] : [onlyThose]),
  ];
  const only = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const cells = [...values.columns].map((column) => `${trimmed(column)} AS c${column}`);
  const staged = `SELECT ${['line', 'cells', ...cells].join(', ')} FROM ${rowsOfImport('import_row')} WHERE line > {after:UInt64}`;
  return `SELECT *, multiIf(${checks.join(', ')}, '') AS problem FROM (SELECT ${outer.join(', ')} FROM (${staged})${only})`;
}

function propertiesSql({ mapping, target, columnNames, binder: values }: TargetContext): string {
  const parts: string[] = [];
  if (target.rest) {
    const used = new Set(
      mapping.targets.flatMap((one) => Object.values(one.fields).flatMap((source) => [source.column, ...(source.columns ?? [])])),
    );
    const left = columnNames
      .map((name, column) => ({ name: name.replace(/^properties\./, ''), column: column + 1 }))
      .filter(({ column }) => !used.has(column - 1));
    const names = values.bind(
      left.map(({ name }) => name),
      'Array(String)',
    );
    const places = values.bind(
      left.map(({ column }) => column),
      'Array(UInt32)',
    );
    parts.push(`arrayMap((name, place) -> (name, trimBoth(cells[place], ' \\t\\r\\n')), ${names}, ${places})`);
  }
  if (target.fields.properties) parts.push(`JSONExtractKeysAndValues(${rawText(target.fields.properties, values)}, 'String')`);
  if (parts.length === 0 || !kinds[target.kind].properties) return `CAST(map(), 'Map(String, String)')`;
  const isId = target.fields.anonymous_id ? ` AND NOT has(${values.bind(idNames, 'Array(String)')}, pair.1)` : '';
  return `CAST(arrayFilter(pair -> pair.2 != ''${isId}, ${parts.length === 1 ? parts[0] : `arrayConcat(${parts.join(', ')})`}), 'Map(String, String)')`;
}

function matchKeyOf(context: TargetContext): { sql: string; columnName: string; keyType: string } | null {
  const { target, mapping, binder: values, columnNames } = context;
  const type = target.matchKey ?? (target.fields.id ? 'id' : undefined);
  if (!type || (kinds[target.kind].log && !target.fields.id)) return null;
  const source = target.fields[type]!;
  const column = source.column ?? source.columns?.[0];
  const columnName = column === undefined ? `'${type}'` : values.bind(columnNames[column] ?? type, 'String');
  return { sql: keySql(type, rawText(source, values)), columnName, keyType: values.bind(keyTypeOf(type, mapping.source), 'String') };
}

/** Keys to objects, new ones named by their key; `missing` holds references to what nobody brought yet. */
function resolve(read: string, fields: FieldSql[], references: ReferenceSql[], context: TargetContext, joining?: Joining): string {
  const { target, binder: values, mapping } = context;
  const definition = kinds[target.kind];
  const key = matchKeyOf(context);
  const joins: string[] = [];
  if (key && !definition.log) joins.push(`LEFT JOIN ${knownBy(target.kind, key.keyType, false)} AS self ON self.key_value = match_key`);
  for (const { field, kind, keyType } of references)
    joins.push(`LEFT JOIN ${knownBy(kind, keyType, true)} AS of_${field} ON of_${field}.key_value = key_${field}`);
  const idOf = new Map(
    references.map(({ field, kind, keyType, stub }) => {
      const known = `of_${field}.known_id`;
      const found = stub ? `coalesce(${known}, ${canonicalIdSql(kind, keyType, `key_${field}`)})` : known;
      return [field, `if(key_${field} = '', NULL, ${found})`];
    }),
  );
  const pairs = fields.map(({ name }) => `('${name}', ${idOf.get(name) ?? `value_${name}`})`);
  // Whom the browser of the row belongs to, as it is said to be: the commit makes a link of it.
  const isJoin = `raw_anonymous_id != '' AND joins_user != ''`;
  if (joining) pairs.push(`('joins', if(${isJoin}, joins_user, NULL))`, `('joins_as', if(${isJoin}, joins_as, NULL))`);
  const missing = references.map(
    ({ field, kind, keyType }) => `('${field}', '${kind}', ${keyType}, if(of_${field}.known_id IS NULL, key_${field}, ''), raw_${field})`,
  );
  const identities = [...new Set([...definition.identities, ...(target.matchKey && !definition.log ? [target.matchKey] : [])])]
    .filter((type) => target.fields[type])
    .map(
      (type: KeyType) =>
        `(${values.bind(keyTypeOf(type, mapping.source), 'String')}, ${keySql(type, type === 'id' ? 'raw_id' : `raw_${type}`)})`,
    );
  const inner = `SELECT line, problem, match_key, raw_id, properties, ${key && !definition.log ? 'self.known_id' : 'NULL'} AS known_id,
    CAST(arrayMap(pair -> (pair.1, assumeNotNull(pair.2)), arrayFilter(pair -> pair.2 IS NOT NULL, [${pairs.join(', ')}]::Array(Tuple(String, Nullable(String))))), 'Map(String, String)') AS fields,
    arrayFilter(one -> one.2 != '', [${identities.join(', ')}]::Array(Tuple(String, String))) AS keys,
    arrayFilter(one -> one.4 != '', [${missing.join(', ')}]::Array(Tuple(String, String, String, String, String))) AS missing
    FROM (${read}) AS row ${joins.join(' ')}`;
  return `SELECT *, ${idSql(context, key?.keyType)} AS id FROM (${inner})`;
}

/** A log without ids is told apart by its content; a first contact is one for each person, whatever is known about it. */
function idSql({ target }: TargetContext, keyType?: string): string {
  const { log, sameBy } = kinds[target.kind];
  if (target.kind === 'event' && keyType) return 'raw_id';
  if (keyType) return `coalesce(known_id, ${canonicalIdSql(target.kind, keyType, 'match_key')})`;
  if (!log) return `''`;
  const content = [...sameBy, ...(target.fields.anonymous_id ? ['anonymous_id'] : [])].map((name) =>
    name === 'properties' ? 'toString(arraySort(arrayZip(mapKeys(properties), mapValues(properties))))' : `fields['${name}']`,
  );
  const all = `toString([${content.join(', ')}])`;
  const same =
    target.kind === 'touch'
      ? `if(fields['kind'] = 'first_contact', toString([fields['person_id'], fields['account_id'], 'first_contact']), ${all})`
      : all;
  // Equal lines of aggregated journeys are more journeys, not the same again; the second of a file is the second of it sent again.
  const each = target.kind === 'journey' ? `concat(${same}, toString(row_number() OVER (PARTITION BY ${same} ORDER BY line)))` : same;
  return canonicalIdSql(target.kind, `'content'`, each);
}

const zip = (map: string) => `arrayZip(mapKeys(${map}), mapValues(${map}))`;
const together = `if(problem = '', id, concat('\\0', toString(line)))`;

/** Rows that are alone with their id, in the shape of those that were brought together. */
function asTheyAre(resolved: string): string {
  return `SELECT ${together} AS together, problem AS refusal, [line] AS lines, line AS first, keys AS all_keys, missing AS all_missing,
    CAST([], 'Array(String)') AS clash, fields, CAST(arraySort(${zip('properties')}), 'Map(String, String)') AS properties FROM (${resolved})`;
}

/** Rows of one object become one; where they contradict each other none of them is taken. */
function merge(resolved: string): string {
  const grouped = `SELECT ${together} AS together, any(problem) AS refusal, arraySort(groupArray(line)) AS lines, min(line) AS first,
    groupUniqArrayArray(${zip('fields')}) AS pairs, arraySort(groupUniqArrayArray(${zip('properties')})) AS property_pairs,
    groupUniqArrayArray(keys) AS all_keys, groupUniqArrayArray(missing) AS all_missing FROM (${resolved}) GROUP BY together`;
  // Of properties that contradict each other the last in the alphabet stands, whichever row came first.
  const lastOfEach = `arrayFilter((pair, next) -> pair.1 != next.1, property_pairs, arraySlice(arrayPushBack(property_pairs, ('', '')), 2))`;
  return `SELECT together, refusal, lines, first, all_keys, all_missing,
    arraySort(arrayFilter(name -> countEqual(pairs.1, name) > 1, arrayDistinct(pairs.1))) AS clash,
    CAST(pairs, 'Map(String, String)') AS fields, CAST(if(length(lines) = 1, property_pairs, ${lastOfEach}), 'Map(String, String)') AS properties
    FROM (${grouped})`;
}

function compare(merged: string, index: number, { target }: TargetContext, ids: string | undefined): string {
  const known = target.kind === 'event' ? storedEvents(ids) : knownObjects(target.kind);
  const isFirst = `line = first AND empty(clash) AND refusal = ''`;
  const nothing = `CAST(map(), 'Map(String, String)')`;
  const joined = known.beside(`(SELECT *, line FROM (${merged}) ARRAY JOIN lines AS line)`);
  return `INSERT INTO import_outcome (workspace, import, target, kind, line, outcome, reason, detail, id, fields, properties, keys, missing)
  SELECT {workspace:UUID}, {import:UUID}, ${index}, '${target.kind}', line,
    multiIf(refusal != '' OR notEmpty(clash), 'rejected', line != first, 'duplicate', held_id IS NULL, 'new', ${known.changed}, 'changed', 'unchanged'),
    multiIf(refusal != '', splitByChar('\\t', refusal)[1], notEmpty(clash), 'conflicting_rows', ''),
    multiIf(refusal != '', splitByChar('\\t', refusal)[2], notEmpty(clash), concat(clash[1], ': ', arrayStringConcat(arrayMap(one -> toString(one), arraySlice(lines, 1, 5)), ', ')), line != first, toString(first), ''),
    if(refusal != '', '', together),
    if(${isFirst}, fields, ${nothing}), if(${isFirst}, properties, ${nothing}), if(${isFirst}, all_keys, []), if(${isFirst}, all_missing, [])
  FROM (${joined})
  SETTINGS max_bytes_before_external_group_by = 400000000, max_insert_threads = 1`;
}

/** Rows beside what is known of them already (`held_id`), and when a row says something else. */
type Known = { beside: (rows: string) => string; changed: string };

/** An event is known by its message id and never changed: the first copy stands. */
function storedEvents(ids: string | undefined): Known {
  const only = ids ? ` WHERE message IN (SELECT cityHash64(id) FROM ${ids})` : '';
  const stored = `(SELECT message FROM ${rows('event')}${only})`;
  return { beside: (given) => `SELECT *, if(cityHash64(together) IN ${stored}, together, NULL) AS held_id FROM ${given}`, changed: '0' };
}

function knownObjects(kind: PatchedKind): Known {
  const { fields, properties } = kinds[kind];
  const names = Object.keys(fields);
  const held = `CAST(arrayMap(pair -> (pair.1, assumeNotNull(pair.2)), arrayFilter(pair -> pair.2 IS NOT NULL, [${names.map((name) => `('${name}', toString(${name}))`).join(', ')}]::Array(Tuple(String, Nullable(String))))), 'Map(String, String)')`;
  const differs = (map: string, heldMap: string) =>
    `arrayExists((name, value) -> assumeNotNull(${heldMap})[name] != value, mapKeys(${map}), mapValues(${map}))`;
  const source = `(SELECT id AS held_id, ${held} AS held, ${properties ? `CAST(properties, 'Map(String, String)')` : `CAST(map(), 'Map(String, String)')`} AS held_properties FROM ${current(kind)})`;
  return {
    beside: (given) => `SELECT * FROM ${given} AS row LEFT JOIN ${source} AS known ON held_id = together`,
    changed: `${differs('fields', 'held')} OR ${differs('properties', 'held_properties')}`,
  };
}
