import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Events, openEvents, type Query, type WorkspaceEvents } from '../../src/platform/events/store.ts';
import { undone, workspaces } from './world.ts';

export type Row = Record<string, unknown>;
export type Asked = { rows: Row[]; milliseconds: number; readRows: number; readBytes: number };
export type Store = {
  events: Events;
  of: (workspace: string) => WorkspaceEvents;
  ask: (sql: string, settings?: Record<string, string | number>) => Promise<Asked>;
  askOurs: (query: Query) => Promise<Asked>;
  command: (sql: string) => Promise<void>;
  /** Most memory that the engine's process has used, in MB. */
  peakMegabytes: () => number;
  close: () => Promise<void>;
};

/** The product's own event store, embedded, with its own migrations and settings. */
export const openStore = async (folder: string): Promise<Store> => {
  mkdirSync(folder, { recursive: true });
  const events = await openEvents({ folder, migrations: join(import.meta.dirname, '../../migrations/events') });
  const { client } = events;
  const ask = async (
    query: string,
    params: Record<string, unknown>,
    clickhouse_settings: Record<string, string | number>,
  ): Promise<Asked> => {
    const startedAt = performance.now();
    const result = await client.query({ query, query_params: params, format: 'JSONEachRow', clickhouse_settings });
    const rows = await result.json<Row>();
    const milliseconds = performance.now() - startedAt;
    const summary = JSON.parse(String(result.response_headers['x-clickhouse-summary'] ?? '{}')) as {
      read_rows?: string;
      read_bytes?: string;
    };
    return { rows, milliseconds, readRows: Number(summary.read_rows ?? 0), readBytes: Number(summary.read_bytes ?? 0) };
  };
  return {
    events,
    of: (workspace) => events.of(workspace, () => Promise.resolve([undone])),
    // What others write is asked with the engine's own defaults.
    ask: (sql, settings = {}) => ask(sql, {}, { join_use_nulls: 0, ...settings }),
    askOurs: ({ sql, params }) => ask(sql, { ...params, workspace: workspaces[0], hidden: [undone] }, {}),
    command: async (query) => void (await client.command({ query, clickhouse_settings: { join_use_nulls: 0 } })),
    peakMegabytes: () => {
      const status = readFileSync(`/proc/${events.engineProcess()}/status`, 'utf8');
      return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    },
    close: async () => {
      await events.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Waits until the engine has merged what it wants to merge. */
export const rest = async ({ ask }: Store, mostSeconds: number): Promise<void> => {
  const until = performance.now() + mostSeconds * 1000;
  let quiet = 0;
  while (quiet < 3 && performance.now() < until) {
    const { rows } = await ask(
      'SELECT (SELECT count() FROM system.merges) + (SELECT count() FROM system.mutations WHERE NOT is_done) AS n',
    );
    quiet = Number(rows[0]!.n) === 0 ? quiet + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
};
