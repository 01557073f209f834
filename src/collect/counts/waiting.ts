import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Context } from '../../platform/context.ts';
import { countedChunks } from './queries.ts';

export type Waiting = { key: string; hour: string; count: number };

/** So much of the spool is read at most; what lies beyond is not counted, and the answer says so. */
const mostBytes = 64 * 1024 ** 2;
const key = /"key":"([\da-f-]{36})"/;
const hour = /"received_at":"(\d{4}-\d\d-\d\d) (\d\d)/;

const countFile = async (path: string, workspace: string, add: (key: string, hour: string) => void): Promise<void> => {
  const mark = `"workspace":"${workspace}"`;
  const source = createReadStream(path);
  try {
    for await (const line of createInterface({ input: source })) {
      const begin = line.slice(0, 300);
      const [sentWith, at] = [key.exec(begin)?.[1], hour.exec(begin)];
      if (begin.includes(mark) && sentWith && at) add(sentWith, `${at[1]}T${at[2]}:00:00Z`);
    }
  } catch (error) {
    // Settled while it was being read: then its chunk is counted in the store.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
};

/** Events of this workspace that are acknowledged and lie in the spool of this server. A chunk that the store has counted is not among them. */
export const countWaiting = async ({ application, workspace, events }: Context): Promise<{ waiting: Waiting[]; isWhole: boolean }> => {
  const folder = join(application.config.LANDFALL_DATA, 'spool');
  const found = new Map<number, Map<string, Waiting>>();
  let left = mostBytes;
  for (const name of (await readdir(folder)).toSorted()) {
    const chunk = Number(/^(\d+)\.(?:open|jsonl)$/.exec(name)?.[1]);
    if (!chunk) continue;
    left -= (await stat(join(folder, name)).catch(() => ({ size: 0 }))).size;
    if (left < 0) break;
    const counts = new Map<string, Waiting>();
    found.set(chunk, counts);
    await countFile(join(folder, name), workspace.id, (sentWith, at) => {
      const held = counts.get(sentWith + at) ?? { key: sentWith, hour: at, count: 0 };
      counts.set(sentWith + at, { ...held, count: held.count + 1 });
    });
  }
  const settled = found.size > 0 ? await events.ask<{ chunk: number }>(countedChunks([...found.keys()])) : [];
  for (const { chunk } of settled) found.delete(chunk);
  return { waiting: [...found.values()].flatMap((counts) => [...counts.values()]), isWhole: left >= 0 };
};
