import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
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
  /**
   * Under which leases are held. Where all work ends with the server, it is the same after a restart on the same data folder, which one
   * process at a time can have; where a ClickHouse server may still be at it, what a killed server held has to run out.
   */
  holder: string;
  /** Runs in one transaction as the role that row-level security binds, seeing one workspace only. */
  within: <T>(workspace: string, run: (transaction: Transaction) => Promise<T>) => Promise<T>;
  /** Runs in one transaction that no workspace bounds: sign-in, start-up, health. Only `src/workspace` and the doors may. */
  unbounded: <T>(run: (transaction: Transaction) => Promise<T>) => Promise<T>;
  pool: pg.Pool;
  close: () => Promise<void>;
};

type Options = { url?: string; folder: string; template?: string; endsWithServer?: boolean };

const openPool = async ({ url, folder, template }: Options) => {
  if (url) {
    const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000, application_name: 'landfall' });
    pool.on('error', () => {}); // a lost idle connection is replaced; the next query reports what is wrong
    // One that is lost between two statements of a transaction would else end this process.
    pool.on('connect', (client) => void client.on('error', () => {}));
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

/** A copy of the folder is another folder, and so is the same one on another machine, or after a machine was started anew. */
const holderOf = (folder: string): string => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    const { dev, ino, birthtimeMs } = statSync(folder);
    return createHash('sha256').update([boot, hostname(), dev, ino, birthtimeMs].join(' ')).digest('hex').slice(0, 32);
  } catch {
    return randomUUID(); // then what a killed server held runs out by itself
  }
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
    holder: options.endsWithServer ? holderOf(options.folder) : randomUUID(),
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
