import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { deliverNotices, tellNotices } from '../catalogue.ts';
import type { Application } from '../platform/context.ts';
import { alone } from '../platform/lease.ts';
import { contextsWhere } from './resume.ts';

const everyMilliseconds = 10_000;

/** Where somebody has a part in a launch, or a webhook waits: the others have nothing to be told. */
const concerned = sql`is_example = false AND (EXISTS (SELECT FROM launch WHERE launch.workspace_id = workspace.id)
  OR EXISTS (SELECT FROM announcement WHERE announcement.workspace_id = workspace.id)
  OR EXISTS (SELECT FROM webhook WHERE webhook.workspace_id = workspace.id))`;

const passOnce = async (application: Application, signal: AbortSignal): Promise<void> => {
  for (const context of await contextsWhere(application, concerned)) {
    if (signal.aborted) return;
    await tellNotices(context);
    await deliverNotices(context, signal);
  }
};

/** Looks every few seconds what has to be told, and tells it; of several servers on the same stores, one at a time. */
export const keepTelling = (application: Application): void =>
  application.background('tell notices', async (signal) => {
    while (!signal.aborted) {
      await pause(everyMilliseconds, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      await alone(application.records, 'tell notices', () => passOnce(application, signal)).catch((error: unknown) =>
        application.log.warn({ err: error }, 'notices wait'),
      );
    }
  });
