import type { Application, Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { contextOf } from '../events/settle.ts';
import { storedReadmissions, storedTombstones, storeReadmission, storeTombstone, workspacesWithErased } from './kept-tombstones.ts';
import { beginAgain, listStates } from './records.ts';
import { resumeErasures } from './running.ts';
import { appendTombstones, readTombstones, type Tombstones } from './tombstone-file.ts';

const folderOf = ({ application }: Pick<Context, 'application'>) => application.config.LANDFALL_DATA;

/** Writes down beside the stores what only they know: of an earlier version, of another server, or of a backup that was restored. */
const keepBeside = async (context: Context, file: Tombstones, states: ReadonlyMap<string, { hash: string | null }>): Promise<void> => {
  const workspace = context.workspace.id;
  const stored = await storedTombstones(context.events);
  const unknown = stored.filter(({ erasure, hashes }) => {
    const known = new Set(file.erased.get(erasure)?.hashes);
    return hashes.some((hash) => !known.has(hash));
  });
  const readmitted = (await storedReadmissions(context.events)).filter(({ erasure }) => !file.readmitted.has(erasure));
  await appendTombstones(folderOf(context), [
    ...unknown.map((one) => ({ workspace, hash: states.get(one.erasure)?.hash ?? null, ...one })),
    ...readmitted.map(({ erasure, at }) => ({ workspace, erasure, readmittedAt: at })),
  ]);
};

/** Begins again what the stores do not know as done: they were taken back to a time before. */
const bringTogether = async (context: Context): Promise<void> => {
  const states = await listStates(context);
  await keepBeside(context, await readTombstones(folderOf(context)), states);
  const file = await readTombstones(folderOf(context));
  const stored = new Map((await storedTombstones(context.events)).map(({ erasure, hashes }) => [erasure, new Set(hashes)]));
  for (const one of file.erased.values()) {
    if (one.workspace !== context.workspace.id) continue;
    const state = states.get(one.erasure)?.state;
    const isWhole = one.hashes.every((hash) => stored.get(one.erasure)?.has(hash));
    if (state === undefined || (state === 'done' && !isWhole)) {
      await beginAgain(context, one);
      context.application.log.warn({ erasure: one.erasure }, 'the stores are from before somebody was erased, who is erased again');
    }
    if (!isWhole) await storeTombstone(context.events, one);
  }
};

/** Who was readmitted is so also after a backup from before; what the backup brought back of them is erased first. */
const readmitAgain = async (context: Context): Promise<void> => {
  const { readmitted } = await readTombstones(folderOf(context));
  const known = new Set((await storedReadmissions(context.events)).map(({ erasure }) => erasure));
  const states = await listStates(context);
  for (const { workspace, erasure, readmittedAt } of readmitted.values())
    if (workspace === context.workspace.id && !known.has(erasure) && states.get(erasure)?.state === 'done')
      await context.events.command(storeReadmission(erasure, readmittedAt));
};

const contextsWithErased = async (application: Application): Promise<Context[]> => {
  const { erased, unreadable } = await readTombstones(application.config.LANDFALL_DATA);
  if (unreadable.length > 0) application.log.warn({ lines: unreadable }, 'lines of tombstones.jsonl cannot be read');
  const found = await application.events.client.query({ query: workspacesWithErased, format: 'JSONEachRow' });
  const stored = (await found.json<{ workspace: string }>()).map(({ workspace }) => workspace);
  const contexts: Context[] = [];
  for (const id of new Set([...stored, ...[...erased.values()].map(({ workspace }) => workspace)]))
    await contextOf(application, id).then(
      (context) => contexts.push(context),
      (error: unknown) => {
        // A workspace that is not there, or not yet there in a backup from before it was made: nobody is in it.
        if (!(error instanceof Failure && error.code === 'not_found')) throw error;
      },
    );
  return contexts;
};

/**
 * Brings together what the stores and the file beside them say of who was erased, and erases again whom a restored backup brought back. It
 * answers when that is through; what fails stays an erasure that is tried again.
 */
export const eraseAgain = async (application: Application): Promise<void> => {
  for (const context of await contextsWithErased(application)) {
    await bringTogether(context);
    for (const { isAgain, ended } of await resumeErasures(context)) if (isAgain) await ended;
    await readmitAgain(context);
  }
};
