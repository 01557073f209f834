import type pg from 'pg';
import { pendingMigrations, readMigrations } from '../migrations.ts';

const lockNumber = 4_380_001;

/** Applies what is missing, each file in one transaction, one process at a time. */
export const migrateRecords = async (pool: pg.Pool, folder: string): Promise<void> => {
  const all = readMigrations(folder);
  const client = await pool.connect();
  try {
    await client.query(`SET lock_timeout = '5s'`);
    await client.query('SELECT pg_advisory_lock($1)', [lockNumber]);
    await client.query(`CREATE TABLE IF NOT EXISTS migration (
      name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
    const { rows } = await client.query<{ name: string; checksum: string }>('SELECT name, checksum FROM migration');
    for (const { name, text, checksum } of pendingMigrations(all, rows)) {
      await client.query('BEGIN');
      try {
        await client.query(text);
        await client.query('INSERT INTO migration (name, checksum) VALUES ($1, $2)', [name, checksum]);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    }
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [lockNumber]).catch(() => {});
    await client.query('RESET lock_timeout').catch(() => {});
    client.release();
  }
};
