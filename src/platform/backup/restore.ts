import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { home } from '../application.ts';
import type { Config } from '../config.ts';
import { migrateEvents } from '../events/migrate.ts';
import { openEvents } from '../events/store.ts';
import { Failure } from '../failure.ts';
import { lockDataFolder } from '../lock.ts';
import { pendingMigrations, readMigrations } from '../migrations.ts';
import { migrateRecords } from '../records/migrate.ts';
import { openRecords } from '../records/store.ts';
import { syncPath } from './archive.ts';
import { loadEventStore, loadRecords, loadSpool } from './load.ts';
import { type Manifest, verifyBackup } from './manifest.ts';
import { makeRoom } from './target.ts';

type Options = { force?: boolean; say?: (line: string) => void };

const folders = { records: join(home, 'migrations', 'records'), events: join(home, 'migrations', 'events') };

const checkVersion = (manifest: Manifest): void => {
  try {
    pendingMigrations(readMigrations(folders.records), manifest.records.migrations);
    pendingMigrations(readMigrations(folders.events), manifest.events.migrations);
  } catch {
    throw new Failure(
      'conflict',
      'This backup was written by another Landfall than this one can read up to. Install the version that wrote it, or a later one.',
    );
  }
};

/** The migrations that the backup had, and no later ones: rows go in as they were, then what came later is applied to them. */
const migrationsThen = (folder: string, then: { name: string }[]): string => {
  const copies = mkdtempSync(join(tmpdir(), 'landfall-migrations-'));
  for (const { name } of then) copyFileSync(join(folder, name), join(copies, name));
  return copies;
};

const fill = async (config: Config, folder: string, file: string, manifest: Manifest, say: (line: string) => void): Promise<void> => {
  const then = {
    records: migrationsThen(folders.records, manifest.records.migrations),
    events: migrationsThen(folders.events, manifest.events.migrations),
  };
  const template = join(home, 'dist', 'records-template.tar.gz');
  try {
    const records = await openRecords({ url: config.LANDFALL_POSTGRES_URL, folder, template, migrations: then.records });
    try {
      say('Restoring what people wrote...');
      await loadRecords(records, file, manifest);
      await migrateRecords(records.pool, folders.records);
    } finally {
      await records.close();
    }
    const events = await openEvents({ url: config.LANDFALL_CLICKHOUSE_URL, folder, migrations: then.events });
    try {
      say('Restoring what machines sent...');
      await loadEventStore(events, file, manifest);
      await migrateEvents(events.client, folders.events);
    } finally {
      await events.close();
    }
    await loadSpool(join(folder, 'spool'), file);
  } finally {
    rmSync(then.records, { recursive: true });
    rmSync(then.events, { recursive: true });
  }
};

/** The in-process Postgres leaves bringing its files to the disk to the system; a restored folder is brought there whole. */
const syncFolder = async (folder: string): Promise<void> => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncFolder(path);
    else if (entry.isFile()) await syncPath(path);
  }
  await syncPath(folder);
};

/**
 * Brings a backup back: checks the whole file first, refuses a target that holds data, fills the stores, compares the rows
 * and the checksum of every table with the backup, and only then puts the folders in their place. The instance keeps its id.
 */
export const restoreBackup = async (config: Config, file: string, { force = false, say = () => {} }: Options = {}): Promise<Manifest> => {
  say(`Checking ${file}...`);
  const manifest = await verifyBackup(file);
  checkVersion(manifest);
  const data = config.LANDFALL_DATA;
  const lock = lockDataFolder(data);
  const staging = join(data, 'restoring');
  try {
    rmSync(staging, { recursive: true, force: true });
    if (!force) await makeRoom(config, false, say);
    // Folders are filled beside what is there; a server's tables have to make room first.
    const isServer = Boolean(config.LANDFALL_POSTGRES_URL ?? config.LANDFALL_CLICKHOUSE_URL);
    if (isServer) await makeRoom(config, force, say);
    mkdirSync(staging, { mode: 0o700 });
    await fill(config, staging, file, manifest, say);
    await syncFolder(staging);
    if (!isServer) await makeRoom(config, force, say);
    for (const name of readdirSync(staging)) renameSync(join(staging, name), join(data, name));
    writeFileSync(join(data, 'instance'), `${manifest.instance}\n`, { mode: 0o600 });
    await syncPath(join(data, 'instance'));
    await syncPath(data);
    return manifest;
  } finally {
    rmSync(staging, { recursive: true, force: true });
    lock.release();
  }
};
