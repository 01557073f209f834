import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import { readConfig } from '../../platform/config.ts';
import { Failure } from '../../platform/failure.ts';
import { type Connection, findServer } from '../connection.ts';
import { findOperation, type Listed } from '../listed.ts';
import { makeProgress, type Terminal } from '../terminal.ts';

type State = { id: string; state: string; progress: string; problem: string | null; tables: { rows: number }[] };

const millisecondsBetweenLooks = 500;

const total = (tables: { rows: number }[]): string =>
  `${tables.reduce((sum, { rows }) => sum + rows, 0).toLocaleString('en')} rows in ${tables.length} tables`;

const throughServer = async (connection: Connection, operations: Listed, file: string, say: (text: string) => void): Promise<string> => {
  const get = findOperation(operations, 'backups.get');
  let state = (await connection.call(findOperation(operations, 'backups.create'), { file })) as State;
  while (state.state === 'running') {
    say(`Writing ${state.progress}`);
    await wait(millisecondsBetweenLooks);
    state = (await connection.call(get, { backup: state.id })) as State;
  }
  if (state.problem) throw new Failure('unavailable', state.problem);
  return total(state.tables);
};

const onTheStores = async (terminal: Terminal, file: string, say: (text: string) => void): Promise<string> => {
  const [{ openQuietly }, { writeBackup }] = await Promise.all([import('../local.ts'), import('../../platform/backup/backup.ts')]);
  const application = await openQuietly(readConfig(terminal.environment));
  try {
    const { records, events } = await writeBackup(application, file, (entry) => say(`Writing ${entry}`));
    return total([...Object.values(records.tables), ...Object.values(events.tables)]);
  } finally {
    await application.close();
  }
};

/** Both stores into one file, while a server runs or without one. */
export const backupCommand = (operations: Listed, terminal: Terminal): Command =>
  new Command('backup')
    .description('Write everything (both stores, at one moment) into one file; a running server goes on')
    .argument('<file>', 'file to write, e.g. landfall-2026-06-01.tar.gz')
    .action(async (given: string) => {
      if (terminal.environment.LANDFALL_URL)
        throw new Failure('forbidden', 'A backup is made on the machine that Landfall runs on. Run it there, without LANDFALL_URL.');
      const file = resolve(given);
      if (existsSync(file)) throw new Failure('conflict', `${file} is there already. Choose another name; a backup is never written over.`);
      const progress = makeProgress(terminal);
      try {
        const config = readConfig(terminal.environment);
        const server = findServer(config);
        const { openRemote } = await import('../remote.ts');
        const written = server
          ? await throughServer(openRemote({ url: server.url, bearer: server.secret }), operations, file, progress.show)
          : await onTheStores(terminal, file, progress.show);
        progress.clear();
        terminal.write(`Backed up ${written} to ${file}.\nKeep the file private: it holds everything, also the hashes of passwords.\n`);
      } finally {
        progress.clear();
      }
    });

/** A backup into empty stores. */
export const restoreCommand = (terminal: Terminal): Command =>
  new Command('restore')
    .description('Bring a backup back into an empty data folder (or empty databases), after checking it from end to end')
    .argument('<file>', 'file that "landfall backup" wrote')
    .option('--force', 'also where there is data already: that is set aside, not deleted')
    .action(async (given: string, { force }: { force?: boolean }) => {
      const config = readConfig(terminal.environment);
      const server = findServer(config);
      if (server) throw new Failure('conflict', `Landfall runs on ${config.LANDFALL_DATA} (process ${server.pid}). Stop it, then restore.`);
      const { restoreBackup } = await import('../../platform/backup/restore.ts');
      const { records, events, createdAt } = await restoreBackup(config, resolve(given), {
        force,
        say: (line) => terminal.writeError(`${line}\n`),
      });
      const tables = [...Object.values(records.tables), ...Object.values(events.tables)];
      terminal.write(`Restored ${total(tables)}, as of ${createdAt}. Counts and checksums of every table are as in the backup.\n`);
      terminal.write(
        existsSync(join(config.LANDFALL_DATA, 'tombstones.jsonl'))
          ? 'Who was erased after it was written, as tombstones.jsonl in the data folder says, is erased again when Landfall starts.\n'
          : 'There is no tombstones.jsonl in the data folder. If anybody was erased after the backup was written, copy that file from the data folder used until then before you start Landfall.\n',
      );
    });
