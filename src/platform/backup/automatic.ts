import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Application } from '../context.ts';
import { writeBackup } from './backup.ts';

const minute = 60_000;
const minutesBetween = 15;
/** A backup may take this part of the time, and no more: large stores are backed up less often. */
const share = 1 / 20;
const keptNewest = 4;
const keptDays = 7;
const pattern = /^automatic-(\d{4}-\d{2}-\d{2})T[\d-]+Z\.tar\.gz$/;

export const automaticFolder = (data: string): string => join(data, 'backups');

/** The automatic backups that are there, the newest first. */
export const listAutomatic = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => pattern.test(name))
        .toSorted()
        .toReversed()
    : [];

/** Those to take away: all but the newest few, and the last one of each of the newest days. */
export const outdated = (names: string[]): string[] => {
  const days = new Set<string>();
  return names.filter((name, index) => {
    const day = pattern.exec(name)?.[1] ?? '';
    const isLastOfDay = !days.has(day) && days.size < keptDays;
    if (isLastOfDay) days.add(day);
    return index >= keptNewest && !isLastOfDay;
  });
};

/** Changes whenever anything was written that would be missed. */
export const stateOfStores = async ({ records, events }: Application): Promise<string> => {
  const written = await records.pool.query<{ last: string | null }>('SELECT max(id)::text AS last FROM audit');
  const result = await events.client.query({
    query: `SELECT toString(sum(rows)) AS rows FROM system.parts WHERE database = currentDatabase() AND active AND NOT startsWith(table, 'backup_')`,
    format: 'JSONEachRow',
  });
  const [sent] = await result.json<{ rows: string }>();
  return `${written.rows[0]?.last} ${sent?.rows}`;
};

const isPartial = (name: string) => name.startsWith('automatic-') && name.endsWith('.partial');

/** Writes one automatic backup, and takes away those that are no longer kept. */
export const backUpOnce = async (application: Application, signal?: AbortSignal): Promise<string> => {
  const folder = automaticFolder(application.config.LANDFALL_DATA);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder).filter(isPartial)) rmSync(join(folder, name));
  const name = `automatic-${application.now().toISOString().replaceAll(/[:.]/g, '-')}.tar.gz`;
  await writeBackup(application, join(folder, name), () => signal?.throwIfAborted());
  for (const old of outdated(listAutomatic(folder))) rmSync(join(folder, old));
  return name;
};

const untilDue = (folder: string, between: number): number => {
  const [newest] = listAutomatic(folder);
  if (!newest) return minute;
  return Math.max(minute, statSync(join(folder, newest)).mtimeMs + between - Date.now());
};

/** One look at the clock's hand: backs up when something changed; answers how long to wait until the next look. */
const look = async (application: Application, signal: AbortSignal, seen: { state: string }): Promise<number> => {
  const least = minutesBetween * minute;
  try {
    const state = await stateOfStores(application);
    if (state === seen.state) return least;
    const startedAt = performance.now();
    application.log.info({ file: await backUpOnce(application, signal) }, 'automatic backup written');
    seen.state = state;
    return Math.max(least, (performance.now() - startedAt) / share);
  } catch (error) {
    if (!signal.aborted) application.log.error({ err: error }, 'automatic backup failed; the next one is tried in 15 minutes');
    return least;
  }
};

const keep = async (application: Application, signal: AbortSignal): Promise<void> => {
  const seen = { state: '' };
  let pause = untilDue(automaticFolder(application.config.LANDFALL_DATA), minutesBetween * minute);
  while (!signal.aborted) {
    await wait(pause, undefined, { signal, ref: false }).catch(() => {});
    if (!signal.aborted) pause = await look(application, signal, seen);
  }
};

/**
 * Backups on a timer, for the in-process Postgres, which does not wait for the disk: what a power cut can take is what was
 * written since the last one. A Postgres server has its own ways.
 */
export const keepBackups = (application: Application): void => {
  if (application.records.kind === 'pglite') application.background('automatic backups', (signal) => keep(application, signal));
};
