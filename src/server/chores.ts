import { setTimeout as pause } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { deliverNotices, keepDueReports, purgeDeleted, tellNotices } from '../catalogue.ts';
import type { Application, Context } from '../platform/context.ts';
import { alone } from '../platform/lease.ts';
import { contextsWhere } from './resume.ts';

type Chore = {
  name: string;
  everyMilliseconds: number;
  pass: (application: Application, signal: AbortSignal) => Promise<unknown>;
};

/** Who opens the first page after a start goes first. */
const settleMilliseconds = 10_000;

/** Does it in each workspace where there may be something to do. One that cannot be served does not keep the others waiting. */
const inWorkspaces =
  (where: SQL, run: (context: Context, signal: AbortSignal) => Promise<unknown>): Chore['pass'] =>
  async (application, signal) => {
    for (const context of await contextsWhere(application, where)) {
      if (signal.aborted) return;
      await run(context, signal).catch((error: unknown) =>
        application.log.warn({ err: error, workspace: context.workspace.id }, 'a chore waits'),
      );
    }
  };

const chores: Chore[] = [
  {
    name: 'tell notices',
    everyMilliseconds: 10_000,
    pass: inWorkspaces(
      sql`is_example = false AND (EXISTS (SELECT FROM launch WHERE launch.workspace_id = workspace.id)
      OR EXISTS (SELECT FROM announcement WHERE announcement.workspace_id = workspace.id)
      OR EXISTS (SELECT FROM webhook WHERE webhook.workspace_id = workspace.id))`,
      async (context, signal) => {
        await tellNotices(context);
        await deliverNotices(context, signal);
      },
    ),
  },
  {
    name: 'keep landing reports',
    everyMilliseconds: 600_000,
    pass: inWorkspaces(sql`EXISTS (SELECT FROM launch WHERE launch.workspace_id = workspace.id)`, keepDueReports),
  },
  { name: 'purge deleted workspaces', everyMilliseconds: 3_600_000, pass: purgeDeleted },
];

/** What a server does by itself, every so often; of several servers on the same stores, one at a time. */
export const keepDoingChores = (application: Application): void => {
  for (const chore of chores)
    application.background(chore.name, async (signal) => {
      for (let wait = settleMilliseconds; ; wait = chore.everyMilliseconds) {
        await pause(wait, undefined, { signal, ref: false }).catch(() => {});
        if (signal.aborted) return;
        await alone(application.records, chore.name, () => chore.pass(application, signal)).catch((error: unknown) =>
          application.log.warn({ err: error, chore: chore.name }, 'a chore waits'),
        );
      }
    });
};
