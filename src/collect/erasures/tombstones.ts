import { own } from '../../platform/events/sources.ts';
import type { Query, WorkspaceEvents } from '../../platform/events/store.ts';
import { canonicalIdSql, productKey } from '../objects/identity.ts';
import { onceMark } from '../events/schema.ts';
import { anonymousKey, live } from '../events/settling.ts';

// Mutations keep no parameters and their text is kept for long: they name workspaces and chunks, and look the rest up in tables.
const uuid = (text: string): string => text.replaceAll(/[^\da-f-]/g, '');
const inWorkspace = (workspace: string) => `workspace = '${uuid(workspace)}'`;
/** For mutations, which keep no parameters: who was readmitted is named. */
export const activeIn = ({ workspace, readmitted }: WithErased): string =>
  `(SELECT hash FROM erased WHERE ${inWorkspace(workspace)} AND toString(erasure) NOT IN (${['', ...readmitted].map((id) => `'${uuid(id)}'`).join(', ')}))`;
/** What is refused now: not what belongs to those who were readmitted. */
export const active = `(SELECT hash FROM ${own('erased')} WHERE erasure NOT IN (SELECT erasure FROM ${own('readmitted')}))`;

/** The tombstone of the object id that the SQL text `id` gives. */
export const tombstoneSql = (salt: string, id: string): string => `lower(hex(SHA256(concat(${salt}, ${id}))))`;

const personId = (keyType: string, value: string) => canonicalIdSql('person', `'${keyType}'`, value);

export type WithErased = { workspace: string; readmitted: string[] };

/** The workspace, if anybody in it was erased; where nobody was nothing has to be looked for. */
export const workspaceWithErased: Query = {
  sql: `SELECT toString(workspace) AS workspace, (SELECT groupUniqArray(toString(erasure)) FROM ${own('readmitted')}) AS readmitted FROM ${own('erased')} LIMIT 1`,
};

/** The words of a text that may be JSON: what may be an id or an address in it. */
export const wordsOf = (text: string): string =>
  `arrayDistinct(arrayMap(one -> trim(LEADING ':' FROM one), extractAll(${text}, '[^"\\\\\\\\\\\\s,{}\\\\[\\\\]]+')))`;

const salt = `(SELECT any(salt) FROM ${own('erased')})`;
const erased = (id: string) => `${tombstoneSql(salt, id)} IN ${active}`;
const keyed = (column: string, ...keyTypes: string[]) =>
  `(${column} != '' AND (${keyTypes.map((keyType) => erased(personId(keyType, column))).join(' OR ')}))`;
const actor = `multiIf(person_id != '', person_id, user != '', ${personId(productKey, 'user')}, ${personId(anonymousKey, 'anonymous')})`;
const byTrait = ['email', `${onceMark}email`].map(
  (trait) => `(traits['${trait}'] != '' AND ${erased(personId('email', `lower(trimBoth(traits['${trait}']))`))})`,
);
const byThem = `(kind != 'failed' AND (${erased(actor)} OR ${keyed('previous', anonymousKey, productKey)} OR (kind != 'group' AND (${byTrait.join(' OR ')}))))`;
const theirBrowser = `((user != '' OR person_id != '') AND ${keyed('anonymous', anonymousKey)})`;
const failedOfThem = `((chunk, receipt) IN (SELECT chunk, receipt FROM (SELECT chunk, receipt, ${wordsOf(`concat(raw, ' ', message, ' ', detail)`)} AS tokens
    FROM ${own('arrival')} WHERE kind = 'failed' AND raw != '') ARRAY JOIN tokens AS token
  WHERE ${erased(personId(productKey, 'token'))} OR ${erased(personId(anonymousKey, 'token'))} OR ${erased(personId('email', 'lower(token)'))}))`;

type Arrived = { chunk: number; receipt: number; what: 'imported' | 'by them' | 'on their browser' | 'failed' };

const arrivalsOfErased = (chunk: number | undefined): Query => ({
  sql: `SELECT chunk, receipt, multiIf(${byThem}, if(import = '${live}', 'by them', 'imported'), ${theirBrowser}, 'on their browser', 'failed') AS what
    FROM ${own('arrival')} WHERE ${chunk === undefined ? '1' : 'chunk = {chunk:UInt64}'} AND (${byThem} OR ${theirBrowser} OR ${failedOfThem}) ORDER BY chunk, receipt`,
  params: chunk === undefined ? {} : { chunk },
});

const emptied = `raw = '', detail = '', message = '', name = '', user = '', anonymous = '', account = '', previous = '', person_id = '', account_id = '',
  properties = CAST(map(), 'Map(String, String)'), traits = CAST(map(), 'Map(String, String)')`;

/**
 * What has arrived of people who were erased is not stored: it is counted as failed, and nothing of it is kept. The mutation names places:
 * one that looked the tombstones up in subqueries of subqueries came to no end at times.
 */
const emptyArrivals = (workspace: string, found: readonly Arrived[]): Query => {
  const where = (...whats: Arrived['what'][]) => {
    const places = found.filter(({ what }) => whats.includes(what)).map(({ chunk, receipt }) => `(${chunk}, ${receipt})`);
    return `WHERE ${inWorkspace(workspace)} AND ${places.length === 0 ? '0' : `(chunk, receipt) IN (${places.join(', ')})`}`;
  };
  return {
    sql: `ALTER TABLE arrival DELETE ${where('imported')}, UPDATE kind = 'failed', reason = 'erased', ${emptied} ${where('by them', 'failed')},
      UPDATE anonymous = '' ${where('on their browser')} SETTINGS mutations_sync = 2, log_queries = 0`,
  };
};

const mostAtOnce = 4000;

/** Before a chunk is settled (or everything that waits in `arrival`): nothing of those who were erased goes on. */
export const refuseErasedArrivals = async (events: WorkspaceEvents, chunk?: number): Promise<void> => {
  const [some] = await events.ask<WithErased>(workspaceWithErased);
  if (!some) return;
  const found = await events.ask<Arrived>(arrivalsOfErased(chunk));
  for (let from = 0; from < found.length; from += mostAtOnce)
    await events.command(emptyArrivals(some.workspace, found.slice(from, from + mostAtOnce)));
};
