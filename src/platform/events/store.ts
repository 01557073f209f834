import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { Failure } from '../failure.ts';
import { startEmbedded } from './embedded.ts';
import { migrateEvents } from './migrate.ts';
import type { TableName } from './sources.ts';

/** A question as data: its text and the values that the engine binds (`{name:Type}`). */
export type Query = { sql: string; params?: Record<string, unknown> };
export type InsertRows = readonly object[] | AsyncIterable<object>;

/** ClickHouse as one workspace sees it. Every statement gets the workspace and the imports to hide. */
export type WorkspaceEvents = {
  ask: <Row>(query: Query, options?: { signal?: AbortSignal }) => Promise<Row[]>;
  command: (query: Query, options?: { signal?: AbortSignal }) => Promise<void>;
  insert: (table: TableName | 'import_row' | 'arrival', rows: InsertRows) => Promise<void>;
};

/** ClickHouse, or its in-process twin. */
export type Events = {
  kind: 'clickhouse' | 'chdb';
  client: ClickHouseClient;
  of: (workspace: string, hidden: () => Promise<string[]>) => WorkspaceEvents;
  engineProcess: () => number | undefined;
  close: () => Promise<void>;
};

const log = { level: ClickHouseLogLevel.OFF }; // its errors reach the caller, who logs them once

const settings = {
  output_format_json_quote_decimals: 1,
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 0,
  input_format_null_as_default: 0,
  join_use_nulls: 1,
  // What is joined is small (who is who, a base, a cohort): sharing its table out among threads costs two to three times the question.
  join_algorithm: 'hash',
} as const;

const common = { request_timeout: 600_000, clickhouse_settings: settings, use_multipart_params_auto: true, log };

const explain = (error: unknown): never => {
  if (error instanceof Failure) throw error;
  if (error instanceof ClickHouseError) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  throw new Failure('unavailable', {
    en: `The event store did not answer (${reason}). Try again in a moment.`,
    zh: `事件存储没有响应（${reason}）。请稍后重试。`,
  });
};

/** Whether values fit into the address of a request. Longer ones go with its body, which the client does for questions only. */
const isShort = (params: Query['params']): boolean => JSON.stringify(params ?? {}).length < 4000;

const bind = (client: ClickHouseClient, workspace: string, hidden: () => Promise<string[]>): WorkspaceEvents => {
  const parameters = async (params: Query['params']) => ({ ...params, workspace, hidden: await hidden() });
  return {
    ask: async <Row>({ sql, params }: Query, options?: { signal?: AbortSignal }) => {
      const query_params = await parameters(params);
      const result = await client
        .query({ query: sql, query_params, format: 'JSONEachRow', query_id: randomUUID(), abort_signal: options?.signal })
        .catch(explain);
      return result.json<Row>();
    },
    command: async ({ sql, params }, options) => {
      const given = { query: sql, query_params: await parameters(params), query_id: randomUUID(), abort_signal: options?.signal };
      if (isShort(params)) return void (await client.command(given).catch(explain));
      const written = await client.query({ ...given, format: 'JSONEachRow' }).catch(explain);
      await written.text();
    },
    insert: async (table, rows) => {
      const withWorkspace = async function* () {
        for await (const row of rows) yield { ...row, workspace };
      };
      const values = Array.isArray(rows) ? rows.map((row: object) => ({ ...row, workspace })) : Readable.from(withWorkspace());
      await client.insert({ table, values, format: 'JSONEachRow' }).catch(explain);
    },
  };
};

/** Opens the store and brings its tables up to date. */
export const openEvents = async (options: { url?: string; folder: string; migrations: string }): Promise<Events> => {
  const embedded = options.url ? undefined : await startEmbedded(options.folder);
  const client = embedded
    ? createClient({
        url: 'http://engine',
        http_agent: new Agent({ keepAlive: true, socketPath: embedded.socket } as ConstructorParameters<typeof Agent>[0]),
        ...common,
      })
    : createClient({ url: options.url, application: 'landfall', ...common });
  const close = async () => {
    await client.close();
    await embedded?.close();
  };
  try {
    await migrateEvents(client, options.migrations);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    kind: embedded ? 'chdb' : 'clickhouse',
    client,
    of: (workspace, hidden) => bind(client, workspace, hidden),
    engineProcess: () => embedded?.processId(),
    close,
  };
};
