import { enterWorkspace, insideDoor } from '../../platform/application.ts';
import type { Actor, Application, Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import type { Query, WorkspaceEvents } from '../../platform/events/store.ts';
import { alone, movingEvents } from '../../platform/lease.ts';
import { readWorkspace } from '../../workspace/workspaces/queries.ts';
import { refuseErasedArrivals } from '../erasures/tombstones.ts';
import type { Arrival } from './schema.ts';
import { allStored, keepFailed, live, settlingStatements, tellsWho, workspacesOf } from './settling.ts';

const actor: Actor = { kind: 'job', id: 'settler', name: 'Landfall', role: 'owner', mayWrite: true };
const rowsInOneInsert = 20_000;

/** What only one server does at a time: numbers are given once, and the first copy of a message is the first. */
export const whileSettling = <T>({ records }: Pick<Application, 'records'>, run: () => Promise<T>): Promise<T> =>
  alone(records, movingEvents, run);

export const contextOf = async (application: Application, workspaceId: string): Promise<Context> => {
  const workspace = await application.records.within(workspaceId, (transaction) => readWorkspace(transaction, workspaceId));
  return enterWorkspace(insideDoor(application, 'job'), workspace, actor);
};

/** The workspaces of a chunk that lies in `arrival`; each is settled behind its own wall. */
export const contextsOf = async (application: Application, chunk: number): Promise<Context[]> => {
  const found = await application.events.client.query({ query: workspacesOf, query_params: { chunk }, format: 'JSONEachRow' });
  const contexts: Context[] = [];
  for (const { workspace } of await found.json<{ workspace: string }>())
    await contextOf(application, workspace).then(
      (context) => contexts.push(context),
      (error: unknown) => {
        // Rows of a workspace that nobody has: of an opening of the example that failed, in an earlier version.
        if (!(error instanceof Failure && error.code === 'not_found')) throw error;
      },
    );
  return contexts;
};

/** Stores what lies in `arrival` of one chunk and one workspace. Run again after a crash it changes nothing and counts the same. */
export const settleChunk = async (events: WorkspaceEvents, chunk: number, timeZone: string): Promise<void> => {
  const one = { chunk, timeZone };
  await refuseErasedArrivals(events, chunk);
  for (const statement of settlingStatements) {
    if (statement === keepFailed && (await events.ask<{ all: number }>(allStored(one)))[0]?.all === 1) continue;
    await events.command(statement(one));
  }
};

/** Takes a settled chunk out of `arrival`. */
export const forgetChunk = (chunk: number): Query => ({ sql: `ALTER TABLE arrival DROP PARTITION ${chunk}` });

/** Settles a chunk that lies in `arrival`; answers where somebody may be somebody else now. */
export const settleArrived = async (application: Application, chunk: number): Promise<Context[]> => {
  const changed: Context[] = [];
  for (const context of await contextsOf(application, chunk)) {
    const { timeZone } = context.workspace;
    await settleChunk(context.events, chunk, timeZone);
    const [said] = await context.events.ask<{ tells: number }>(tellsWho({ chunk, timeZone }));
    if (said?.tells === 1) changed.push(context);
  }
  await application.events.client.command({ query: forgetChunk(chunk).sql });
  return changed;
};

let lastChunk = 0;
/** A number for rows that come by another way than the spool. */
export const newChunk = (): number => (lastChunk = Math.max(lastChunk + 1, Date.now() * 1000 + Math.floor(Math.random() * 500)));

/** An event at hand, such as one of an example: people and accounts by the ids of their objects. */
export type GivenEvent = Pick<Arrival, 'message' | 'name' | 'at'> & Partial<Arrival> & { person_id?: string; account_id?: string };
export type Given = { timeZone: string; receivedAt: Date; importId?: string };

/** Stores events that are at hand through the same statements as all others; the caller is alone (`whileSettling`). */
export const storeEvents = async (events: WorkspaceEvents, given: Iterable<GivenEvent>, how: Given): Promise<number> => {
  const chunk = newChunk();
  const received_at = how.receivedAt.toISOString().replace('T', ' ').replace('Z', '');
  const common = { chunk, import: how.importId ?? live, received_at, kind: 'track' };
  let [receipt, block]: [number, object[]] = [0, []];
  const flush = async () => {
    if (block.length > 0) await events.insert('arrival', block);
    block = [];
  };
  for (const event of given) {
    block.push({ ...common, receipt: receipt++, ...event });
    if (block.length === rowsInOneInsert) await flush();
  }
  await flush();
  await settleChunk(events, chunk, how.timeZone);
  await events.command(forgetChunk(chunk));
  return receipt;
};
