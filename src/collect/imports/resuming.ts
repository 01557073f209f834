import type { Context } from '../../platform/context.ts';
import { runCheck } from './checks.ts';
import { endCancelled, runCommit, runUndo } from './commits.ts';
import { removeImported, removeStaged } from './committing.ts';
import { claimAbandoned, expired, note } from './records.ts';
import type { ImportRow } from './tables.ts';
import { inBackground, isRunning } from './work.ts';

/**
 * Finishes, or takes back, what a server that is gone left in the middle. Called at start for every workspace, and
 * whenever the imports of a workspace are looked at.
 */
export async function resumeImports(context: Context): Promise<void> {
  await forgetOldRows(context);
  const abandoned = await claimAbandoned(context);
  for (const row of abandoned) {
    if (!isRunning(row.id)) inBackground(context, row.id, 'resume import', (signal) => resume(context, row, signal));
  }
}

async function resume(context: Context, row: ImportRow, signal: AbortSignal): Promise<void> {
  if (row.state === 'uploading') {
    for (const query of removeStaged(row.id)) await context.events.command(query);
    const message = {
      en: 'The server stopped while the file was being sent. Nothing was kept; send it again.',
      zh: '发送文件时服务器停止运行。没有留下任何内容；请重新发送。',
    };
    return note(context, row.id, {
      state: 'failed',
      problem: { code: 'unavailable', message, details: { reason: 'interrupted' } },
      leaseUntil: null,
    });
  }
  if (row.state === 'checking') return runCheck(context, row);
  if (row.state === 'undone') return runUndo(context, row);
  for (const query of removeImported(row.id, row.mapping!)) await context.events.command(query);
  return row.cancelAsked ? endCancelled(context, row.id) : runCommit(context, row, signal);
}

const keptDays = 30;

/** The rows of a file can be read for 30 days after it was imported, undone or left lying; then only the report stays. */
async function forgetOldRows(context: Context): Promise<void> {
  for (const { id, state, file } of await expired(context, keptDays)) {
    for (const query of removeStaged(id)) await context.events.command(query);
    const left = state === 'mapping' || state === 'checked';
    await note(context, id, { file: file && { ...file, forgotten: true }, ...(left ? { state: 'cancelled' as const } : {}) }, state);
  }
}
