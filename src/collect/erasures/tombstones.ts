import { own } from '../../platform/events/sources.ts';
import type { Query, WorkspaceEvents } from '../../platform/events/store.ts';
import { canonicalIdSql, productKey } from '../objects/identity.ts';
import { onceMark } from '../events/schema.ts';
import { anonymousKey, live } from '../events/settling.ts';

// Mutations keep no parameters and their text is kept for long: they name workspaces and chunks, and look the rest up in tables.
const inWorkspace = (workspace: string) => `workspace = '${workspace.replaceAll(/[^\da-f-]/g, '')}'`;
const saltIn = (workspace: string) => `(SELECT any(salt) FROM erased WHERE ${inWorkspace(workspace)})`;
export const activeIn = (workspace: string): string => `(SELECT hash FROM erased WHERE ${inWorkspace(workspace)})`;
export const active = `(SELECT hash FROM ${own('erased')})`;

/** The tombstone of the object id that the SQL text `id` gives. */
export const tombstoneSql = (salt: string, id: string): string => `lower(hex(SHA256(concat(${salt}, ${id}))))`;

const personId = (keyType: string, value: string) => canonicalIdSql('person', `'${keyType}'`, value);

/** The workspace, if anybody in it was erased; where nobody was nothing has to be looked for. */
export const workspaceWithErased: Query = { sql: `SELECT toString(workspace) AS workspace FROM ${own('erased')} LIMIT 1` };

const arrivalConditions = (workspace: string) => {
  const salt = saltIn(workspace);
  const erased = (id: string) => `${tombstoneSql(salt, id)} IN ${activeIn(workspace)}`;
  const keyed = (column: string, ...keyTypes: string[]) =>
    `(${column} != '' AND (${keyTypes.map((keyType) => erased(personId(keyType, column))).join(' OR ')}))`;
  const actor = `multiIf(person_id != '', person_id, user != '', ${personId(productKey, 'user')}, ${personId(anonymousKey, 'anonymous')})`;
  const byThem = `kind != 'failed' AND (${erased(actor)} OR ${keyed('previous', anonymousKey, productKey)}
    OR (kind != 'group' AND (${['email', `${onceMark}email`].map((trait) => `(traits['${trait}'] != '' AND ${erased(personId('email', `lower(trimBoth(traits['${trait}']))`))})`).join(' OR ')})))`;
  const tokens = `SELECT chunk, receipt FROM (SELECT chunk, receipt, arrayDistinct(arrayMap(one -> trim(LEADING ':' FROM one), extractAll(concat(raw, ' ', message, ' ', detail), '[^"\\\\\\\\\\\\s,{}\\\\[\\\\]]+'))) AS tokens
    FROM arrival WHERE ${inWorkspace(workspace)} AND kind = 'failed' AND raw != '') ARRAY JOIN tokens AS token
    WHERE ${erased(personId(productKey, 'token'))} OR ${erased(personId(anonymousKey, 'token'))} OR ${erased(personId('email', 'lower(token)'))}`;
  return {
    byThem,
    theirBrowser: `(user != '' OR person_id != '') AND ${keyed('anonymous', anonymousKey)}`,
    failedOfThem: `(chunk, receipt) IN (${tokens})`,
  };
};

const emptied = `raw = '', detail = '', message = '', name = '', user = '', anonymous = '', account = '', previous = '', person_id = '', account_id = '',
  properties = CAST(map(), 'Map(String, String)'), traits = CAST(map(), 'Map(String, String)')`;

/** What has arrived of people who were erased is not stored: it is counted as failed, and nothing of it is kept. */
const emptyArrivals = (workspace: string, chunk: number | undefined): Query => {
  const { byThem, theirBrowser, failedOfThem } = arrivalConditions(workspace);
  const here = `${inWorkspace(workspace)}${chunk === undefined ? '' : ` AND chunk = ${Math.trunc(chunk)}`}`;
  return {
    sql: `ALTER TABLE arrival DELETE WHERE ${here} AND import != '${live}' AND ${byThem},
      UPDATE kind = 'failed', reason = 'erased', ${emptied} WHERE ${here} AND (${byThem}),
      UPDATE anonymous = '' WHERE ${here} AND ${theirBrowser},
      UPDATE reason = 'erased', ${emptied} WHERE ${here} AND ${failedOfThem}
      SETTINGS mutations_sync = 2, allow_nondeterministic_mutations = 1, log_queries = 0`,
  };
};

const arrivalsOfErased = (workspace: string, chunk: number | undefined): Query => {
  const { byThem, theirBrowser, failedOfThem } = arrivalConditions(workspace);
  return {
    sql: `SELECT toUInt32(count()) AS n FROM ${own('arrival')} WHERE ${chunk === undefined ? '1' : 'chunk = {chunk:UInt64}'} AND (${byThem} OR ${theirBrowser} OR ${failedOfThem})`,
    params: chunk === undefined ? {} : { chunk },
  };
};

/** Before a chunk is settled (or everything that waits in `arrival`): nothing of those who were erased goes on. */
export const refuseErasedArrivals = async (events: WorkspaceEvents, chunk?: number): Promise<void> => {
  const [some] = await events.ask<{ workspace: string }>(workspaceWithErased);
  if (!some) return;
  const [found] = await events.ask<{ n: number }>(arrivalsOfErased(some.workspace, chunk));
  if (found!.n > 0) await events.command(emptyArrivals(some.workspace, chunk));
};
