import { setTimeout as pause } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { deliverNotices, keepDueReports, tellNotices } from '../catalogue.ts';
import type { Application, Context } from '../platform/context.ts';
import { alone } from '../platform/lease.ts';
import { contextsWhere } from './resume.ts';

type Chore = {
  name: string;
  everyMilliseconds: number;
  /** In which workspaces there may be something to do. */
  where: SQL;
  run: (context: Context, signal: AbortSignal) => Promise<unknown>;
};

/** Who opens the first page after a start goes first. */
const settleMilliseconds = 10_000;

const chores: Chore[] = [
  {
    name: 'tell notices',
    everyMilliseconds: 10_000,
    where: sql`is_example = false AND (EXISTS (SELECT FROM launch WHERE launch.workspace_id = workspace.id)
      OR EXISTS (SELECT FROM announcement WHERE announcement.workspace_id = workspace.id)
      OR EXISTS (SELECT FROM webhook WHERE webhook.workspace_id = workspace.id))`,
    run: async (context, signal) => {
      await tellNotices(context);
      await deliverNotices(context, signal);
    },
  },
  {
    name: 'keep landing reports',
    everyMilliseconds: 600_000,
    where: sql`EXISTS (SELECT FROM launch WHERE launch.workspace_id = workspace.id)`,
    run: keepDueReports,
  },
];

/** One workspace that cannot be served does not keep the others waiting. */
const passOnce = async (application: Application, { name, where, run }: Chore, signal: AbortSignal): Promise<void> => {
  for (const context of await contextsWhere(application, where)) {
    if (signal.aborted) return;
    await run(context, signal).catch((error: unknown) =>
      application.log.warn({ err: error, workspace: context.workspace.id, chore: name }, 'a chore waits'),
    );
  }
};

/** What a server does by itself, every so often; of several servers on the same stores, one at a time. */
export const keepDoingChores = (application: Application): void => {
  for (const chore of chores)
    application.background(chore.name, async (signal) => {
      for (let wait = settleMilliseconds; ; wait = chore.everyMilliseconds) {
        await pause(wait, undefined, { signal, ref: false }).catch(() => {});
        if (signal.aborted) return;
        await alone(application.records, chore.name, () => passOnce(application, chore, signal)).catch((error: unknown) =>
          application.log.warn({ err: error, chore: chore.name }, 'a chore waits'),
        );
      }
    });
};
