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
  const found = await records.unbounded((transaction) => transaction.execute<{ id: string }>(sql`SELECT id FROM instance`));
  const inRecords = found.rows[0]?.id;
  const inEvents = await readEvents(events);
  const expected = inFolder ?? inRecords ?? inEvents;
  if (expected) {
    if (inRecords !== expected && (inRecords || inFolder || inEvents)) throw lost('records (Postgres)', expected);
    if (inEvents !== expected) throw lost('events (ClickHouse)', expected);
  }
  const id = expected ?? crypto.randomUUID();
  if (!expected) {
    await events.client.insert({ table: 'instance', values: [{ id }], format: 'JSONEachRow' });
    await records.unbounded((transaction) => transaction.execute(sql`INSERT INTO instance (id) VALUES (${id})`));
  }
  if (!inFolder) writeFileSync(marker, `${id}\n`, { mode: 0o600 });
  return id;
};
