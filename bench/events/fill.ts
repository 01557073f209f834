import { noDecisions } from '../../src/collect/identities/decisions.ts';
import { refreshFrom } from '../../src/collect/identities/refresh.ts';
import { forgetChunk } from '../../src/collect/events/settle.ts';
import { settlingStatements } from '../../src/collect/events/settling.ts';
import { arrivalOf, chunkNumber } from './arrivals.ts';
import type { Store } from './store.ts';
import { chunksOf, type World, workspaces } from './world.ts';

export type Filled = {
  seconds: number;
  arrivalSeconds: number;
  byStatement: Map<string, number>;
  received: number;
  identitySeconds: number;
  eraseSeconds: number;
};

const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) / 1000;
};

/** Settles one chunk that lies in `arrival`, statement by statement, as `settleChunk` does. */
export const settleTimed = async (store: Store, chunk: number, byStatement: Map<string, number>): Promise<void> => {
  for (const workspace of workspaces)
    for (const statement of settlingStatements) {
      const seconds = await timed(() => store.of(workspace).command(statement({ chunk, timeZone: 'UTC' })));
      byStatement.set(statement.name, (byStatement.get(statement.name) ?? 0) + seconds);
    }
  await store.command(forgetChunk(chunk).sql);
};

/** People who asked to be forgotten: their events leave the table, and all that is stored with them. */
const erase = `ALTER TABLE event DELETE WHERE workspace = '${workspaces[0]}' AND person IN (SELECT number FROM unit WHERE workspace = '${workspaces[0]}' AND kind = 'person'
  AND match(key_value, '^(u|a|old)[0-9]+$') AND toUInt32OrZero(extract(key_value, '([0-9]+)')) % 997 = 5) SETTINGS mutations_sync = 1`;

/** The whole world through the product's own door to the event table, chunk by chunk. */
export const fillOurs = async (store: Store, world: World, say: (line: string) => void): Promise<Filled> => {
  const byStatement = new Map<string, number>();
  let [seconds, arrivalSeconds] = [0, 0];
  for (let index = 0; index < chunksOf(world); index++) {
    arrivalSeconds += await timed(() => store.command(arrivalOf(world, index)));
    const settling = await timed(() => settleTimed(store, chunkNumber(index), byStatement));
    seconds += settling;
    say(`chunk ${index + 1} of ${chunksOf(world)}: settled in ${settling.toFixed(1)} s, engine at most ${store.peakMegabytes()} MB`);
  }
  const { rows } = await store.ask('SELECT sum(received) AS received FROM ingest FINAL');
  const identitySeconds = await timed(() => refreshFrom(store.of(workspaces[0]), new Date('2026-06-01T00:00:00Z'), noDecisions));
  const eraseSeconds = await timed(() => store.command(erase));
  return { seconds, arrivalSeconds, byStatement, received: Number(rows[0]!.received), identitySeconds, eraseSeconds };
};
