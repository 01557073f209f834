import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Events } from './events/store.ts';
import { Failure } from './failure.ts';
import type { Records } from './records/store.ts';

const readEvents = async ({ client }: Events): Promise<string | undefined> => {
  const result = await client.query({ query: 'SELECT toString(id) AS id FROM instance LIMIT 1', format: 'JSONEachRow' });
  return (await result.json<{ id: string }>())[0]?.id;
};

const lost = (store: string, expected: string) =>
  new Failure(
    'conflict',
    `The ${store} store is empty or another one: instance ${expected} was expected. Nothing was changed. ` +
      'Check the address or the data folder; to bring data back, run "landfall restore".',
  );

/**
 * Both stores and the data folder carry one instance id. A store that should hold data and does not is refused, so that
 * a lost disk or a wrong address never looks like a new, empty Landfall.
 */
export const matchInstances = async (records: Records, events: Events, folder: string): Promise<string> => {
  const marker = join(folder, 'instance');
  const inFolder = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : undefined;
  const found = await records.unbounded((transaction) =>
    transaction.execute<{ id: string | null; used: boolean }>(
      sql`SELECT (SELECT id FROM instance) AS id, EXISTS (SELECT FROM member) AS used`,
    ),
  );
  const { id: inRecords, used } = found.rows[0]!;
  const inEvents = await readEvents(events);
  // A first start that was killed: the records have their id, and nothing else is anywhere.
  const isBegun = inRecords !== null && !used && !inEvents && !inFolder;
  const expected = inFolder ?? inRecords ?? inEvents;
  if (expected && inRecords !== expected) throw lost('records (Postgres)', expected);
  if (expected && inEvents !== expected && !isBegun) throw lost('events (ClickHouse)', expected);
  const id = expected ?? crypto.randomUUID();
  if (!expected) await records.unbounded((transaction) => transaction.execute(sql`INSERT INTO instance (id) VALUES (${id})`));
  if (!inEvents) await events.client.insert({ table: 'instance', values: [{ id }], format: 'JSONEachRow' });
  if (!inFolder) writeFileSync(marker, `${id}\n`, { mode: 0o600 });
  return id;
};
