import { setTimeout as pause } from 'node:timers/promises';
import type { Application } from './context.ts';
import type { Transaction } from './records/store.ts';

const everyMilliseconds = 5000;
const mostRows = 20_000;

type Tallied = { workspaceId: string };

/**
 * Counts what the public does, such as following a link, without a write for each: rows are added up in this process and written every few
 * seconds, of each workspace in one statement. At most those seconds are lost when the process is killed.
 */
export const makeTally = <Row extends Tallied>(name: string, write: (transaction: Transaction, rows: Row[]) => Promise<unknown>) => {
  const waiting = new WeakMap<object, Map<string, Row>>();
  const waitingOf = ({ records }: Application) => {
    const rows = waiting.get(records) ?? new Map<string, Row>();
    waiting.set(records, rows);
    return rows;
  };
  const writeNow = async (application: Application): Promise<void> => {
    const rows = waitingOf(application);
    const taken = [...rows.values()];
    rows.clear();
    for (const workspaceId of new Set(taken.map((row) => row.workspaceId))) {
      const values = taken.filter((row) => row.workspaceId === workspaceId);
      await application.records
        .within(workspaceId, (transaction) => write(transaction, values))
        .catch((error: unknown) => application.log.warn({ err: error, rows: values.length, tally: name }, 'some were not counted'));
    }
  };
  return {
    /** Adds one to what is waiting under a key; `add` makes the row of the first. */
    count: (application: Application, key: string, add: (row: Row | undefined) => Row): void => {
      const rows = waitingOf(application);
      if (rows.has(key) || rows.size < mostRows) rows.set(key, add(rows.get(key)));
    },
    writeNow,
    /** Writes every few seconds, and at the end. */
    keepWriting: (application: Application): void =>
      application.background(name, async (signal) => {
        while (!signal.aborted) {
          await pause(everyMilliseconds, undefined, { signal, ref: false }).catch(() => {});
          await writeNow(application);
        }
      }),
  };
};
