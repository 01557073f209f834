import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import type { Events } from './store.ts';

const patienceMilliseconds = 300_000;

const ask = async <Row>({ client }: Pick<Events, 'client'>, query: string, query_params: Record<string, unknown>): Promise<Row[]> =>
  (await client.query({ query, query_params, format: 'JSONEachRow' })).json<Row>();

/**
 * Runs mutations, takes away for good what was only marked as deleted, and answers only when the files that they replaced are gone from the disk: else the engine keeps those for eight minutes,
 * in case that a power cut takes what it had not brought to the disk, so meanwhile it has to bring it there.
 */
export const withoutOldParts = async (events: Events, tables: readonly string[], run: () => Promise<void>): Promise<void> => {
  const alter = async (change: string) => {
    for (const table of tables) await events.client.command({ query: `ALTER TABLE ${table} ${change}` });
  };
  await alter('MODIFY SETTING old_parts_lifetime = 0, min_rows_to_fsync_after_merge = 1');
  try {
    await run();
    for (const { table } of await ask<{ table: string }>(
      events,
      `SELECT DISTINCT table FROM system.parts WHERE database = currentDatabase() AND table IN {tables:Array(String)} AND active AND has_lightweight_delete`,
      { tables },
    ))
      await events.client.command({ query: `ALTER TABLE ${table} APPLY DELETED MASK SETTINGS mutations_sync = 2` });
    const where = `database = currentDatabase() AND table IN {tables:Array(String)} AND NOT active`;
    const old = (await ask<{ path: string }>(events, `SELECT path FROM system.parts WHERE ${where}`, { tables })).map(({ path }) => path);
    for (const until = Date.now() + patienceMilliseconds; ; await pause(500)) {
      // The in-process engine looks for old files when it has other work; taking away a partition makes it look, also one that is not there.
      await alter(`DROP PARTITION ID 'none'`);
      const [left] = await ask<{ n: number }>(
        events,
        `SELECT toUInt32(count()) AS n FROM system.parts WHERE ${where} AND path IN {old:Array(String)}`,
        { tables, old },
      );
      if (left!.n === 0) return;
      if (Date.now() > until)
        throw new Failure('unavailable', {
          en: `The event store still keeps ${left!.n} old files. Try again later.`,
          zh: `事件存储仍保留着 ${left!.n} 个旧文件。请稍后重试。`,
        });
    }
  } finally {
    await alter('RESET SETTING old_parts_lifetime, min_rows_to_fsync_after_merge');
  }
};
