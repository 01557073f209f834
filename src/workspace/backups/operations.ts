import { isAbsolute } from 'node:path';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { writeBackup } from '../../platform/backup/backup.ts';
import type { Manifest } from '../../platform/backup/manifest.ts';
import type { Application, Context } from '../../platform/context.ts';
import { Failure } from '../../platform/failure.ts';
import { operation } from '../../platform/operation.ts';
import { owners } from '../../platform/roles.ts';
import { type Backup, backup } from './schema.ts';

/** A backup is written by the server that was asked, which alone knows how far it is. */
const underWay = new WeakMap<Application, Map<string, Backup>>();

const backupsOf = (application: Application): Map<string, Backup> => {
  const known = underWay.get(application) ?? new Map<string, Backup>();
  underWay.set(application, known);
  return known;
};

// A backup holds every workspace and names a file on the machine: only who stands at that machine may make one.
const refuseFromAfar = ({ actor, door }: Context) => {
  if (actor.kind !== 'local' || door === 'mcp')
    throw new Failure('forbidden', {
      en: 'A backup holds every workspace of this Landfall. Run "landfall backup FILE" on the machine that it runs on.',
      zh: '备份包含此 Landfall 的所有工作区。请在其运行的机器上执行 “landfall backup FILE”。',
    });
};

const countTables = ({ records, events }: Manifest): Backup['tables'] => [
  ...Object.entries(records.tables).map(([table, { rows }]) => ({ store: 'postgres' as const, table, rows })),
  ...Object.entries(events.tables).map(([table, { rows }]) => ({ store: 'clickhouse' as const, table, rows })),
];

const run = (application: Application, state: Backup): void =>
  application.background('backup', async (signal) => {
    try {
      const manifest = await writeBackup(application, state.file, (progress) => {
        signal.throwIfAborted();
        state.progress = progress;
      });
      Object.assign(state, { state: 'done', tables: countTables(manifest) });
    } catch (error) {
      if (!signal.aborted) application.log.error({ err: error, file: state.file }, 'backup failed');
      const reason = signal.aborted ? 'The server was stopped. Run the backup again.' : 'The log of the server has the details.';
      Object.assign(state, { state: 'failed', problem: error instanceof Failure ? error.message : reason });
    }
  });

export const createBackup = operation({
  summary: 'Write both stores into one file on this machine',
  method: 'POST',
  path: '/backups',
  who: owners,
  input: z.object({ file: z.string().min(1).max(4000).describe('Absolute path of the file to write; it must not be there yet') }),
  output: backup,
  run: async (context, { file }) => {
    refuseFromAfar(context);
    if (!isAbsolute(file))
      throw new Failure('invalid', {
        en: `Give the whole path of the file, not "${file}".`,
        zh: `请填写文件的完整路径，而不是“${file}”。`,
      });
    if (existsSync(file))
      throw new Failure('conflict', {
        en: `${file} is there already. Choose another name; a backup is never written over.`,
        zh: `${file} 已存在。请另选名称；备份绝不会覆盖已有文件。`,
      });
    const known = backupsOf(context.application);
    if ([...known.values()].some(({ state }) => state === 'running'))
      throw new Failure('conflict', { en: 'A backup is being written. Wait until it is done.', zh: '正在写入备份。请等待完成。' });
    const state: Backup = { id: crypto.randomUUID(), state: 'running', file, progress: '', tables: [], problem: null };
    known.set(state.id, state);
    await context.write('backup', async () => ({ id: state.id, before: null, after: { file }, result: state }));
    run(context.application, state);
    return state;
  },
});

export const getBackup = operation({
  summary: 'See how far a backup is',
  method: 'GET',
  path: '/backups/{backup}',
  who: owners,
  input: z.object({ backup: z.uuid() }),
  output: backup,
  run: async (context, { backup: id }) => {
    refuseFromAfar(context);
    const found = backupsOf(context.application).get(id);
    if (!found)
      throw new Failure('not_found', {
        en: 'This server has not written such a backup since it started.',
        zh: '此服务启动后没有写过这样的备份。',
      });
    return found;
  },
});
