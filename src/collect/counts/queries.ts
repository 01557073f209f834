import { own } from '../../platform/events/sources.ts';
import type { Query } from '../../platform/events/store.ts';

export type CountRow = { key: string; hour: string; received: number; stored: number; duplicate: number; failed: number };

/**
 * What became of what each key sent, by hour. A failed event that was put right and sent again arrives a second time under its first
 * hour: the first time, as a failure, is taken off.
 */
export const countsByHour = (from: Date, to: Date, key?: string): Query => ({
  sql: `SELECT toString(key) AS key, formatDateTime(hour, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS hour, toInt64(sum(received)) AS received, toInt64(sum(stored)) AS stored,
      toInt64(sum(duplicate)) AS duplicate, toInt64(sum(failed)) AS failed
    FROM (SELECT key, hour, toInt64(received) AS received, toInt64(stored) AS stored, toInt64(duplicate) AS duplicate, toInt64(failed) AS failed FROM ${own('ingest')}
      UNION ALL SELECT key, hour, -1, 0, 0, -1 FROM ${own('failed_event_replayed')})
    WHERE hour >= {from:DateTime('UTC')} AND hour < {to:DateTime('UTC')} ${key ? 'AND key = {key:UUID}' : ''}
    GROUP BY key, hour ORDER BY hour, key SETTINGS prefer_column_name_to_alias = 1`,
  params: { from: seconds(from), to: seconds(to), key },
});

/** The last hour in which each key sent, over all time. */
export const lastHours = (): Query => ({
  sql: `SELECT toString(key) AS key, formatDateTime(max(hour), '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS hour FROM ${own('ingest')} WHERE received > 0 GROUP BY key SETTINGS prefer_column_name_to_alias = 1`,
});

/** Which of these chunks are counted already. */
export const countedChunks = (chunks: readonly number[]): Query => ({
  sql: `SELECT DISTINCT chunk FROM ${own('ingest')} WHERE chunk IN {chunks:Array(UInt64)}`,
  params: { chunks },
});

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
