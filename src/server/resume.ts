import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { eraseAgain, resumeErasures, resumeImports } from '../catalogue.ts';
import { enterWorkspace, insideDoor } from '../platform/application.ts';
import type { Actor, Application, Context, WorkspaceScope } from '../platform/context.ts';

const actor: Actor = { kind: 'job', id: 'start', name: 'Landfall', role: 'owner', mayWrite: true };
const lookAgainMilliseconds = 10_000;
const bringTogetherMilliseconds = 600_000;

export const contextsWhere = async (application: Application, condition = sql`true`): Promise<Context[]> => {
  const { rows } = await application.records.unbounded((transaction) =>
    transaction.execute<WorkspaceScope>(sql`
      SELECT id, name, time_zone AS "timeZone", currency, is_example AS "isExample" FROM workspace WHERE deleted_at IS NULL AND (${condition})`),
  );
  return rows.map((workspace) => enterWorkspace(insideDoor(application, 'job'), workspace, actor));
};

/** Finishes, in every workspace, what the last process left in the middle. */
export const resumeWork = (application: Application): void =>
  application.background('resume', async (signal) => {
    for (const context of await contextsWhere(application)) {
      if (signal.aborted) return;
      await resumeErasures(context);
      await resumeImports(context);
    }
  });

const unfinished = sql`id IN (SELECT workspace_id FROM erasure WHERE state <> 'done')`;

/**
 * Erasures come to their end whoever is killed meanwhile: those of this data folder are taken up at the start, those of another server when
 * its lease has run out, and one that failed is tried again.
 */
export const keepErasing = (application: Application): void =>
  application.background('keep erasing', async (signal) => {
    let togetherAt = performance.now() + bringTogetherMilliseconds;
    while (!signal.aborted) {
      await pause(lookAgainMilliseconds, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      try {
        for (const context of await contextsWhere(application, unfinished)) await resumeErasures(context);
        if (performance.now() < togetherAt) continue;
        togetherAt = performance.now() + bringTogetherMilliseconds;
        await eraseAgain(application);
      } catch (error) {
        application.log.warn({ err: error }, 'erasures wait: a store does not answer');
      }
    }
  });
