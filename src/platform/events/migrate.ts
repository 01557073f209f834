import type { ClickHouseClient } from '@clickhouse/client';
import { pendingMigrations, readMigrations } from '../migrations.ts';

/**
 * Applies what is missing. ClickHouse has no transaction over statements, so each statement must be safe to run again
 * (IF NOT EXISTS), and a file counts as applied only after its last one. Callers hold the lock of the records store.
 */
export const migrateEvents = async (client: ClickHouseClient, folder: string): Promise<void> => {
  const run = (query: string) => client.command({ query });
  await run(`CREATE TABLE IF NOT EXISTS migration (name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
    ENGINE = MergeTree ORDER BY name SETTINGS fsync_after_insert = 1`);
  const result = await client.query({ query: 'SELECT DISTINCT name, checksum FROM migration', format: 'JSONEachRow' });
  const applied = await result.json<{ name: string; checksum: string }>();
  for (const { name, text, checksum } of pendingMigrations(readMigrations(folder), applied)) {
    const statements = text
      .replaceAll(/^--.*$/gm, '')
      .split(/;\s*$/m)
      .map((statement) => statement.trim())
      .filter(Boolean);
    for (const statement of statements) await run(statement);
    await client.insert({ table: 'migration', values: [{ name, checksum }], format: 'JSONEachRow' });
  }
};
