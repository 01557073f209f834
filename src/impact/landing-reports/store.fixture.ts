import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEvents, type WorkspaceEvents } from '../../platform/events/store.ts';
import type { TableName } from '../../platform/events/sources.ts';

export type OpenedStore = { store: WorkspaceEvents; close: () => Promise<void> };

/** A real event store of its own in a temporary folder; rows are given without the workspace, the import and the version. */
export const openStore = async (): Promise<OpenedStore> => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-reports-'));
  const events = await openEvents({ folder, migrations: 'migrations/events' });
  const bound = events.of('00000000-0000-4000-8000-000000000001', async () => []);
  const stamp = { import: '00000000-0000-4000-8000-0000000000aa', version: 1 };
  return {
    store: {
      ...bound,
      insert: (table: TableName | 'import_row', rows) =>
        bound.insert(
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
