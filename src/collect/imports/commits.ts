import type { Context } from '../../platform/context.ts';
import { kindOrder, type ObjectKind } from '../objects/schema.ts';
import { check } from './checks.ts';
import { forgetChunk, newChunk, settleChunk, whileSettling } from '../events/settle.ts';
import { refreshIdentities } from '../identities/refresh.ts';
import {
  arriveEvents,
  type Commit,
  type LineRange,
  removeImported,
  removeStaged,
  removeStoredMeanwhile,
  storedMeanwhile,
  stubsOf,
  writeIdentities,
  writeLinks,
  writeStub,
  writeTarget,
} from './committing.ts';
import { inOrder } from './mapping.ts';
import { stagedSize } from './queries.ts';
import { revision } from './queries.ts';
import { endCommit, note, remember } from './records.ts';
import type { ImportRow } from './tables.ts';
import { asProblem, cancelAsked, cancelled } from './work.ts';

/** Rows between two looks at whether somebody cancelled. */
const stepLines = 100_000;

/**
 * Writes what the dry run found. The rows are hidden until the state says committed, so that it is seen whole or not at
 * all. Whatever goes wrong, they are taken away before the state moves on.
 */
export async function runCommit(context: Context, row: ImportRow, signal?: AbortSignal): Promise<void> {
  try {
    await write(context, row, signal);
    if (!(await appear(context, row.id))) throw cancelled();
    await remember(context, row);
  } catch (error) {
    // A server that is shutting down leaves the state as it is: the next one takes over.
    if (signal?.aborted) return;
    for (const query of removeImported(row.id, row.mapping!)) await context.events.command(query);
    if (await cancelAsked(context, row.id)) return endCancelled(context, row.id);
    await note(context, row.id, { state: 'checked', problem: asProblem(error), leaseUntil: null, progress: {} });
    context.application.log.error({ err: error, import: row.id }, 'the commit of an import failed');
  }
}

export async function endCancelled(context: Context, id: string): Promise<void> {
  for (const query of removeStaged(id)) await context.events.command(query);
  await note(context, id, { state: 'cancelled', leaseUntil: null, progress: {} });
}

async function write(context: Context, row: ImportRow, signal?: AbortSignal): Promise<void> {
  const mapping = row.mapping!;
  const commit = { importId: row.id, version: row.version! };
  if ((await context.read(revision)) !== row.checkedAgainst) {
    const { report, against } = await check(context, row);
    await note(context, row.id, { report, checkedAgainst: against });
  }
  const [size] = await context.events.ask<{ lastLine: number }>(stagedSize(row.id));
  const order = inOrder(mapping, kindOrder);
  const of = order.length * size!.lastLine;
  for (const [done, index] of order.entries()) {
    for (let from = 0; from <= size!.lastLine; from += stepLines) {
      if (signal?.aborted || (await cancelAsked(context, row.id))) throw cancelled();
      await writeRange(context, commit, mapping.targets[index]!.kind, index, { from, to: from + stepLines - 1 });
      await note(context, row.id, { progress: { phase: 'writing', rows: Math.min(of, done * size!.lastLine + from + stepLines), of } });
    }
  }
  for (const [index, { kind, fields }] of mapping.targets.entries())
    if (kind === 'event' && fields.anonymous_id) await context.events.command(writeLinks(commit, index));
  await context.events.command(writeIdentities(commit));
  for (const stub of stubsOf(mapping)) {
    for (const query of writeStub(commit, stub)) await context.events.command(query);
  }
}

const writeRange = async (context: Context, commit: Commit, kind: ObjectKind, target: number, range: LineRange): Promise<void> => {
  if (kind !== 'event') return context.events.command(writeTarget(commit, kind, target, range));
  const chunk = newChunk();
  await context.events.command(arriveEvents(commit, target, range, chunk, context.now()));
  await whileSettling(context.application, () => settleChunk(context.events, chunk, context.workspace.timeZone));
  await context.events.command(forgetChunk(chunk));
};

/** The moment from which the import is seen. Nobody settles meanwhile, so that an event which also came another way counts once. */
const appear = (context: Context, id: string): Promise<boolean> =>
  whileSettling(context.application, async () => {
    const [stored] = await context.events.ask<{ copies: number }>(storedMeanwhile(id));
    if (stored!.copies > 0) await context.events.command(removeStoredMeanwhile(id));
    if (!(await endCommit(context, id))) return false;
    await refreshIdentities(context);
    return true;
  });

/** After the state says undone nobody sees the rows; taking them away may be repeated until it is done. */
export async function runUndo(context: Context, { id, mapping }: ImportRow): Promise<void> {
  for (const query of removeImported(id, mapping!)) await context.events.command(query);
  await whileSettling(context.application, () => refreshIdentities(context));
  await note(context, id, { leaseUntil: null, progress: { phase: 'done' } });
}
