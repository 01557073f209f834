import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Failure } from './failure.ts';
import type { Records } from './records/store.ts';

const queues = new WeakMap<Records, Map<string, Promise<unknown>>>();
const renewMilliseconds = 8000;
const stopping = new WeakSet<Records>();

// The in-process Postgres serves one process: what another one holds there, it held when it was killed.
const take = async (records: Records, name: string): Promise<boolean> => {
  const { rows } = await records.unbounded((transaction) =>
    transaction.execute(sql`
      INSERT INTO lease (name, holder, until) VALUES (${name}, ${records.holder}, now() + interval '30 seconds')
      ON CONFLICT (name) DO UPDATE SET holder = ${records.holder}, until = now() + interval '30 seconds'
        WHERE lease.until < now() OR lease.holder = ${records.holder} OR ${records.kind === 'pglite'} RETURNING name`),
  );
  return rows.length === 1;
};

const release = (records: Records, name: string) =>
  records.unbounded((transaction) => transaction.execute(sql`DELETE FROM lease WHERE name = ${name} AND holder = ${records.holder}`));

const whileHeld = async <T>(records: Records, name: string, run: () => Promise<T>): Promise<T> => {
  for (const until = Date.now() + 60_000; !(await take(records, name)); await pause(250))
    if (stopping.has(records) || Date.now() > until)
      throw new Failure('unavailable', {
        en: 'Another server is busy with this. Try again in a moment.',
        zh: '另一台服务器正在处理此事。请稍后重试。',
      });
  const timer = setInterval(() => void take(records, name).catch(() => {}), renewMilliseconds);
  try {
    return await run();
  } finally {
    clearInterval(timer);
    await release(records, name).catch(() => {}); // it runs out by itself
  }
};

/** Nobody waits any longer for what another server holds: this one stops. */
export const stopWaiting = (records: Records): void => void stopping.add(records);

/** The lease of whoever moves events between the spool and the tables, or needs them to stand still. */
export const movingEvents = 'settle events';

/** Runs what only one may run at a time, of this process and of all servers on the same stores; the others wait their turn. */
export const alone = <T>(records: Records, name: string, run: () => Promise<T>): Promise<T> => {
  const ours = queues.get(records) ?? new Map<string, Promise<unknown>>();
  queues.set(records, ours);
  const turn = (ours.get(name) ?? Promise.resolve()).then(() => whileHeld(records, name, run));
  ours.set(
    name,
    turn.catch(() => {}),
  );
  return turn;
};
