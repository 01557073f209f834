import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { writeWithAudit } from './audit.ts';
import type { Config } from './config.ts';
import type { Actor, Application, Context, DoorContext, WorkspaceScope } from './context.ts';
import { openEvents } from './events/store.ts';
import { matchInstances } from './instance.ts';
import { lockDataFolder } from './lock.ts';
import { stopWaiting } from './lease.ts';
import { openRecords } from './records/store.ts';
import { openSpool } from './spool.ts';

/** The folder that holds `migrations/`: beside the bundle in dist, or the top of the source. */
export const home = (() => {
  for (const up of ['.', '..', '../..', '../../..']) {
    const folder = fileURLToPath(new URL(up, import.meta.url));
    if (existsSync(join(folder, 'migrations'))) return folder;
  }
  throw new Error('migrations/ is missing: the installation is not whole.');
})();

export type RunningApplication = Application & {
  /** Tells what runs in the background to come to an end; `close` waits for it. */
  stopTasks: () => void;
  close: () => Promise<void>;
};

type Overrides = { now?: () => Date; log?: Application['log'] };

/** Takes the folder's lock, opens both stores, brings them up to date. */
export const openApplication = async (config: Config, overrides: Overrides = {}): Promise<RunningApplication> => {
  const folder = config.LANDFALL_DATA;
  const lock = lockDataFolder(folder);
  const log = overrides.log ?? pino({ level: config.LANDFALL_LOG_LEVEL, redact: ['*.password', '*.token', '*.authorization', '*.cookie'] });
  const opened: { close: () => Promise<void> }[] = [];
  const closeAll = async () => {
    for (const store of opened.toReversed()) await store.close();
    lock.release();
  };
  try {
    const [records, events] = await Promise.all([
      openRecords({
        url: config.LANDFALL_POSTGRES_URL,
        folder,
        endsWithServer: !config.LANDFALL_CLICKHOUSE_URL,
        template: join(home, 'dist', 'records-template.tar.gz'),
        migrations: join(home, 'migrations', 'records'),
      }).then((store) => (opened.push(store), store)),
      openEvents({ url: config.LANDFALL_CLICKHOUSE_URL, folder, migrations: join(home, 'migrations', 'events') }).then(
        (store) => (opened.push(store), store),
      ),
    ]);
    await matchInstances(records, events, folder);
    const spool = await openSpool(join(folder, 'spool'), { maxBytes: config.LANDFALL_SPOOL_MAX_BYTES });
    opened.push(spool);
    const tasks = new Set<Promise<void>>();
    const stopping = new AbortController();
    const stopTasks = () => {
      stopping.abort();
      stopWaiting(records);
    };
    return {
      config,
      records,
      events,
      spool,
      log,
      now: overrides.now ?? (() => new Date()),
      background: (name, run) => {
        const task = run(stopping.signal)
          .catch((error: unknown) => log.error({ err: error, task: name }, 'background task failed'))
          .finally(() => tasks.delete(task));
        tasks.add(task);
      },
      stopTasks,
      close: async () => {
        stopTasks();
        await Promise.allSettled(tasks);
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
};

/** A context inside a workspace, for a caller that was found to belong there. */
export const enterWorkspace = (door: DoorContext, workspace: WorkspaceScope, actor: Actor): Context => {
  const { records, events } = door.application;
  const author = { actor, workspace, door: door.door, requestId: door.requestId, now: door.now };
  const hidden = () =>
    records.within(workspace.id, async (transaction) => {
      const found = await transaction.execute<{ id: string }>(sql`SELECT id FROM import WHERE state <> 'committed'`);
      return found.rows.map(({ id }) => id);
    });
  return {
    ...door,
    actor,
    workspace,
    read: (run) => records.within(workspace.id, run),
    write: (subject, run) => writeWithAudit(records, author, door.door, subject, run),
    writeAs: (operation, subject, run) => writeWithAudit(records, author, operation, subject, run),
    events: events.of(workspace.id, hidden),
  };
};

/** A door context for callers inside the process: jobs, the command line without a server, tests. */
export const insideDoor = (application: Application, door: DoorContext['door']): DoorContext => ({
  application,
  door,
  requestId: randomUUID(),
  address: 'inside',
  publicUrl: application.config.LANDFALL_PUBLIC_URL ?? `http://localhost:${application.config.LANDFALL_PORT}`,
  language: 'en',
  now: application.now,
  member: null,
  session: { token: null, set: () => {}, clear: () => {} },
});
