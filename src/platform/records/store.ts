import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { migrateRecords } from './migrate.ts';
import { startPglite } from './pglite.ts';

export type Transaction = Parameters<Parameters<NodePgDatabase['transaction']>[0]>[0];

/** Postgres, or its in-process twin. All rows of a workspace are read and written through `within`. */
export type Records = {
  kind: 'postgres' | 'pglite';
  /** Runs in one transaction as the role that row-level security binds, seeing one workspace only. */
  within: <T>(workspace: string, run: (transaction: Transaction) => Promise<T>) => Promise<T>;
  /** Runs in one transaction that no workspace bounds: sign-in, start-up, health. Only `src/workspace` and the doors may. */
  unbounded: <T>(run: (transaction: Transaction) => Promise<T>) => Promise<T>;
  pool: pg.Pool;
  close: () => Promise<void>;
};

type Options = { url?: string; folder: string; template?: string };

const openPool = async ({ url, folder, template }: Options) => {
  if (url) {
    const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000, application_name: 'landfall' });
    pool.on('error', () => {}); // a lost idle connection is replaced; the next query reports what is wrong
    return { pool, stop: () => pool.end() };
  }
  const target = join(folder, 'records');
  const isNew = !existsSync(join(target, 'PG_VERSION'));
  const pglite = await startPglite(target, isNew && template && existsSync(template) ? template : undefined);
  const pool = new pg.Pool({
    stream: () => pglite.openStream(),
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 30_000,
    user: 'postgres',
    database: 'postgres',
    // All connections share one session: whatever a lost one left open must not reach the next.
    onConnect: async (client: pg.ClientBase) => void (await client.query('ROLLBACK; RESET ALL; RESET ROLE')),
  });
  return { pool, stop: async () => (await pool.end(), await pglite.close()) };
};

/** Opens the store and brings its tables up to date. */
export const openRecords = async (options: Options & { migrations: string }): Promise<Records> => {
  const { pool, stop } = await openPool(options);
  try {
    await migrateRecords(pool, options.migrations);
  } catch (error) {
    await stop();
    throw error;
  }
  const database = drizzle(pool);
  return {
    kind: options.url ? 'postgres' : 'pglite',
    pool,
    within: (workspace, run) =>
      database.transaction(async (transaction) => {
        await transaction.execute(
          sql`SELECT set_config('role', 'landfall_app', true), set_config('landfall.workspace', ${workspace}, true)`,
        );
        return run(transaction);
      }),
    unbounded: (run) => database.transaction(run),
    close: stop,
  };
};
