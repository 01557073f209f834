import { pino } from 'pino';
import { openApplication, type RunningApplication } from '../../src/platform/application.ts';
import { readConfig } from '../../src/platform/config.ts';

/** Opens what a server left, to look at it. */
export const lookInto = async <T>(
  environment: Record<string, string>,
  look: (application: RunningApplication) => Promise<T>,
): Promise<T> => {
  const application = await openApplication(readConfig({ LANDFALL_PORT: '0', ...environment }), { log: pino({ level: 'silent' }) });
  try {
    return await look(application);
  } finally {
    await application.close();
  }
};

export const ask = async <Row>({ events }: Pick<RunningApplication, 'events'>, query: string, query_params: object = {}): Promise<Row[]> =>
  (await events.client.query({ query, query_params: query_params as Record<string, unknown>, format: 'JSONEachRow' })).json<Row>();

/** Of the first messages of each name (m0, m1, ...), which are missing, and how many events there are of others, or once more. */
export const compare = async (application: RunningApplication, workspace: string, names: Record<string, number>) => {
  const numbered = Object.entries(names).map(
    ([name, count]) => `SELECT concat('${name}', toString(number)) AS message FROM numbers(${count})`,
  );
  const stored = `(SELECT message FROM event WHERE workspace = {workspace:UUID})`;
  const missing = await ask<{ message: string }>(
    application,
    `SELECT message FROM (${numbered.join(' UNION ALL ')}) WHERE cityHash64(message) NOT IN ${stored} ORDER BY message`,
    { workspace },
  );
  const [found] = await ask<{ twice: number; foreign: number }>(
    application,
    `SELECT toUInt32(count() - uniqExact(message)) AS twice,
       toUInt32(countIf(message NOT IN (SELECT cityHash64(message) FROM (${numbered.join(' UNION ALL ')})))) AS foreign FROM ${stored}`,
    { workspace },
  );
  return { missing: missing.map(({ message }) => message), ...found };
};

/** What the counts say of each key and hour, beside what is really there; a failed event that was sent again is not counted as failed. */
export const balance = (application: RunningApplication) =>
  ask<{ key: string; hour: string; received: number; stored: number; duplicate: number; failed: number; events: number; apart: number }>(
    application,
    `SELECT toString(key) AS key, toString(hour) AS hour, toInt32(sum(r)) AS received, toInt32(sum(s)) AS stored, toInt32(sum(d)) AS duplicate,
       toInt32(sum(f)) AS failed, toInt32(sum(e)) AS events, toInt32(sum(a)) AS apart
     FROM (SELECT workspace, key, hour, toInt64(received) AS r, toInt64(stored) AS s, toInt64(duplicate) AS d, toInt64(failed) AS f, 0 AS e, 0 AS a FROM ingest FINAL
       UNION ALL SELECT workspace, key, hour, -1, 0, 0, -1, 0, -1 FROM failed_event_replayed FINAL
       UNION ALL SELECT workspace, key, toStartOfHour(received_at), 0, 0, 0, 0, 1, 0 FROM event
       UNION ALL SELECT workspace, key, toStartOfHour(received_at), 0, 0, 0, 0, 0, 1 FROM failed_event)
     GROUP BY workspace, key, hour ORDER BY key, hour`,
  );

/** Whose each event is, in one order, by the ids that the product gives: the same whatever came first. */
export const whose = async (application: RunningApplication, workspace: string): Promise<string[]> => {
  const found = await ask<{ line: string }>(
    application,
    `SELECT concat(toString(e.message), ' ', ifNull(u.key_value, '-'), ' ', ifNull(g.key_value, '-')) AS line
     FROM (SELECT * FROM event WHERE workspace = {workspace:UUID} AND name != 'Clicked') AS e
     LEFT JOIN (SELECT * FROM who FINAL WHERE workspace = {workspace:UUID}) AS w ON w.person = e.person
     LEFT JOIN (SELECT * FROM unit WHERE workspace = {workspace:UUID} AND kind = 'person') AS u ON u.number = if(ifNull(w.owner, 0) = 0, e.person, w.owner)
     LEFT JOIN (SELECT * FROM unit WHERE workspace = {workspace:UUID} AND kind = 'account') AS g ON g.number = if(e.account = 0, ifNull(w.account, 0), e.account)
     ORDER BY line`,
    { workspace },
  );
  return found.map(({ line }) => line);
};
