import { own } from '../../platform/events/sources.ts';
import type { Query, WorkspaceEvents } from '../../platform/events/store.ts';
import { anonymousKey } from '../events/settling.ts';
import { canonicalIdSql, productKey } from '../objects/identity.ts';
import { outcomeRows } from '../imports/staging.ts';
import { active, activeIn, tombstoneSql, type WithErased, workspaceWithErased } from './tombstones.ts';

const salt = `(SELECT any(salt) FROM ${own('erased')})`;
const erased = (id: string) => `${tombstoneSql(salt, id)} IN ${active}`;
const personId = (keyType: string, value: string) => canonicalIdSql('person', keyType, value);

/** Under which ids a row of a file names people: itself, whom it refers to, whom it would bring, and whose browser it was. */
const named = `arrayDistinct(arrayConcat(if(kind = 'person', [id], []), [fields['person_id']],
  if(kind = 'person', arrayMap(one -> ${personId('one.1', 'one.2')}, keys), []),
  arrayMap(one -> ${personId('one.3', 'one.4')}, arrayFilter(one -> one.2 = 'person', missing)),
  if(fields['anonymous_id'] = '', [], [${personId(`'${anonymousKey}'`, `fields['anonymous_id']`)}])))`;
const rowsOfErased = `(SELECT target, line FROM (SELECT target, line, arrayJoin(${named}) AS who FROM ${outcomeRows} WHERE outcome != 'rejected') WHERE ${erased('who')})`;

// A deal is the company's: it comes without the person. An event of somebody else on a browser of theirs comes without the browser. All
// else that is about somebody who was erased stays out.
const isOthers = `(kind = 'event' AND fields['person_id'] != '' AND NOT ${erased(`fields['person_id']`)})`;
const stays = `(kind IN ('opportunity', 'revenue') OR ${isOthers})`;
const without = `if(kind = 'event', ['anonymous_id', 'joins', 'joins_as'], ['person_id'])`;

/** The outcomes that stand instead: written first, so that an interruption loses no line. */
const standIns = (importId: string): Query => ({
  sql: `INSERT INTO import_outcome (workspace, import, target, kind, line, outcome, reason, detail, id, fields, properties, keys, missing)
    SELECT {workspace:UUID}, {import:UUID}, target, kind, line, if(${stays}, toString(outcome), 'rejected'), if(${stays}, toString(reason), 'erased'), if(${stays}, detail, ''),
      if(${stays}, id, ''), if(${stays}, mapFilter((name, _) -> NOT has(${without}, name), fields), CAST(map(), 'Map(String, String)')),
      if(${stays}, properties, CAST(map(), 'Map(String, String)')), if(${stays}, keys, []), if(${stays}, arrayFilter(one -> one.2 != 'person' OR kind = 'event', missing), [])
    FROM ${outcomeRows} WHERE (target, line) IN ${rowsOfErased}`,
  params: { import: importId },
});

const places = (importId: string): Query => ({
  sql: `SELECT toUInt8(target) AS target, toUInt64(line) AS line, toUInt8(${stays}) AS stays FROM ${outcomeRows} WHERE (target, line) IN ${rowsOfErased}`,
  params: { import: importId },
});
type Place = { target: number; line: number; stays: number };

const uuid = (text: string): string => text.replaceAll(/[^\da-f-]/g, '');
const mutation = 'SETTINGS mutations_sync = 2, allow_nondeterministic_mutations = 1, log_queries = 0';

const removeOriginals = (within: WithErased, importId: string, found: readonly Place[]): Query => ({
  sql: `ALTER TABLE import_outcome DELETE WHERE workspace = '${uuid(within.workspace)}' AND import = '${uuid(importId)}'
    AND (target, line) IN (${found.map(({ target, line }) => `(${target}, ${line})`).join(', ')})
    AND outcome != 'rejected' AND ${erasedIn(within)} ${mutation}`,
});

/** Of what stands in the mutation's own text no id may be part; the conditions look hashes up. */
const erasedIn = (within: WithErased): string => {
  const of = `workspace = '${uuid(within.workspace)}'`;
  const hash = tombstoneSql(`(SELECT any(salt) FROM erased WHERE ${of})`, 'one');
  return `hasAny(arrayMap(one -> ${hash}, ${named}), (SELECT groupArray(hash) FROM ${activeIn(within)}))`;
};

const cleanRows = (within: WithErased, importId: string, source: string, found: readonly Place[]): Query => {
  const of = `workspace = '${uuid(within.workspace)}'`;
  const hash = (keyType: string, value: string) =>
    tombstoneSql(`(SELECT any(salt) FROM erased WHERE ${of})`, personId(`'${keyType}'`, value));
  const hashes = `(SELECT groupArray(hash) FROM ${activeIn(within)})`;
  const isKey = `has(${hashes}, ${hash('email', 'lower(trimBoth(cell))')}) OR has(${hashes}, ${hash(productKey, 'trimBoth(cell)')})
    OR has(${hashes}, ${hash(`id:${source.replaceAll(/[^\w-]/g, '')}`, 'trimBoth(cell)')}) OR has(${hashes}, ${hash(anonymousKey, 'trimBoth(cell)')})
    OR (startsWith(cell, '{') AND arrayExists(word -> has(${hashes}, ${hash(anonymousKey, 'word')}), extractAll(cell, '"([^"]+)"')))`;
  const lines = (stays: number) => {
    const numbers = [...new Set(found.filter((one) => one.stays === stays).map(({ line }) => line))];
    return `line IN (${numbers.length === 0 ? '18446744073709551615' : numbers.join(', ')})`;
  };
  const here = `${of} AND import = '${uuid(importId)}'`;
  return {
    sql: `ALTER TABLE import_row DELETE WHERE ${here} AND ${lines(0)} AND NOT ${lines(1)},
      UPDATE cells = arrayMap(cell -> if(${isKey}, '', cell), cells) WHERE ${here} AND ${lines(1)} ${mutation}`,
  };
};

const mostAtOnce = 5000;

/** After a dry run: of people who were erased nothing comes back with a file. */
export const refuseErasedOutcomes = async (events: WorkspaceEvents, importId: string, source: string): Promise<void> => {
  const [some] = await events.ask<WithErased>(workspaceWithErased);
  if (!some) return;
  const found = await events.ask<Place>(places(importId));
  if (found.length === 0) return;
  await events.command(standIns(importId));
  for (let from = 0; from < found.length; from += mostAtOnce) {
    const part = found.slice(from, from + mostAtOnce);
    await events.command(removeOriginals(some, importId, part));
    await events.command(cleanRows(some, importId, source, part));
  }
};
