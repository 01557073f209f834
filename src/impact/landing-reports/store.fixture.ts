import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GivenEvent, storeEvents } from '../../collect/events/settle.ts';
import { noDecisions } from '../../collect/identities/decisions.ts';
import { refreshFrom } from '../../collect/identities/refresh.ts';
import type { TableName } from '../../platform/events/sources.ts';
import { type InsertRows, openEvents, type WorkspaceEvents } from '../../platform/events/store.ts';

/** Takes events the way of all events, from rows that name people and accounts by the ids of their objects. */
export const insertEvents = async (events: WorkspaceEvents, rows: readonly object[], timeZone = 'UTC'): Promise<void> => {
  const given = (rows as ({ id: string } & Record<string, unknown>)[]).map(({ id, import: _import, version: _version, ...event }) => ({
    message: id,
    ...event,
  }));
  await storeEvents(events, given as unknown as GivenEvent[], { timeZone, receivedAt: new Date('2026-06-01T12:00:00Z') });
  await refreshFrom(events, new Date(), noDecisions);
};

/** A store in which a test writes events like rows of any table. */
export const takingEvents = (store: WorkspaceEvents, timeZone = 'UTC'): WorkspaceEvents => ({
  ...store,
  insert: (table: TableName | 'import_row' | 'arrival', rows: InsertRows) =>
    (table as string) === 'event' ? insertEvents(store, rows as object[], timeZone) : store.insert(table, rows),
});

export type OpenedStore = { store: WorkspaceEvents; close: () => Promise<void> };

/** A real event store of its own in a temporary folder; rows are given without the workspace, the import and the version. */
export const openStore = async (timeZone = 'UTC'): Promise<OpenedStore> => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-reports-'));
  const events = await openEvents({ folder, migrations: 'migrations/events' });
  const bound = events.of('00000000-0000-4000-8000-000000000001', async () => []);
  const stamp = { import: '00000000-0000-4000-8000-0000000000aa', version: 1 };
  return {
    store: {
      ...bound,
      insert: (table, rows) =>
        takingEvents(bound, timeZone).insert(
          table,
          [...(rows as object[])].map((row) => ({ ...stamp, ...row })),
        ),
    },
    close: async () => {
      await events.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
