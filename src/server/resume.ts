import { sql } from 'drizzle-orm';
import { resumeErasures, resumeImports } from '../catalogue.ts';
import { enterWorkspace, insideDoor } from '../platform/application.ts';
import type { Actor, Application, WorkspaceScope } from '../platform/context.ts';

const actor: Actor = { kind: 'job', id: 'start', name: 'Landfall', role: 'owner', mayWrite: true };

/** Finishes, in every workspace, what the last process left in the middle. */
export const resumeWork = (application: Application): void =>
  application.background('resume', async (signal) => {
    const { rows } = await application.records.unbounded((transaction) =>
      transaction.execute<WorkspaceScope>(sql`
        SELECT id, name, time_zone AS "timeZone", currency, is_example AS "isExample" FROM workspace WHERE deleted_at IS NULL`),
    );
    for (const workspace of rows) {
      if (signal.aborted) return;
      const context = enterWorkspace(insideDoor(application, 'job'), workspace, actor);
      await resumeErasures(context);
      await resumeImports(context);
    }
  });
