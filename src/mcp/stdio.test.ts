import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openApplication } from '../platform/application.ts';
import { readConfig } from '../platform/config.ts';
import { startServer } from '../server/main.ts';

vi.setConfig({ testTimeout: 180_000 });

const folder = mkdtempSync(join(tmpdir(), 'landfall-stdio-'));
const config = readConfig({ LANDFALL_DATA: folder, LANDFALL_PORT: '0', LANDFALL_LOG_LEVEL: 'silent' });

beforeAll(async () => {
  const application = await openApplication(config, { log: pino({ level: 'silent' }) });
  await application.records.unbounded((transaction) => transaction.execute(sql`INSERT INTO workspace (name) VALUES ('Weftwork')`));
  await application.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = async (words: string[]) => {
  const client = new Client({ name: 'test', version: '1' });
  const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['--import', 'tsx', main, 'mcp', ...words],
    env: { PATH: process.env.PATH ?? '', LANDFALL_DATA: folder, LANDFALL_LOG_LEVEL: 'silent' },
  });
  await client.connect(transport);
  const use = async (name: string, given: object) =>
    (await client.callTool({ name, arguments: { ...given } })).structuredContent as Record<string, unknown>;
  return { client, use };
};

test('over standard input, on the stores, where no server runs', async () => {
  const { client, use } = await start(['--write']);
  const wanted = { name: '智能交接', marketDate: '2026-03-03' };
  const { confirmation } = await use('launches_create', wanted);
  expect(await use('launches_create', { ...wanted, confirmation })).toMatchObject({ untrusted: true, data: { name: '智能交接' } });
  await client.close();
});

test('over standard input, through the server that runs on the data folder', async () => {
  const server = await startServer(config);
  const { client, use } = await start([]);
  expect(await use('launches_get', { launch: '智能交接' })).toMatchObject({ untrusted: true, data: { name: '智能交接' } });
  expect((await client.listTools()).tools.map(({ name }) => name)).not.toContain('launches_create');
  await client.close();
  const rows = await server.application.records.pool.query(`SELECT operation, door, actor_kind FROM audit ORDER BY id DESC LIMIT 1`);
  expect(rows.rows).toEqual([{ operation: 'mcp.launches_get', door: 'mcp', actor_kind: 'local' }]);
  await server.close();
});
